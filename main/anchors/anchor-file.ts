import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { readAnchors } from '../../shared/anchors/read-anchors.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { syncFolder } from '../synced-folder.ts'
import { ANCHORS_FILE } from './own-anchors.ts'

/** A line of a desk with some thousand chains is shorter. */
const LONGEST_LINE = 1_048_576

/**
 * Appends lines to the anchors of a folder; they last once this returns. What a power cut left of a line is taken away
 * first. The file can be read by this user alone.
 */
export async function appendAnchors(folder: string, lines: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(join(folder, ANCHORS_FILE), 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const rest = await unendedLine(file, size)
    const isWhole = rest.length > 0 && isAnchor(rest.toString('utf8'))
    if (!isWhole && rest.length > 0) await file.truncate(size - rest.length)
    await file.appendFile(`${isWhole ? '\n' : ''}${lines.join('\n')}\n`)
    await file.sync()
    if (size === 0) syncFolder(folder)
  } finally {
    await file.close()
  }
}

/** What stands behind the last line's end. */
async function unendedLine(file: FileHandle, size: number): Promise<Buffer> {
  const end = Buffer.alloc(Math.min(size, LONGEST_LINE))
  const { bytesRead } = await file.read(end, 0, end.length, size - end.length)
  return end.subarray(end.lastIndexOf('\n') + 1, bytesRead)
}

function isAnchor(line: string): boolean {
  try {
    return readAnchors(line, 'Read the last line').length > 0
  } catch (error) {
    if (error instanceof RefusalError) return false
    throw error
  }
}
