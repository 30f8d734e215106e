import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'

/** The socket of the ssh that holds the login, in the folder that is its own. */
export const loginSocket = 's'

/** A folder for a shared login in there, named after this process. Rejects where none can be made. */
export function folderOfOurs(place: string): Promise<string> {
  return mkdtemp(join(place, `muster-ssh-${process.pid}-`))
}

/**
 * Removes what runs of Muster left there that were killed: folders of this user whose process is gone, and on whose socket
 * nobody listens, as a process in a container of its own is not seen from here. Never rejects.
 */
export async function clearLeftovers(place: string): Promise<void> {
  const names = await readdir(place).catch(() => [])
  await Promise.all(
    names.map(async (name) => {
      const owner = /^muster-ssh-(\d+)-\w{6}$/.exec(name)?.[1]
      if (owner === undefined || isAlive(Number(owner))) return
      const folder = join(place, name)
      if (!(await isOurs(folder)) || (await isHeard(join(folder, loginSocket)))) return
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    }),
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** No link to elsewhere, and no other user's. */
async function isOurs(folder: string): Promise<boolean> {
  const seen = await lstat(folder).catch(() => null)
  return seen !== null && seen.isDirectory() && seen.uid === process.getuid?.()
}

/** Whatever but a plain no is taken for yes. */
function isHeard(socket: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const knocking = connect({ path: socket })
  knocking.once('connect', () => {
    knocking.destroy()
    resolve(true)
  })
  knocking.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED'))
  return promise
}
