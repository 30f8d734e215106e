import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'

/** Where a practice listens. */
type PracticeSocket = {
  /** path of the unix socket, or name of the pipe */
  readonly path: string
  /** as docker's clients write it: unix:///… or npipe:////./pipe/… */
  readonly host: string
  /** takes the socket away, and the folder if it was made for it alone */
  readonly remove: () => void
}

/**
 * The longest path of a unix socket that every system takes: 104 bytes with its end on macOS, 108 on Linux
 * (unix(4), unix(7)); some room is left.
 */
export const longestSocketPath = 100

const socketName = /^engine-(\d+)-[0-9a-f]{8}\.sock$/
const folderPrefix = 'muster-practice-'
/** The sockets of this process that are in use; a name with our number that is not here is of a killed namesake. */
const inUse = new Set<string>()

/**
 * Chooses a new private place to listen: in `folder` (made if need be, mode 0700), or where that path is too long for
 * a socket, in a private folder for temporary files. What killed runs left behind is cleared away first. To be called
 * from one thread of a process.
 */
export function choosePracticeSocket(folder: string, { temporary = tmpdir() } = {}): PracticeSocket {
  const name = `engine-${process.pid}-${randomBytes(4).toString('hex')}.sock`
  if (process.platform === 'win32') {
    const pipe = `muster-${name}`
    return { path: `\\\\.\\pipe\\${pipe}`, host: `npipe:////./pipe/${pipe}`, remove: () => undefined }
  }
  const tried = `Make a private folder for the simulated engine in ${folder}`
  try {
    clearStaleFolders(temporary)
    const path = join(folder, name)
    if (Buffer.byteLength(path) <= longestSocketPath) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(folder, 0o700)
      clearStaleSockets(folder)
      return socketAt(path, null)
    }
    const room = longestSocketPath - name.length - folderPrefix.length - 24
    const base = Buffer.byteLength(temporary) <= room ? temporary : '/tmp'
    const own = mkdtempSync(join(base, `${folderPrefix}${process.pid}-`))
    return socketAt(join(own, name), own)
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause
    const next = 'Choose a data folder on a local disk that you may write to.'
    throw refuse('storage', { tried, happened: cause.message, next, cause })
  }
}

function socketAt(path: string, ownFolder: string | null): PracticeSocket {
  inUse.add(path)
  return {
    path,
    host: `unix://${path}`,
    remove: () => {
      inUse.delete(path)
      removeIfThere(path)
      if (ownFolder !== null) rmdirSync(ownFolder)
    },
  }
}

/** Removes the sockets in the folder whose process is gone; anything else in there is left alone. */
function clearStaleSockets(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = Number(socketName.exec(name)?.[1] ?? Number.NaN)
    const path = join(folder, name)
    if (Number.isNaN(owner) || !isGone(owner, path)) continue
    if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) removeIfThere(path)
  }
}

/** The same for folders of our own that an earlier run made among the temporary files. */
function clearStaleFolders(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const owner = Number(/^muster-practice-(\d+)-/.exec(name)?.[1] ?? Number.NaN)
    const folder = join(temporary, name)
    if (Number.isNaN(owner) || isAlive(owner)) continue
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (!stat?.isDirectory() || stat.uid !== process.getuid?.()) continue
    clearStaleSockets(folder)
    if (readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

function isGone(owner: number, path: string): boolean {
  return owner === process.pid ? !inUse.has(path) : !isAlive(owner)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // EPERM: it lives and is somebody else's.
    return codeOf(cause) === 'EPERM'
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause
  }
}
