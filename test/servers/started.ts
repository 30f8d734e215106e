import { spawn, type SpawnOptions } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A real server of the test's own, on a loopback port and a folder that go with it. */
export interface StartedServer {
  readonly port: number
  readonly folder: string
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export function serverFolder(name: string, inside = tmpdir()): Promise<string> {
  return mkdtemp(join(inside, `muster-${name}-`))
}

/**
 * Starts a program on a free port and waits until it takes connections there. Whoever else takes that port in between gets
 * it, and another is tried.
 */
export async function startServer(
  file: string,
  argvAt: (port: number) => readonly string[],
  options: SpawnOptions & { folder: string },
): Promise<StartedServer> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort()
    try {
      return await startOn(port, file, argvAt(port), options)
    } catch (error) {
      if (tries === 3) throw error
    }
  }
}

async function startOn(
  port: number,
  file: string,
  argv: readonly string[],
  { folder, ...options }: SpawnOptions & { folder: string },
): Promise<StartedServer> {
  const child = spawn(file, argv, { ...options, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const endNow = () => child.kill('SIGKILL')
  process.once('exit', endNow)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4_000)
    })
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const until = Date.now() + READY_WITHIN_MS
  while (!(await takesConnections(port))) {
    if (child.exitCode !== null || Date.now() > until) {
      endNow()
      throw new Error(`${file} does not take connections: ${said}`)
    }
    await wait(50)
  }
  return {
    port,
    folder,
    async stop() {
      child.kill('SIGINT')
      const late = setTimeout(endNow, 10_000)
      await ended
      clearTimeout(late)
      process.off('exit', endNow)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function takesConnections(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ host: '127.0.0.1', port })
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  const answer = await promise
  socket.destroy()
  return answer
}
