import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { notedKind, starredKind } from '../../../shared/notes/entries.ts'
import { decidedKind } from '../../../shared/tasks/entries.ts'
import { textOf } from '../../../shared/search/text-of.ts'
import { ana, incidents, Searched } from './searched.ts'

const vocabulary = [
  'pool',
  'poolside',
  'postgres',
  'Primary',
  'café',
  'CAFE',
  '10',
  '0',
  '5',
  'oom',
  'disk',
  'discs',
  'z',
]
const marks = [' ', ' ', ' ', '-', '.', '/', ', ', ': ', '\n']
const people = [ana, { contact: null, name: 'Ben Okafor' }, { contact: null, name: 'Björn Ek' }]
const word = fc.constantFrom(...vocabulary)
const text = fc
  .array(fc.tuple(word, fc.constantFrom(...marks)), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.flat().join('').trim())

let desk: Searched
let entries: Entry[] = []
const starred = new Set<string>()
const erased = new Set<string>()

beforeAll(async () => {
  // Shards of 64 entries, so that there are several.
  desk = new Searched(undefined, { entries: 64, evidence: 64 })
  const texts = fc.sample(text, { numRuns: 400, seed: 7 })
  for (const [turn, incident] of [incidents[0], incidents[1], incidents[0]].entries()) {
    const some = texts.slice(turn * 130, turn * 130 + 130)
    const added = desk.appendTo(incident, ...some.map(draftSaying))
    const marked = added.filter((_entry, index) => index % 9 === 0)
    for (const { hash } of marked) starred.add(hash)
    desk.appendTo(incident, ...marked.map(({ hash }) => draftOf(starredKind, { entry: hash, on: true })))
    await desk.follow()
    const gone = added.filter((_entry, index) => index % 17 === 0)
    for (const { hash } of gone) erased.add(hash)
    desk.appendTo(
      incident,
      ...gone.map(({ hash }) => draftOf(erasedKind, { entry: hash, bundle: null, reason: 'a leak', approver: ana })),
    )
  }
  await desk.follow()
  // Arrival order: the three batches one after the other, and an incident's own order within each.
  const [first, second] = incidents.map((id) => desk.journal.allEntries(id))
  const firstBatch = (first ?? []).findLastIndex((entry) => entry.lamport <= 153)
  entries = [...(first ?? []).slice(0, firstBatch + 1), ...(second ?? []), ...(first ?? []).slice(firstBatch + 1)]
})
afterAll(() => desk.remove())

function draftSaying(said: string, index: number): Draft {
  const actor = people[index % people.length] ?? ana
  return index % 3 === 0
    ? draftOf(decidedKind, { text: said, options: [], poll: null, outcome: 'decided' }, { actor })
    : draftOf(notedKind, { text: said }, { actor })
}

const quoted = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `"${words.join(' ')}"`)
const joined = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-'))
const beginning = word.map((whole) => `${whole.slice(0, 3)}*`)
const said = fc.oneof(word, quoted, joined, beginning)
const filter = fc.constantFrom(
  'kind:noted',
  'kind:dec',
  'by:ben',
  'by:bjorn',
  'by:ana',
  'is:starred',
  'is:exercise',
  'is:live',
  'in:XWC',
  'in:XWD',
)
const part = fc.tuple(fc.boolean(), fc.oneof({ weight: 4, arbitrary: said }, { weight: 1, arbitrary: filter }))
const question = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([not, one], index) => (not && index > 0 ? `-${one}` : one)))

test('what is found is what reading everything finds, the newest first', () => {
  fc.assert(
    fc.property(question, (parts) => {
      const found = desk.ask(parts.join(' '), { limit: 500 }).hits.map(({ hash }) => hash)
      expect(found).toEqual(scan(parts))
    }),
    { numRuns: 200 },
  )
})

test('what is wanted and unwanted at once is found nowhere', () => {
  for (const one of ['is:starred', 'is:live', 'kind:noted', 'by:ben', 'in:XWC', 'pool']) {
    expect(desk.ask(`${one} -${one} poo*`, { limit: 500 }).hits).toEqual([])
  }
})

test('ranked, the same is found', () => {
  fc.assert(
    fc.property(question, (parts) => {
      const found = desk.ask(parts.join(' '), { limit: 500, ranked: true }).hits.map(({ hash }) => hash)
      expect(found.toSorted()).toEqual(scan(parts).toSorted())
    }),
    { numRuns: 100 },
  )
})

test('fewer are the newest of them', () => {
  fc.assert(
    fc.property(question, fc.integer({ min: 1, max: 20 }), (parts, limit) => {
      const { hits, more } = desk.ask(parts.join(' '), { limit })
      const all = scan(parts)
      expect(hits.map(({ hash }) => hash)).toEqual(all.slice(0, limit))
      expect(more).toBe(all.length > limit)
    }),
    { numRuns: 100 },
  )
})

/** Every entry read, and its words compared by other means than those of search. */
function scan(parts: readonly string[]): string[] {
  const pieces = parts.map((whole) => ({ not: whole.startsWith('-'), one: whole.replace(/^-/, '') }))
  const filters = pieces.filter(({ one }) => one.includes(':'))
  const terms = pieces.filter(({ one }) => !one.includes(':'))
  return entries
    .toReversed()
    .filter((entry) => terms.every(({ not, one }) => says(entry, one) !== not))
    .filter((entry) => passes(entry, filters))
    .map(({ hash }) => hash)
}

function says(entry: Entry, one: string): boolean {
  if (entry.body === null) return false
  const wanted = plainWords(one)
  const words = wordsIn(entry)
  return words.some((_word, at) =>
    wanted.every((want, index) => {
      const here = words[at + index]
      const goesOn = one.endsWith('*') && index === wanted.length - 1
      return goesOn ? here?.startsWith(want) === true : here === want
    }),
  )
}

const read = new Map<string, readonly string[]>()

function wordsIn(entry: Entry): readonly string[] {
  const words = read.get(entry.hash) ?? plainWords(textOf(entry))
  read.set(entry.hash, words)
  return words
}

function plainWords(whole: string): string[] {
  const plain = whole.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '')
  return plain
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((one) => one !== '')
}

/** Filters of one field widen each other, those of different fields narrow; what is not wanted is never there. */
function passes(entry: Entry, filters: readonly { not: boolean; one: string }[]): boolean {
  const wanted = Map.groupBy(
    filters.filter(({ not }) => !not),
    ({ one }) => (one === 'is:starred' ? one : one.split(':')[0]),
  )
  return (
    [...wanted.values()].every((some) => some.some(({ one }) => fits(entry, one))) &&
    !filters.some(({ not, one }) => not && fits(entry, one))
  )
}

function fits(entry: Entry, one: string): boolean {
  const [field, value = ''] = one.split(':')
  if (field === 'kind') return entry.kind.startsWith(value)
  if (field === 'by') return plainWords(entry.actor.name).some((name) => name.startsWith(value))
  if (field === 'in') return entry.incident.endsWith(value)
  return value === 'starred' ? starred.has(entry.hash) : entry.mode === value
}
