import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Entry } from '../../../shared/journal/header.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { wordsOf } from '../../../shared/search/words.ts'
import { Searched } from './searched.ts'

/** Text of any script, with what FTS5 and the grammar take for syntax strewn in. */
const syntax = fc.constantFrom(
  '"',
  '*',
  '-',
  '(',
  ')',
  ':',
  '^',
  '+',
  '{',
  '}',
  ' AND ',
  ' OR ',
  ' NOT ',
  ' NEAR(',
  'in:',
  'by:"',
  'is:',
  'kind:*',
  'before:',
  '\u0000',
  '\ue000',
  '\ue0001',
  '\u200b',
  'ß',
  'İ',
  'ﷺ',
  '½',
  '障',
  'ก',
  '\ud83d\ude00',
  "'",
  ';',
  '--',
  '\\',
  'x'.repeat(100),
)
const any = fc
  .array(fc.oneof(syntax, fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 6 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(''))

let desk: Searched
let notes: Entry[] = []

beforeAll(async () => {
  desk = new Searched()
  const texts = fc.sample(any, { numRuns: 300, seed: 11 }).filter((text) => text !== '' && text.isWellFormed())
  notes = desk.append(...texts.map((text) => draftOf(notedKind, { text })))
  await desk.follow()
})
afterAll(() => desk.remove())

test('whatever is typed is an answer, never an error', () => {
  fc.assert(
    fc.property(any, fc.boolean(), fc.boolean(), (text, typing, ranked) => {
      const { hits } = desk.ask(text, { typing, ranked, limit: 10 })
      for (const { excerpt } of hits) {
        const spans = excerpt.marks.flat()
        expect(spans).toEqual(spans.toSorted((a, b) => a - b))
        expect(spans.every((at) => at >= 0 && at <= excerpt.text.length)).toBe(true)
      }
    }),
    { numRuns: 600 },
  )
})

test('every word of every text finds it: index and search part words alike', () => {
  for (const note of notes) {
    const text = (note.body as { text: string }).text
    // Signs that cannot be seen are spelled out in the text that is searched.
    if (/[\p{C}\u2800]/u.test(text)) continue
    for (const { start, end } of wordsOf(text)) {
      const found = desk.ask(`"${text.slice(start, end)}"`, { limit: 500 }).hits.map(({ hash }) => hash)
      expect(found).toContain(note.hash)
    }
  }
})
