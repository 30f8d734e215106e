import { type Pack, packSchema } from '../../shared/packs/pack.ts'
import { type RefusalError, refuse } from '../../shared/refusal.ts'
import { sha256 } from '../journal/sha256.ts'
import { type PackProblem, problemsCap, problemsOf } from './problems.ts'
import { readYaml } from './yaml-tree.ts'

/** A pack with the bytes it was read from, and their sha256 (lower-case hex), by which an incident pins it. */
export interface LoadedPack {
  readonly pack: Pack
  readonly bytes: Uint8Array
  readonly hash: string
  /** Name of the file, for messages. */
  readonly file: string
}

/** The largest pack that is read, in bytes. */
export const packBytesCap = 1_048_576

/**
 * Reads a pack from the bytes of its file. Refuses `too-large` over the cap, and `bad-input` with line, column and path
 * of the first problem, what was expected, and the nearest value that would do.
 */
export function readPack(bytes: Uint8Array, file: string): LoadedPack {
  if (bytes.byteLength > packBytesCap) throw tooLarge(file)
  const text = decode(bytes, file)
  const read = readYaml(text)
  if ('trouble' in read) throw refusalOf(file, [{ line: read.line, column: read.column, path: '', ...read.trouble }])
  const parsed = packSchema.safeParse(read.tree.data)
  if (!parsed.success) throw refusalOf(file, problemsOf(parsed.error.issues, read.tree))
  return { pack: parsed.data, bytes, hash: sha256(bytes), file }
}

export function tooLarge(file: string): RefusalError {
  return refuse('too-large', {
    tried: `Read the pack ${file}`,
    happened: 'It is larger than 1 MiB.',
    next: 'Split it, or remove what does not belong in a pack.',
  })
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw refuse('bad-input', {
      tried: `Read the pack ${file}`,
      happened: 'Its bytes are not UTF-8 text.',
      next: 'Save it as UTF-8.',
      cause,
    })
  }
}

function atMost(count: number): string {
  return count >= problemsCap - 1 ? `${problemsCap - 1} or` : String(count)
}

function refusalOf(file: string, problems: readonly PackProblem[]): RefusalError {
  const [first] = problems
  if (first === undefined) throw new Error('a pack was refused without a problem')
  const more = problems.length - 1
  const others = more === 0 ? '' : more === 1 ? ' One more problem follows.' : ` ${atMost(more)} more problems follow.`
  const at = `Line ${first.line}, column ${first.column}${first.path === '' ? '' : `, ${first.path}`}`
  return refuse('bad-input', {
    tried: `Read the pack ${file}`,
    happened: `${at}: ${first.happened}.${others}`,
    next: first.next,
  })
}
