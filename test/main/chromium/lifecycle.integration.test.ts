import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startDisplay, type TestDisplay } from '../../display.ts'
import { listeningSockets, processesWith, removeFolder } from './processes.ts'
import { openTestWindow, type TestWindow, writeTestPage } from './test-window.ts'

const SOON = { timeout: 60_000, interval: 50 }

let display: TestDisplay
const undo: (() => Promise<void>)[] = []

beforeAll(async () => {
  display = await startDisplay()
})

afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each()
})

afterAll(async () => {
  await display.stop()
})

describe('a window that goes away', () => {
  async function open(debuggingPort: 0 | null): Promise<TestWindow> {
    const window = await openTestWindow({ env: display.env, debuggingPort })
    undo.push(() => window.stop())
    return window
  }

  const loads = (window: TestWindow) =>
    window.said.filter((each) => JSON.stringify(each) === '{"loaded":"test"}').length

  test('is loaded again when its page crashes, and listens again', async () => {
    const window = await open(0)
    const page = await window.page()
    const session = await page.context().newCDPSession(page)
    session.send('Page.crash').catch(() => {}) // a crashed page answers nothing
    await vi.waitFor(() => expect(loads(window)).toBe(2), SOON)
    expect(window.asked).toEqual(['ready', 'ready'])
    expect(window.logged.join()).toContain('The window crashed')
  })

  test('is opened again when the browser is killed', async () => {
    const window = await open(null)
    process.kill(window.shell.browserPid ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(loads(window)).toBe(2), SOON)
    expect(window.told).toEqual(['The window crashed and is opened again.'])
  })

  test('ends Muster when the user closes it and nothing is open', async () => {
    const window = await open(0)
    await (await window.page()).close()
    await window.shell.ended
    expect(window.asked).toEqual(['ready', 'close', 'quit'])
  })

  test('leaves Muster running while an incident is open, and comes back when it is shown', async () => {
    const window = await open(0)
    window.isIncidentOpen = true
    await (await window.page()).close()
    await vi.waitFor(() => expect(window.told).toEqual(['INC-1 is open.']), SOON)
    expect(window.asked).toEqual(['ready', 'close'])
    window.shell.publish('test.feed', '1')
    await window.shell.show()
    await vi.waitFor(() => expect(loads(window)).toBe(2), SOON)
  })

  test('is found with a lock that another host or a dead process left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-lock-'))
    undo.push(() => removeFolder(folder))
    await symlink('another-host-4711', join(folder, 'SingletonLock'))
    const window = await openTestWindow({ env: display.env, debuggingPort: null, profileFolder: folder })
    undo.push(() => window.stop())
    expect(loads(window)).toBe(1)
  })

  test('opens no listening port', async () => {
    const window = await open(null)
    const pids = await processesWith(window.folder)
    expect(pids.length).toBeGreaterThan(2)
    expect(await listeningSockets([...pids, process.pid])).toBe(0)
  })

  test('is seen to listen where a debugging port is asked for', async () => {
    const window = await open(0)
    expect(await listeningSockets(await processesWith(window.folder))).toBe(1)
  })
})

describe('the process of a window', () => {
  interface Host {
    readonly child: ChildProcess
    readonly heard: string[]
    readonly ended: Promise<number | null>
  }

  async function folder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'muster-host-'))
    undo.push(() => removeFolder(made))
    await writeTestPage(made)
    return made
  }

  function start(at: string): Host {
    const path = fileURLToPath(new URL('host.ts', import.meta.url))
    const child = spawn(process.execPath, [path, join(at, 'data'), at], {
      env: display.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const heard: string[] = []
    child.stdout?.on('data', (text: Buffer) => heard.push(...text.toString('utf8').split('\n').filter(Boolean)))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    undo.push(async () => {
      child.kill('SIGKILL')
      await ended
    })
    return { child, heard, ended }
  }

  const isReady = (host: Host) => vi.waitFor(() => expect(host.heard).toContain('{"ready":true}'), SOON)

  test('takes the browser with it when it is killed', async () => {
    const at = await folder()
    const host = start(at)
    await isReady(host)
    expect((await processesWith(`--user-data-dir=${at}`)).length).toBeGreaterThan(0)
    host.child.kill('SIGKILL')
    await host.ended
    await vi.waitFor(async () => expect(await processesWith(at)).toEqual([]), SOON)
  })

  test('starts again at once after it was killed', async () => {
    const at = await folder()
    const first = start(at)
    await isReady(first)
    first.child.kill('SIGKILL')
    await first.ended
    const second = start(at)
    await isReady(second)
    expect(second.heard).not.toContain('told')
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends in order on %s', async (signal) => {
    const at = await folder()
    const host = start(at)
    await isReady(host)
    host.child.kill(signal)
    expect(await host.ended).toBe(0)
    expect(existsSync(join(at, 'data', 'quit-in-order'))).toBe(true)
    expect(await processesWith(at)).toEqual([])
  })

  test('comes to the front when it is started again', async () => {
    const at = await folder()
    const first = start(at)
    await isReady(first)
    const second = start(at)
    expect(await second.ended).toBe(0)
    expect(second.heard).toEqual(['{"told":"Muster runs already: its window comes to the front."}'])
    expect(first.child.exitCode).toBeNull()
  })
})
