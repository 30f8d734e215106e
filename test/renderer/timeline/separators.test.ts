import { expect, test } from 'vitest'
import { placeOf, separatorsOf } from '../../../renderer/timeline/separators.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { infinity } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'

const main = checkoutStory()
const state = main.state(CHECKOUT)
const entries = main.journal.get(CHECKOUT)!.entries
const around = { state, pack: infinity.pack, zone: 'utc', today: '2026-11-21' } as const
const at = (is: (entry: Entry) => boolean) => entries.findIndex(is)
const between = (index: number, also: Partial<typeof around> = {}) =>
  separatorsOf(entries[index]!, entries[index - 1] ?? null, { ...around, ...also })

test('the first entry of today begins nothing; of another day, its day', () => {
  expect(between(0)).toEqual({ day: null, stage: null })
  expect(separatorsOf(entries[0]!, null, { ...around, today: '2026-11-22' })).toEqual({
    day: '2026-11-21',
    stage: null,
  })
})

test('midnight is where the reader is', () => {
  const [one, two] = ['2026-11-21T23:30:00.000Z', '2026-11-22T00:30:00.000Z'].map((time) => ({
    ...entries[5]!,
    at: time,
  }))
  expect(separatorsOf(two!, one!, around).day).toBe('2026-11-22')
})

test('that somebody is on it, and another severity, begin a stage', () => {
  expect(between(at(({ kind }) => kind === 'responded')).stage).toContain('Somebody is on it, 6 min after detection')
  const changed = entries.findLastIndex(({ kind }) => kind === 'severity-set')
  expect(between(changed).stage).toContain('Severity P2 → P1')
})

test('the first severity changes nothing yet', () => {
  expect(between(at(({ kind }) => kind === 'severity-set')).stage ?? '').not.toContain('→')
})

test('each phase of the runbook begins once, with the first entry in it', () => {
  const stages = entries.map((_entry, index) => between(index).stage ?? '')
  const phases = stages.flatMap((stage) => /Phase \d of \d: \w+/.exec(stage)?.[0] ?? [])
  expect(phases).toEqual([...new Set(phases)])
  expect(phases.at(-1)).toBe('Phase 4 of 5: Resolve')
})

test('the line at the top says day and phase, or the day alone without a runbook', () => {
  expect(placeOf(entries.at(-1)!, around)).toBe('2026-11-21 · Phase 4 of 5: Resolve')
  expect(placeOf(entries.at(-1)!, { ...around, pack: null })).toBe('2026-11-21')
})
