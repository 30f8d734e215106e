import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainOf, storyEntries } from './story.ts'
import { clockSnoozedKind } from '../../../shared/clocks/entries.ts'
import { findingWaivedKind } from '../../../shared/findings/waivers.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { fold, step } from '../../../shared/incident/fold.ts'
import { nextNumber } from '../../../shared/incident/number.ts'
import { compareEntries } from '../../../shared/journal/chain.ts'

const story = storyEntries()

test('folding the rest onto a state gives what folding everything gives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: story.length }), (cut) => {
      const resumed = story.slice(cut).reduce(step, fold('X', story.slice(0, cut)))
      expect(resumed).toEqual(fold('X', story))
    }),
  )
})

test('a state survives being sent as JSON', () => {
  const state = fold('X', story)
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
})

test('an unknown newer kind is counted and changes nothing else', () => {
  const [last] = story.slice(-1)
  if (last === undefined) throw new Error('The story is empty')
  const before = fold('X', story)
  const after = step(before, { ...last, kind: 'from-the-future', hash: 'f'.repeat(64) })
  expect(after).toEqual({
    ...before,
    entries: before.entries + 1,
    unread: 1,
    head: { ...before.head, hash: 'f'.repeat(64) },
  })
})

test('the order of the fold never looks at the clock', () => {
  const shuffled = fc.sample(fc.shuffledSubarray(story, { minLength: story.length }), 20)
  for (const entries of shuffled) {
    const late = entries.map((entry, index) => ({ ...entry, at: new Date(index).toISOString() }))
    expect(late.toSorted(compareEntries).map(({ hash }) => hash)).toEqual(story.map(({ hash }) => hash))
  }
})

test('numbers count up within a UTC day', () => {
  expect(nextNumber('2026-11-21T23:59:59.999Z', ['INC-2026-1121-0009', 'INC-2026-1120-0044'])).toBe(
    'INC-2026-1121-0010',
  )
  expect(nextNumber('2026-11-22T00:00:00.000Z', ['INC-2026-1121-0009'])).toBe('INC-2026-1122-0001')
})

test('of any number of people it is remembered when two hundred were heard of last', () => {
  const drafts = Array.from({ length: 230 }, (_each, index) =>
    draftOf(notedKind, { text: 'here' }, { actor: { contact: null, name: `Person ${index}` } }),
  )
  const { heard } = fold('X', chainOf(drafts))
  expect(Object.keys(heard)).toHaveLength(200)
  expect(heard).not.toHaveProperty('Person 0')
  expect(heard).toHaveProperty('Person 229')
})

test('quiet is no work: whoever snoozes a clock or waives a finding puts no call off', () => {
  const finding = { key: 'D04 container web', title: 'web restarts in a loop' }
  const until = '2026-11-21T05:00:00.000Z'
  const said = { clock: { id: 'recall', title: 'Call again' }, until, reason: 'In a meeting.' }
  const state = fold('X', [
    ...story,
    ...chainOf([draftOf(clockSnoozedKind, said), draftOf(findingWaivedKind, { finding, until, reason: 'Known.' })]),
  ])
  expect(state.workedAt).toBe(fold('X', story).workedAt)
})
