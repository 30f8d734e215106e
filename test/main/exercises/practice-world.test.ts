import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { choosePracticeSocket, longestSocketPath } from '../../../main/exercises/practice-socket.ts'
import { type PracticeSystem, startPractice } from '../../../main/exercises/practice-world.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { ask, scenarioFile } from './served.ts'

let folder: string
const running: PracticeSystem[] = []
const bugs: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
})
afterEach(async () => {
  for (const system of running.splice(0)) await system.stop()
  rmSync(folder, { recursive: true })
  const [bug] = bugs.splice(0)
  if (bug !== undefined) throw new Error(bug)
})

async function start(
  where = join(folder, 'practice'),
  file = scenarioFile,
): Promise<{ system: PracticeSystem; socket: string }> {
  const system = await startPractice({ folder: where, scenarioFile: file, onBug: (said) => bugs.push(said) })
  running.push(system)
  return { system, socket: system.endpoint.host.slice('unix://'.length) }
}

/** A process number that no process has. */
function deadPid(): number {
  return spawnSync('true').pid
}

/** Leaves a socket as a killed process does. */
async function leaveSocket(path: string): Promise<void> {
  const code = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', code], { timeout: 60_000 })
  expect(lstatSync(path).isSocket()).toBe(true)
}

test('a practice answers on a socket that only its user can open', async () => {
  const { system, socket } = await start()
  expect(system.services).toEqual(['postgres', 'redis', 'backend', 'worker', 'gateway'])
  expect([lstatSync(socket).mode & 0o777, lstatSync(join(folder, 'practice')).mode & 0o777]).toEqual([0o600, 0o700])
  expect((await ask(socket, '/info')).json()).toMatchObject({ Labels: ['muster.mode=exercise'] })
})

test('a folder that others could enter is closed to them', async () => {
  mkdirSync(join(folder, 'practice'), { mode: 0o777 })
  await start()
  expect(lstatSync(join(folder, 'practice')).mode & 0o777).toBe(0o700)
})

test('restarting a service settles when it runs, and shows', async () => {
  const { system, socket } = await start()
  await system.restart('postgres')
  expect((await ask(socket, '/containers/infinity-os-postgres-1/json')).json()).toMatchObject({
    State: { Running: true, OOMKilled: false },
  })
})

test('an unknown service is refused with the names to choose from', async () => {
  const { system } = await start()
  await expect(system.restart('mongo')).rejects.toMatchObject({
    refusal: { code: 'not-found', next: 'Choose one of postgres, redis, backend, worker, gateway.' },
  })
})

test('stopping takes the socket away, twice is once, and a restart afterwards is refused', async () => {
  const { system, socket } = await start()
  const [outcome] = await Promise.all([system.restart('backend').catch((cause: unknown) => cause), system.stop()])
  expect(outcome).toBeInstanceOf(RefusalError)
  expect(existsSync(socket)).toBe(false)
  await system.stop()
  await expect(system.restart('backend')).rejects.toMatchObject({ refusal: { code: 'unreachable' } })
})

test('two practices run side by side, each its own world', async () => {
  const [one, other] = [await start(), await start()]
  await one.system.restart('postgres')
  const status = async (socket: string) =>
    ((await ask(socket, '/containers/infinity-os-postgres-1/json')).json() as { State: { Status: string } }).State
      .Status
  expect([await status(one.socket), await status(other.socket)]).toEqual(['running', 'exited'])
})

test('the sockets of killed runs are cleared away, those of living ones and other files are not', async () => {
  const home = join(folder, 'practice')
  mkdirSync(home)
  const stale = join(home, `engine-${deadPid()}-00000001.sock`)
  await leaveSocket(stale)
  const namesake = join(home, `engine-${process.pid}-00000002.sock`)
  await leaveSocket(namesake)
  const living = createServer()
  const livingPath = join(home, `engine-${process.ppid}-00000003.sock`)
  await new Promise<void>((resolve) => living.listen(livingPath, resolve))
  const file = join(home, `engine-${deadPid()}-00000004.sock`)
  writeFileSync(file, 'not a socket')
  const first = await start(home)
  const second = await start(home)
  expect([stale, namesake, livingPath, file, first.socket, second.socket].map((path) => existsSync(path))).toEqual([
    false,
    false,
    true,
    true,
    true,
    true,
  ])
  await new Promise((resolve) => living.close(resolve))
})

test('where the path is too long for a socket, a private folder for temporary files serves', async () => {
  const { system, socket } = await start(join(folder, 'x'.repeat(longestSocketPath)))
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(longestSocketPath)
  const own = join(socket, '..')
  expect(lstatSync(own).mode & 0o777).toBe(0o700)
  expect((await ask(socket, '/_ping')).text).toBe('OK')
  await system.stop()
  expect(existsSync(own)).toBe(false)
})

test('a temporary folder that a killed run left is cleared away, a link in its place is not followed', async () => {
  const left = join(folder, `muster-practice-${deadPid()}-abcdef`)
  mkdirSync(left)
  await leaveSocket(join(left, `engine-${deadPid()}-00000001.sock`))
  const full = join(folder, `muster-practice-${deadPid()}-ghijkl`)
  mkdirSync(full)
  writeFileSync(join(full, 'notes.txt'), 'somebody put this here')
  choosePracticeSocket(join(folder, 'practice'), { temporary: folder }).remove()
  expect(readdirSync(folder).toSorted()).toEqual([full.slice(folder.length + 1), 'practice'].toSorted())
})

test('a folder that cannot be made is refused', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(start(join(folder, 'file', 'practice'))).rejects.toMatchObject({ refusal: { code: 'storage' } })
})

test.each([
  ['missing', null, 'not-found'],
  ['no YAML', 'a: [', 'bad-input'],
  ['no scenario', 'id: practice', 'bad-input'],
  ['full of aliases', 'a: &a [x]\nb: [*a, *a]', 'bad-input'],
  ['too large', `# ${'x'.repeat(300_000)}`, 'too-large'],
])('a scenario that is %s is refused, and nothing is left behind', async (_name, text, code) => {
  const file = join(folder, 'scenario.yaml')
  if (text !== null) writeFileSync(file, text)
  await expect(start(join(folder, 'practice'), file)).rejects.toMatchObject({ refusal: { code } })
  expect(readdirSync(join(folder, 'practice'))).toEqual([])
})

test('a practice says when it has ended', async () => {
  const { system } = await start()
  const restarted = system.restart('redis').then(() => 'restarted')
  expect(await Promise.race([system.ended, restarted])).toBe('restarted')
  await system.stop()
  await system.ended
})
