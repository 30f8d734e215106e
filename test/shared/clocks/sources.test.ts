import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { sourceOf, yoursOf } from '../../../shared/clocks/sources.ts'
import { untimedRulesOf } from '../../../shared/clocks/untimed.ts'
import { anyInput, firstMs, isoAt, richPack } from './rich-pack.ts'
import { emptyClockInput } from '../../../shared/clocks/input.ts'

const pack = richPack({ callouts: { answerWithinMinutes: 5, tries: 2, againAfterMinutes: 60 } })

test('every clock of a runbook says which item made it', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(90_000_000), (facts, afterMs) => {
      for (const clock of clocksOf(facts, pack, firstMs + afterMs)) {
        const source = sourceOf(clock, pack)
        // An update may name the time of the next one; a task is an entry's.
        if (clock.id === 'update' || clock.kind === 'check-back') expect(source).toBeNull()
        else expect(source, `${clock.id} has none`).not.toBeNull()
      }
    }),
  )
})

test('a clock of a severity stands in that severity, and says whose time it is', () => {
  const facts = {
    ...emptyClockInput,
    declaredAt: isoAt(firstMs),
    detectedAt: isoAt(firstMs),
    severities: [{ at: isoAt(firstMs), severity: 'sev2', entry: null }],
  }
  const clock = clocksOf(facts, pack, firstMs).find(({ id }) => id === 'response')
  if (clock === undefined) throw new Error('no response clock')
  const source = sourceOf(clock, pack)
  expect(source).toMatchObject({ path: 'severities[1].respondWithinMinutes', id: 'sev2' })
  if (source === null) throw new Error('no source')
  const mine = { path: 'severities[1].respondWithinMinutes', says: '60', runbook: null }
  expect(yoursOf(source, [{ ...mine, path: 'severities[10].respondWithinMinutes' }, mine])).toBe(mine)
  expect(yoursOf(source, [{ ...mine, path: 'severities[1].acknowledgeWithinMinutes' }])).toBeNull()
})

test('a duty that was said not to hold stays to be seen, with who said so and why', () => {
  const answer = {
    holds: false,
    since: isoAt(firstMs),
    at: isoAt(firstMs),
    reason: 'Synthetic.',
    by: 'Ana',
    entry: 'x',
  }
  const facts = { ...emptyClockInput, declaredAt: isoAt(firstMs), detectedAt: isoAt(firstMs) }
  const dutyIn = (answers: (typeof answer)[]) =>
    untimedRulesOf({ ...facts, duties: { early: answers } }, pack).find(({ id }) => id === 'regulatory:early')?.because
  expect(dutyIn([answer])).toBe('Ana said that it does not hold: Synthetic.')
  expect(dutyIn([answer, { ...answer, holds: true }])).toBeUndefined()
  expect(dutyIn([])).toBe('Nobody has said yet whether it holds.')
})
