import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GridAnswer, gridSeverity } from '../../../shared/packs/grid.ts'
import { smallPack } from './small-pack.ts'

const side = (...ids: string[]) => ids.map((id) => ({ id, title: `${id} title` }))
const cells = [
  ['sev1', 'sev1', 'sev2'],
  ['sev1', 'sev2', 'sev3'],
]
const pack = smallPack({
  triage: {
    whenUnsure: 'higher',
    questions: [],
    grid: { impact: side('all', 'some'), urgency: side('now', 'today', 'later'), cells },
  },
})
const impact = fc.constantFrom('all', 'some', null)
const urgency = fc.constantFrom('now', 'today', 'later', null)
const placeOf = (answer: GridAnswer) =>
  pack.severities.findIndex(({ id }) => id === gridSeverity(pack, answer).severity.id)

test('the cell says the level, and why', () => {
  expect(gridSeverity(pack, { impact: 'some', urgency: 'Today title' })).toMatchObject({
    severity: { id: 'sev2' },
    assumed: false,
    why: "Impact 'some title', urgency 'today title': SEV2.",
    choice: { impact: { id: 'some', unsure: false }, urgency: { id: 'today', unsure: false }, led: 'SEV2' },
  })
})

test('not sure takes the higher, and is marked as assumed where a sure answer might be lower', () => {
  expect(gridSeverity(pack, { impact: null, urgency: 'today' })).toMatchObject({
    severity: { id: 'sev1' },
    assumed: true,
    why: "urgency 'today title'. Nobody is sure about the impact, so the higher level holds: SEV1.",
    choice: { impact: { id: 'all', unsure: true } },
  })
  expect(gridSeverity(pack, { impact: null, urgency: 'now' }).assumed).toBe(false)
})

test('being sure never makes it worse than not being sure', () => {
  fc.assert(
    fc.property(impact, urgency, (row, column) => {
      const sure = placeOf({ impact: row, urgency: column })
      expect(placeOf({ impact: null, urgency: column })).toBeLessThanOrEqual(sure)
      expect(placeOf({ impact: row, urgency: null })).toBeLessThanOrEqual(sure)
    }),
  )
})

test('a side that is not there, and a pack without a grid, are refused', () => {
  expect(() => gridSeverity(pack, { impact: 'alll', urgency: null })).toThrow("no impact 'alll'")
  expect(() => gridSeverity(smallPack(), { impact: null, urgency: null })).toThrow('It has none')
})
