import { expect, test } from 'vitest'
import { groupOf, kindsIn, passes, showsAll, timelineGroups } from '../../../shared/incident/timeline-filter.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { StoryWriter } from '../postmortem/story.ts'

const all = { groups: [], starred: false, person: null }
const entry = new StoryWriter().add('14:05:00', draftOf(notedKind, { text: 'x' }))

test('every kind of every group leads back to it, and a kind that nobody knows to the others', () => {
  for (const group of timelineGroups) expect(kindsIn([group]).every((kind) => groupOf(kind) === group)).toBe(true)
  expect([groupOf('hovered'), groupOf('__proto__'), kindsIn(['other'])]).toEqual(['other', 'other', []])
})

test('a filter that names nothing hides nothing', () => {
  expect([showsAll(all), passes(all, entry, [])]).toEqual([true, true])
})

test('an entry passes by its group, by a star, and by who said or typed it', () => {
  expect([
    passes({ ...all, groups: ['notes'] }, entry, []),
    passes({ ...all, groups: ['decisions'] }, entry, []),
    passes({ ...all, starred: true }, entry, [entry.hash]),
    passes({ ...all, starred: true }, entry, []),
    passes({ ...all, person: entry.actor.name }, entry, []),
    passes({ ...all, person: 'nobody' }, entry, []),
  ]).toEqual([true, false, true, false, true, false])
})
