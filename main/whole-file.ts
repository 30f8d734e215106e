import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './synced-folder.ts'

/**
 * Writes or replaces a file: old or new, never neither, also when the power goes. `write` makes it under the name that it is
 * given, and syncs it. Rejects with what the disk or `write` said, and leaves nothing behind then.
 */
export async function replaceBy<T>(path: string, write: (temporary: string) => Promise<T>): Promise<T> {
  const temporary = `${path}.${process.pid}.part`
  try {
    const made = await write(temporary)
    await rename(temporary, path)
    syncFolder(dirname(path))
    return made
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** As `replaceBy`, of what is at hand; for this user alone where no `mode` says otherwise. */
export function writeWhole(path: string, data: string | Uint8Array, mode = 0o600): Promise<void> {
  return replaceBy(path, (temporary) => writeFile(temporary, data, { mode, flush: true }))
}

/** As `writeWhole`, for a thread that does nothing else meanwhile. */
export function writeWholeNow(path: string, data: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.part`
  try {
    writeFileSync(temporary, data, { mode: 0o600, flush: true })
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
