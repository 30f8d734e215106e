import { createHash } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { syncFolder } from '../synced-folder.ts'

/** Writes a file outside the data folder, for this user alone, whole or not at all. Refuses (`storage`) what the disk would not take. */
export async function writeOut(
  source: AsyncIterable<Uint8Array>,
  path: string,
  tried: string,
): Promise<{ size: number; sha256: string }> {
  const temporary = `${path}.${process.pid}.part`
  const hash = createHash('sha256')
  let written = 0
  try {
    const file = await open(temporary, 'w', 0o600)
    try {
      for await (const part of source) {
        hash.update(part)
        for (let from = 0; from < part.length; ) {
          const { bytesWritten } = await file.write(part, from, part.length - from, written)
          from += bytesWritten
          written += bytesWritten
        }
      }
      await file.sync()
    } finally {
      await file.close()
    }
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error instanceof RefusalError ? error : notWritable(tried, error)
  }
  return { size: written, sha256: hash.digest('hex') }
}

function notWritable(tried: string, cause: unknown): RefusalError {
  return refuse('storage', {
    tried,
    happened: cause instanceof Error ? cause.message : String(cause),
    next: 'Choose a folder that exists, that you may write to, and that has room.',
    cause,
  })
}
