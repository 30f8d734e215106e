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

/** Where the terms stand in a text, in its order, joined where they touch. */
function placesOf(text: string, terms: readonly Term[]): [number, number][] {
  const words = Array.from(wordsOf(text))
  const places = terms
    .flatMap((term) => words.flatMap((_word, at) => placeAt(words, at, term)))
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const joined: [number, number][] = []
  for (const [start, end] of places) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else joined.push([start, end])
  }
  return joined
}

function placeAt(words: readonly Word[], at: number, { words: wanted, prefix }: Term): [number, number][] {
  const isHere = wanted.every((want, index) => {
    const word = words[at + index]?.word
    return word === want || (prefix && index === wanted.length - 1 && word?.startsWith(want) === true)
  })
  const first = words[at]
  const last = words[at + wanted.length - 1]
  return isHere && first !== undefined && last !== undefined ? [[first.start, last.end]] : []
}

/** A place shortly behind `at` where a word begins, so that none is cut; `at` itself where there is none. */
function wordStart(text: string, at: number, before: number): number {
  const space = text.indexOf(' ', at)
  return space === -1 || space >= before ? at : space + 1
}
