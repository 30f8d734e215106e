import { readFile, readlink, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const WAIT_MS = 3_000

/**
 * Makes a profile free for a new browser. Chromium marks one in use by links that outlive a crash: with the laptop's
 * name changed meanwhile the next start would stop at a dialog, and with the old process still ending it would hand
 * over to that and leave (chrome/browser/process_singleton_posix.cc). Call it only while no other Muster uses the
 * folder. Windows has no such links.
 */
export async function freeProfile(profileFolder: string): Promise<void> {
  const lock = join(profileFolder, 'SingletonLock')
  const until = Date.now() + WAIT_MS
  for (;;) {
    const holder = await readlink(lock).catch(none)
    if (holder === null) return
    const pid = livingBrowser(holder)
    if (pid === null || !(await usesProfile(pid, profileFolder))) break
    if (Date.now() > until) {
      process.kill(pid, 'SIGKILL')
      break
    }
    await wait(50)
  }
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    await rm(join(profileFolder, name), { force: true })
  }
}

/** The process that a lock `HOST-PID` names, if it is one of this machine and alive. */
function livingBrowser(holder: string): number | null {
  const [, host, digits] = /^(.*)-([0-9]{1,10})$/.exec(holder) ?? []
  const pid = Number(digits)
  if (host !== hostname() || !Number.isInteger(pid) || pid < 2) return null
  try {
    process.kill(pid, 0)
    return pid
  } catch {
    return null // nobody has that number any more, or somebody else's process does
  }
}

/** Numbers are used again: only a process started with this very profile is the lock's. Unknown counts as not. */
async function usesProfile(pid: number, profileFolder: string): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(none)
  return text?.split('\0').includes(`--user-data-dir=${profileFolder}`) ?? false
}

function none(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'EINVAL', 'EACCES', 'ESRCH', 'ENOTDIR'].includes(error.code ?? '')) return null
  throw error
}
