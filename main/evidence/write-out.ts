import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { RefusalError } from '../../shared/refusal.ts'
import { notWritable } from '../outside-file.ts'
import { replaceBy } from '../whole-file.ts'

/** Writes a file outside the data folder, for this user alone, whole or not at all. Refuses (`storage`) what the disk would not take. */
export async function writeOut(
  source: AsyncIterable<Uint8Array>,
  path: string,
  tried: string,
): Promise<{ size: number; sha256: string }> {
  try {
    return await replaceBy(path, (temporary) => writeHashed(source, temporary))
  } catch (error) {
    throw error instanceof RefusalError ? error : notWritable(tried, error)
  }
}

async function writeHashed(
  source: AsyncIterable<Uint8Array>,
  temporary: string,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let written = 0
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
  return { size: written, sha256: hash.digest('hex') }
}
