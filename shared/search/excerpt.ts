import type { Term } from './query.ts'
import { type Word, wordsOf } from './words.ts'

/** A part of a text on one line, and where in it the words stand that were looked for (`end` exclusive). */
export interface Excerpt {
  readonly text: string
  readonly marks: readonly (readonly [start: number, end: number])[]
}

const LENGTH = 200
/** How much stands before the first mark. */
const LEAD = 50
/** Looked at of a text: an excerpt needs one place, not all. */
const SCANNED = 262_144

// What moves, reorders or hides text; tabs and line breaks too, as an excerpt is one line. Replaced one for one.
const unfit = /[\p{Cc}\p{Zl}\p{Zp}]/gu
const hidden = /[\p{Cf}\u2800\u3164\uffa0]/gu

/** The stretch of the text around the first place where a term stands; its beginning where none does. */
export function excerptOf(whole: string, terms: readonly Term[]): Excerpt {
  const text = whole.slice(0, SCANNED).replaceAll(unfit, ' ').replaceAll(hidden, '\ufffd')
  const found = placesOf(text, terms)
  const first = found[0]?.[0] ?? 0
  const from = first <= LEAD || text.length <= LENGTH ? 0 : wordStart(text, first - LEAD, first)
  const to = Math.min(text.length, from + LENGTH)
  const begin = from === 0 ? '' : '…'
  const end = to === whole.length ? '' : '…'
  const shift = begin.length - from
  return {
    text: `${begin}${text.slice(from, to)}${end}`,
    marks: found
      .filter(([start, stop]) => start >= from && stop <= to)
      .map(([start, stop]) => [start + shift, stop + shift]),
  }
}

/** Where the terms stand, from the first place on for as far as an excerpt goes; joined where they touch. */
function placesOf(text: string, terms: readonly Term[]): [number, number][] {
  const words: Word[] = []
  const joined: [number, number][] = []
  for (const word of wordsOf(text)) {
    const first = joined[0]
    if (first !== undefined && word.start > first[0] + LENGTH) break
    words.push(word)
    for (const term of terms) {
      const start = startOf(words, term)
      if (start !== null) join(joined, start, word.end)
    }
  }
  return joined
}

/** Where the term begins that ends with the last of these words; null where none does. */
function startOf(words: readonly Word[], { words: wanted, prefix }: Term): number | null {
  const from = words.length - wanted.length
  if (from < 0) return null
  for (let at = wanted.length - 1; at >= 0; at -= 1) {
    const want = wanted[at] ?? ''
    const word = words[from + at]?.word ?? ''
    const isHere = word === want || (prefix && at === wanted.length - 1 && word.startsWith(want))
    if (!isHere) return null
  }
  return words[from]?.start ?? null
}

/** Adds a place that ends at or behind the last one. */
function join(places: [number, number][], start: number, end: number): void {
  let from = start
  for (let last = places.at(-1); last !== undefined && from <= last[1]; last = places.at(-1)) {
    from = Math.min(from, last[0])
    places.pop()
  }
  places.push([from, end])
}

/** A place shortly behind `at` where a word begins, so that none is cut; `at` itself where there is none. */
function wordStart(text: string, at: number, before: number): number {
  const space = text.indexOf(' ', at)
  return space === -1 || space >= before ? at : space + 1
}
