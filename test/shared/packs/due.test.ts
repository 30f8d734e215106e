import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addEvery, doneOf, dueOf, isDue, type Rehearsed } from '../../../shared/packs/due.ts'
import { everySchema } from '../../../shared/packs/time-shape.ts'
import { smallPack } from './small-pack.ts'

const pack = smallPack({
  drills: [
    { id: 'worst', title: 'Fire drill', severities: ['sev1'], form: 'fire-drill', every: { count: 1, unit: 'month' } },
    { id: 'next', title: 'Tabletop', severities: ['sev2'], form: 'tabletop', every: { count: 3, unit: 'month' } },
    { id: 'rest', title: 'Review', severities: ['sev3'], form: 'review', every: { count: 1, unit: 'year' } },
    { id: 'last', title: 'Last tested', form: 'record', every: null },
  ],
  routines: [{ id: 'look-round', title: 'Look round', every: { count: 1, unit: 'day' }, stages: [] }],
})
const at = (iso: string) => Date.parse(iso)

describe('what is due', () => {
  it('is all that was never done, and no record', () => {
    const due = dueOf(pack, [], at('2026-11-21T12:00:00.000Z'))
    expect(due.map(({ id, state }) => [id, state])).toEqual([
      ['worst', 'never'],
      ['next', 'never'],
      ['rest', 'never'],
      ['look-round', 'never'],
    ])
    expect(due.every(isDue)).toBe(true)
  })

  it('comes monthly, quarterly and yearly, counted from the last time', () => {
    const done = ['worst', 'next', 'rest'].map((id) => ({ what: 'drill', id, at: '2026-08-31T10:00:00.000Z' }) as const)
    const due = dueOf(
      pack,
      [...done, { ...done[0], at: '2026-07-01T00:00:00.000Z' } as never],
      at('2026-11-21T12:00:00.000Z'),
    )
    expect(due.slice(0, 3).map(({ dueAt, state }) => [dueAt, state])).toEqual([
      ['2026-09-30T10:00:00.000Z', 'overdue'],
      ['2026-11-30T10:00:00.000Z', 'soon'],
      ['2027-08-31T10:00:00.000Z', 'fine'],
    ])
  })

  it('always lies after the last time, whatever the rhythm', () => {
    const every = fc.record({
      count: fc.integer({ min: 1, max: 1_000 }),
      unit: fc.constantFrom(...everySchema.shape.unit.options),
    })
    const from = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') })
    fc.assert(
      fc.property(from, every, (ms, rhythm) => {
        const next = addEvery(ms, rhythm)
        expect(next).toBeGreaterThan(ms)
        if (rhythm.unit === 'month') expect(new Date(next).getUTCDate()).toBeLessThanOrEqual(new Date(ms).getUTCDate())
      }),
    )
  })
})

describe('what was done', () => {
  const incident = (parts: Partial<Rehearsed['core']>, mode: Rehearsed['mode'] = 'exercise'): Rehearsed => ({
    mode,
    core: {
      pack: { id: 'small' },
      resolvedAt: '2026-11-01T10:00:00.000Z',
      severities: [{ severity: { id: 'sev1' } }],
      ...parts,
    },
    checks: [],
  })

  it('is an exercise that ended, for the drills of each severity that it reached', () => {
    expect(doneOf(pack, [incident({})])).toEqual([{ what: 'drill', id: 'worst', at: '2026-11-01T10:00:00.000Z' }])
  })

  it.each([
    ['a real incident', incident({}, 'live')],
    ['an exercise that runs', incident({ resolvedAt: null })],
    ['another pack', incident({ pack: { id: 'other' } })],
  ])('is not %s', (_what, one) => {
    expect(doneOf(pack, [one])).toEqual([])
  })

  it('is what somebody ticked', () => {
    const ticked = { list: { kind: 'drill', id: 'rest' }, at: '2026-11-02T10:00:00.000Z' }
    expect(doneOf(pack, [{ ...incident({ severities: [] }), checks: [ticked] }])).toEqual([
      { what: 'drill', id: 'rest', at: ticked.at },
    ])
  })
})
