import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Anchor } from '../../shared/anchors/anchor.ts'
import { readAnchors } from '../../shared/anchors/read-anchors.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'

/** The file that a data folder keeps its anchors in, a line each. */
export const ANCHORS_FILE = 'anchors.txt'

/** As much of its end as is read: some hundred thousand anchors. */
const MOST_BYTES = 64 * 1_048_576

export interface OwnAnchors {
  readonly anchors: readonly Anchor[]
  /** Lines that are no anchors, as sentences. */
  readonly problems: readonly string[]
}

/**
 * The anchors that a folder keeps beside its journal; none where there is no such file. A last line without its end is being
 * written, or was when the power went: it is left out.
 */
export function readOwnAnchors(folder: string): OwnAnchors {
  const text = readEnd(join(folder, ANCHORS_FILE))
  const anchors: Anchor[] = []
  const problems: string[] = []
  for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
    if (line.trim() === '') continue
    try {
      anchors.push(...readAnchors(line, `Read line ${index + 1} of ${ANCHORS_FILE}`))
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      problems.push(`${ANCHORS_FILE}, line ${index + 1}, is no anchor: ${error.refusal.happened}`)
    }
  }
  return { anchors, problems }
}

function readEnd(file: string): string {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.min(size, MOST_BYTES))
    const length = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length)
    const text = bytes.toString('utf8', 0, length)
    return size > MOST_BYTES ? text.slice(text.indexOf('\n') + 1) : text
  } finally {
    closeSync(descriptor)
  }
}
