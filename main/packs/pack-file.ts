import { packBytesCap, type PackProblem } from '../../shared/packs/calls.ts'
import { type Pack, packSchema } from '../../shared/packs/pack.ts'
import { type RefusalError, refuse } from '../../shared/refusal.ts'
import { sha256 } from '../journal/sha256.ts'
import { patternProblems } from './pattern-problems.ts'
import { listed, problemsCap, problemsOf } from './problems.ts'
import { readYaml } from './yaml-tree.ts'

/** A pack with the bytes it was read from, and their sha256 (lower-case hex), by which an incident pins it. */
export interface LoadedPack {
  readonly pack: Pack
  readonly bytes: Uint8Array
  readonly hash: string
  /** Name of the file, for messages. */
  readonly file: string
}

/**
 * Reads a pack from the bytes of its file. Refuses `too-large` over the cap, and `bad-input` with line, column and path
 * of the first problem, what was expected, and the nearest value that would do.
 */
export function readPack(bytes: Uint8Array, file: string): LoadedPack {
  const linted = lintPack(bytes, file)
  if ('problems' in linted) throw problemsRefusal(file, linted.problems)
  return linted.loaded
}

/** As `readPack`, with every problem of the file, in its order: the first hundred. Refuses `too-large` alone. */
export function lintPack(
  bytes: Uint8Array,
  file: string,
): { readonly loaded: LoadedPack } | { readonly problems: readonly PackProblem[] } {
  if (bytes.byteLength > packBytesCap) throw tooLarge(file)
  const text = decode(bytes)
  if (text === null) return { problems: [notText] }
  const read = readYaml(text)
  if ('trouble' in read) {
    const { line, column, trouble } = read
    return { problems: [{ line, column, path: '', happened: trouble.happened, next: trouble.next, meant: null }] }
  }
  const parsed = packSchema.safeParse(read.tree.data)
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error.issues, read.tree)),
    ...patternProblems(read.tree),
  ]
  if (problems.length > 0 || !parsed.success) return { problems: listed(problems, read.tree) }
  return { loaded: { pack: parsed.data, bytes, hash: sha256(bytes), file } }
}

export function tooLarge(file: string): RefusalError {
  return refuse('too-large', {
    tried: `Read the pack ${file}`,
    happened: 'It is larger than 1 MiB.',
    next: 'Split it, or remove what does not belong in a pack.',
  })
}

const notText: PackProblem = {
  line: 1,
  column: 1,
  path: '',
  happened: 'its bytes are not UTF-8 text',
  next: 'Save it as UTF-8.',
  meant: null,
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return null
    throw cause
  }
}

function atMost(count: number): string {
  return count >= problemsCap - 1 ? `${problemsCap - 1} or` : String(count)
}

/** Refuses a file with the first of its problems, and says how many follow. */
export function problemsRefusal(file: string, problems: readonly PackProblem[], what = 'pack'): RefusalError {
  const [first] = problems
  if (first === undefined) throw new Error('a pack was refused without a problem')
  const more = problems.length - 1
  const others = more === 0 ? '' : more === 1 ? ' One more problem follows.' : ` ${atMost(more)} more problems follow.`
  const at = `Line ${first.line}, column ${first.column}${first.path === '' ? '' : `, ${first.path}`}`
  return refuse('bad-input', {
    tried: `Read the ${what} ${file}`,
    happened: `${at}: ${first.happened}.${others}`,
    next: first.next,
  })
}
