import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DEFAULT_QUOTA_BYTES, judgeStorage, type Storage } from '../../shared/evidence/storage.ts'

/** What the store of evidence of a data folder takes, and what its disk has left. Walks the store: not for the main thread. */
export function storageOf(dataFolder: string, quotaBytes = DEFAULT_QUOTA_BYTES): Storage {
  return judgeStorage({ usedBytes: usedBytesOf(dataFolder), quotaBytes, ...diskOf(dataFolder) })
}

/** The bytes of all files of the store. */
export function usedBytesOf(dataFolder: string): number {
  const folder = join(dataFolder, 'evidence')
  if (!existsSync(folder)) return 0
  let bytes = 0
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // One that went away meanwhile takes no room.
    if (file.isFile()) bytes += statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}

/** Free and whole bytes of the disk that holds a folder, or will: the nearest one above it that is there tells. */
export function diskOf(folder: string): { freeBytes: number; diskBytes: number } {
  let there = folder
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  const { bavail, bsize, blocks } = statfsSync(there)
  return { freeBytes: bavail * bsize, diskBytes: blocks * bsize }
}
