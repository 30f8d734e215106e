import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Claim, claimInstance, socketPath } from '../../main/single-instance.ts'

let folder: string
const held: Claim[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-one-'))
})

afterEach(async () => {
  for (const claim of held.splice(0)) if (claim.isFirst) await claim.release()
  await rm(folder, { recursive: true, force: true })
})

async function claim(
  dataFolder: string,
  onSecondStart: () => void = () => {},
  env: NodeJS.ProcessEnv = {},
): Promise<Claim> {
  const made = await claimInstance({ dataFolder, onSecondStart, env })
  held.push(made)
  return made
}

describe('the one Muster of a data folder', () => {
  test('is the first, and the second asks it to show itself', async () => {
    const shown = vi.fn<() => void>()
    expect((await claim(folder, shown)).isFirst).toBe(true)
    expect(await claim(folder)).toEqual({ isFirst: false, answered: true })
    expect(shown).toHaveBeenCalledTimes(1)
  })

  test('is another in another folder', async () => {
    expect((await claim(join(folder, 'a'))).isFirst).toBe(true)
    expect((await claim(join(folder, 'b'))).isFirst).toBe(true)
  })

  test('may be started again after it ended', async () => {
    const first = await claim(folder)
    if (first.isFirst) await first.release()
    expect((await claim(folder)).isFirst).toBe(true)
  })

  test('takes over the socket that a crash left', async () => {
    const path = await socketPath({ dataFolder: folder, platform: 'linux', env: {} })
    const source = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
    const child = spawn(process.execPath, ['-e', source], { stdio: 'ignore' })
    await new Promise((resolve) => child.once('close', resolve))
    expect((await stat(path)).isSocket()).toBe(true)
    expect((await claim(folder)).isFirst).toBe(true)
  })

  test('takes over from a start that died half-way', async () => {
    const path = `${await socketPath({ dataFolder: folder, platform: 'linux', env: {} })}.starting`
    await writeFile(path, '')
    await utimes(path, new Date(0), new Date(0))
    expect((await claim(folder)).isFirst).toBe(true)
  })

  test('is one of twelve that start at once', async () => {
    const claims = await Promise.all(Array.from({ length: 12 }, () => claim(folder)))
    expect(claims.filter(({ isFirst }) => isFirst)).toHaveLength(1)
  })

  test('is known from one that does not answer', async () => {
    const server = createServer(() => {})
    const path = await socketPath({ dataFolder: folder, platform: 'linux', env: {} })
    await new Promise<void>((resolve) => server.listen(path, resolve))
    expect(await claim(folder)).toEqual({ isFirst: false, answered: false })
    server.close()
  })

  test('listens to nothing but the wish to be shown, and to nobody else', async () => {
    const shown = vi.fn<() => void>()
    await claim(folder, shown)
    const path = await socketPath({ dataFolder: folder, platform: 'linux', env: {} })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const socket = createConnection(path)
    const ended = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {}) // the other side ends it
    socket.write(`${'x'.repeat(100_000)}\n`)
    await ended
    expect(shown).not.toHaveBeenCalled()
  })

  test('has a short path where the folder’s own is too long for a socket', async () => {
    const long = join(folder, 'x'.repeat(60), 'y'.repeat(60))
    await mkdir(long, { recursive: true })
    const env = { XDG_RUNTIME_DIR: folder }
    const path = await socketPath({ dataFolder: long, platform: 'linux', env })
    expect(path.startsWith(folder)).toBe(true)
    expect(path.length).toBeLessThan(104)
    expect((await claim(long, () => {}, env)).isFirst).toBe(true)
    expect(await claim(long, () => {}, env)).toEqual({ isFirst: false, answered: true })
  })

  test('has a pipe of its own on Windows', async () => {
    expect(await socketPath({ dataFolder: folder, platform: 'win32', env: {} })).toMatch(
      /^\\\\\.\\pipe\\muster-.+-[0-9a-f]{24}$/,
    )
  })
})
