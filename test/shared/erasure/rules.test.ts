import { expect, test } from 'vitest'
import { repeatsWhatGoes, whatFollows, whyItStays } from '../../../shared/erasure/rules.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { allKinds } from '../../../shared/incident/kinds.ts'
import { storyEntries } from '../incident/story.ts'

const story = storyEntries()
const state = fold('X', story)
const entryOf = (kind: string) => {
  const found = story.find((entry) => entry.kind === kind)
  if (found === undefined) throw new Error(`The story has no ${kind}`)
  return found
}

test('a note, a correction, a severity, a summary and an unknown kind can be erased', () => {
  for (const kind of ['noted', 'corrected', 'severity-set', 'impact-stated', 'resolved']) {
    expect(whyItStays(entryOf(kind), state)).toBeNull()
  }
  expect(whyItStays({ ...entryOf('noted'), kind: 'from-the-future', version: 9 }, state)).toBeNull()
})

test('what the incident hangs on stays, and each says what to do instead', () => {
  for (const kind of ['declared', 'pack-pinned', 'alarm-given', 'responded']) {
    expect(whyItStays(entryOf(kind), state)).toMatchObject({ happened: expect.any(String), next: expect.any(String) })
  }
})

test('whatever else an entry set is said before it goes', () => {
  expect(whatFollows('resolved')).toContain('open again')
  expect(whatFollows('noted')).toBeNull()
  expect(whatFollows('toString')).toBeNull()
  const kinds = new Set<string>(allKinds.map(({ kind }) => kind))
  for (const kind of ['resolved', 'severity-set', 'role-taken', 'swept', 'evidence-kept']) {
    expect(kinds.has(kind) && whatFollows(kind)).toEqual(expect.any(String))
  }
})

test('a reason that repeats the words is found, one that names their kind is not', () => {
  const note = entryOf('noted')
  expect(repeatsWhatGoes('It said SIGN-IN PAGE SAYS 502. and must go', note)).toBe(true)
  expect(repeatsWhatGoes('A page that was wrong', note)).toBe(false)
  expect(repeatsWhatGoes('x', { ...note, body: null })).toBe(false)
  expect(repeatsWhatGoes('anything', { ...note, body: { text: 'a' } })).toBe(false)
})
