import { wordsOf } from './words.ts'

/** Words that must stand in this order, one after the other. `prefix`: the last may go on. */
export interface Term {
  readonly words: readonly string[]
  readonly prefix: boolean
  /** As it was typed, so that it can be named. */
  readonly said: string
}

export const filterFields = ['in', 'by', 'kind', 'is', 'before', 'after'] as const
export type FilterField = (typeof filterFields)[number]

/** What else must hold. Several of one field widen each other, those of different fields narrow. */
export interface Filter {
  readonly field: FilterField
  readonly value: string
  readonly not: boolean
  readonly said: string
}

export interface Query {
  readonly wanted: readonly Term[]
  readonly unwanted: readonly Term[]
  readonly filters: readonly Filter[]
  /** What of the text was left out, and why: sentences. */
  readonly problems: readonly string[]
}

/** More terms or words in a phrase than anybody types; a pasted log is cut there. */
const MOST = 32

interface Piece {
  readonly said: string
  readonly not: boolean
  readonly field: FilterField | null
  readonly value: string
  readonly star: boolean
  /** Whether nothing stands behind it that ends it. */
  readonly isOpen: boolean
}

const piecePattern =
  /(in|by|kind|is|before|after):(?=\s|$)|(-(?=[^\s-]))?(?:(in|by|kind|is|before|after):)?(?:"([^"]*)("|$)(\*)?|([^\s"]+))/giu

/**
 * Reads what a person typed. Nothing is wrong: words (all must be there), "phrases", `word*` for beginnings, `-word` for
 * what must not be there, and `in: by: kind: is: before: after:` as filters; every other mark only parts words.
 * `typing`: the last word may still go on.
 */
export function readQuery(text: string, { typing }: { readonly typing: boolean }): Query {
  const pieces = piecesOf(text)
  const kept = pieces.slice(0, MOST)
  const problems = pieces.length > kept.length ? [`Only the first ${MOST} words and filters count.`] : []
  const filters = kept.flatMap(({ field, value, not, said }) =>
    field === null || value.trim() === '' ? [] : [{ field, value: value.trim(), not, said }],
  )
  const terms = kept
    .filter(({ field }) => field === null)
    .map((piece) => ({ not: piece.not, term: termOf(piece, typing) }))
    .filter(({ term }) => term.words.length > 0)
  return {
    wanted: terms.filter(({ not }) => !not).map(({ term }) => term),
    unwanted: terms.filter(({ not }) => not).map(({ term }) => term),
    filters,
    problems,
  }
}

/** Whether there is anything to look for: words to leave out are no question of their own. */
export function asksNothing({ wanted, filters }: Query): boolean {
  return wanted.length === 0 && filters.length === 0
}

function piecesOf(text: string): Piece[] {
  return Array.from(text.matchAll(piecePattern), (match): Piece | null => {
    const [said, unfinished, minus, field, quoted, closing, quotedStar, bare] = match
    if (unfinished !== undefined) return null
    const isLast = match.index + said.length === text.length
    const value = quoted ?? bare ?? ''
    const star = quoted === undefined ? value.endsWith('*') : quotedStar !== undefined
    return {
      said: said.trim(),
      not: minus !== undefined,
      field: fieldNamed(field),
      value: quoted === undefined && star && field === undefined ? value.slice(0, -1) : value,
      star,
      isOpen: isLast && (quoted === undefined || closing === ''),
    }
  }).filter((piece) => piece !== null)
}

function fieldNamed(typed: string | undefined): FilterField | null {
  return filterFields.find((field) => field === typed?.toLowerCase()) ?? null
}

function termOf({ value, star, isOpen, not, said }: Piece, typing: boolean): Term {
  const words = Array.from(wordsOf(value), ({ word }) => word).slice(0, MOST)
  const goesOn = star || (typing && isOpen && !not && /[\p{L}\p{N}\p{M}]$/u.test(value))
  return { words, prefix: goesOn, said }
}
