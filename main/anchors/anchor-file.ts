import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../synced-folder.ts'
import { ANCHORS_FILE } from './own-anchors.ts'

const LINE_BREAK = 10

/**
 * Appends lines to the anchors of a folder, on a line of their own even behind one that a power cut tore; they last once
 * this returns. The file can be read by this user alone.
 */
export async function appendAnchors(folder: string, lines: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(join(folder, ANCHORS_FILE), 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const before = size === 0 || (await endsWithBreak(file, size)) ? '' : '\n'
    await file.appendFile(`${before}${lines.join('\n')}\n`)
    await file.sync()
    if (size === 0) syncFolder(folder)
  } finally {
    await file.close()
  }
}

async function endsWithBreak(file: FileHandle, size: number): Promise<boolean> {
  const last = Buffer.alloc(1)
  await file.read(last, 0, 1, size - 1)
  return last[0] === LINE_BREAK
}
