import { createHash } from 'node:crypto'
import { createReadStream, readdirSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { syncFolder } from '../synced-folder.ts'

const PIECE_BYTES = 1_048_576

/** The sha256 of a file's bytes, in bounded memory. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
    signal?.throwIfAborted()
    hash.update(part as Buffer)
  }
  return hash.digest('hex')
}

/** Copies a file, synced, in bounded memory; the folders above it are made. Answers the sha256 of what was read. */
export async function copyFile(from: string, to: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const file = await open(to, 'wx', 0o600)
  try {
    for await (const part of createReadStream(from, { highWaterMark: PIECE_BYTES })) {
      signal?.throwIfAborted()
      hash.update(part as Buffer)
      await file.writeFile(part as Buffer)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

/** Every file below a folder, as paths with `/` from it, sorted. */
export function filesBelow(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .toSorted()
}

/** Makes the names of everything below a folder last, and its own. */
export function syncFolders(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) syncFolder(join(entry.parentPath, entry.name))
  }
  syncFolder(folder)
}
