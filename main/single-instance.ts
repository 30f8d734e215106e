import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, open, realpath, rm, stat } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { refuse } from '../shared/refusal.ts'

/** sun_path is 108 bytes on Linux and 104 on macOS, its closing NUL included (unix(7)). */
const MAX_SOCKET_PATH = 100
const GREETING = 'muster-show\n'
const ANSWER = 'muster-shown\n'
const ANSWER_WITHIN_MS = 3_000
const CLAIM_WITHIN_MS = 5_000

/** Who this process is on its data folder. */
export type Claim =
  | { readonly isFirst: true; release(): Promise<void> }
  /** Another process is; `answered` tells whether it said that its window comes to the front. */
  | { readonly isFirst: false; readonly answered: boolean }

export interface ClaimOptions {
  readonly dataFolder: string
  /** Somebody started Muster again on the same folder. */
  readonly onSecondStart: () => void
  readonly platform?: NodeJS.Platform
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Makes this process the only one with a window on its data folder, or asks the one that is to show itself. Nothing
 * is sent but the wish to be shown, and nobody but the same user reaches the socket. What a crash left is taken over.
 */
export async function claimInstance(options: ClaimOptions): Promise<Claim> {
  const { dataFolder, onSecondStart } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const platform = options.platform ?? process.platform
  const path = await socketPath({ dataFolder, platform, env: options.env ?? process.env })
  const leave = platform === 'win32' ? async () => {} : await enter(`${path}.starting`)
  try {
    const asked = await askToShow(path)
    if (asked !== 'nobody') return { isFirst: false, answered: asked === 'answered' }
    if (platform !== 'win32') await rm(path, { force: true })
    const server = await listen(path, onSecondStart)
    if (platform !== 'win32') await chmod(path, 0o600)
    return { isFirst: true, release: () => close(server) }
  } finally {
    await leave()
  }
}

/** Where the first process of a data folder listens. */
export async function socketPath(of: {
  dataFolder: string
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
}): Promise<string> {
  const folder = await realpath(of.dataFolder)
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (of.platform === 'win32') return `\\\\.\\pipe\\muster-${userInfo().username}-${name}`
  const own = join(folder, 'muster.sock')
  if (Buffer.byteLength(own) <= MAX_SOCKET_PATH) return own
  return join(await privateFolder(of.env), `${name}.sock`)
}

/** A folder that nobody else can enter, with a short path. */
async function privateFolder(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = join(env['XDG_RUNTIME_DIR'] ?? tmpdir(), `muster-${userInfo().uid}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  const isOurs = found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0
  if (isOurs) return folder
  throw refuse('no-permission', {
    tried: `Use ${folder} for Muster's own socket`,
    happened: 'It belongs to somebody else, or others may enter it.',
    next: 'Remove that folder, or choose a data folder with a shorter path (--data).',
  })
}

/** Lets one process at a time look for a running one and take its place. Returns its own undo. */
async function enter(path: string): Promise<() => Promise<void>> {
  const until = Date.now() + CLAIM_WITHIN_MS
  while (Date.now() < until) {
    const file = await open(path, 'wx', 0o600).catch(existing)
    if (file !== null) {
      await file.close()
      return () => rm(path, { force: true })
    }
    await removeIfOld(path)
    await wait(50)
  }
  throw refuse('storage', {
    tried: 'Find out whether Muster runs already',
    happened: `${path} is held by another start.`,
    next: 'Start Muster again. If it says so again, remove that file.',
  })
}

/** A start that died between its two steps leaves its mark; nobody holds it that long alive. */
async function removeIfOld(path: string): Promise<void> {
  const found = await stat(path).catch(missing)
  if (found !== null && Date.now() - found.mtimeMs > ANSWER_WITHIN_MS + 1_000) await rm(path, { force: true })
}

function existing(error: NodeJS.ErrnoException): null {
  if (error.code === 'EEXIST') return null
  throw error
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function askToShow(path: string): Promise<'nobody' | 'answered' | 'silent'> {
  const { promise, resolve } = Promise.withResolvers<'nobody' | 'answered' | 'silent'>()
  const socket = createConnection(path)
  let heard = ''
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy())
  socket.on('connect', () => {
    resolveLater(socket, () => resolve(heard === ANSWER ? 'answered' : 'silent'))
    socket.write(GREETING)
  })
  socket.on('data', (chunk: Buffer) => {
    heard = (heard + chunk.toString('latin1')).slice(0, 100)
    if (heard.length >= ANSWER.length) socket.destroy()
  })
  socket.on('error', () => resolve('nobody')) // nothing there, or nobody behind it any more
  return promise
}

function resolveLater(socket: Socket, then: () => void): void {
  socket.removeAllListeners('error')
  socket.on('error', then)
  socket.on('close', then)
}

function listen(path: string, onSecondStart: () => void): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>()
  const server = createServer((socket) => welcome(socket, onSecondStart))
  server.maxConnections = 8
  server.once('error', reject)
  server.listen(path, () => {
    server.off('error', reject)
    resolve(server)
  })
  return promise
}

function welcome(socket: Socket, onSecondStart: () => void): void {
  let heard = ''
  socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1')
    if (heard === GREETING) {
      socket.end(ANSWER)
      onSecondStart()
    } else if (!GREETING.startsWith(heard)) socket.destroy()
  })
}

/** Closing the server also removes its socket (net, Node 24). */
function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  return promise
}
