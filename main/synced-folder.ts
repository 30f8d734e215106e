import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './error-code.ts'

/**
 * Makes what was created, renamed or removed in a folder outlast a power cut: a file's own sync does not promise that its
 * name lasts (https://man7.org/linux/man-pages/man2/fsync.2.html). Windows cannot open folders and needs no such sync.
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes a folder, and those above it that are missing, for this user alone; their names last once it returns. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  // One that is there may have been made by a process that was killed before it could sync.
  const from = dirname(first ?? folder)
  for (let above = dirname(folder); ; above = dirname(above)) {
    syncReadable(above)
    if (above === from || above === dirname(above)) return
  }
}

/** Some systems keep the folder above a home unreadable: it was there before Muster, and so lasts. */
function syncReadable(folder: string): void {
  try {
    syncFolder(folder)
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'EACCES' && code !== 'EPERM') throw error
  }
}
