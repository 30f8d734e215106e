import fc from 'fast-check'
import { expect, it } from 'vitest'
import { phaseOf } from '../../../shared/clocks/phases.ts'
import { firstMs, isoAt, richPack } from './rich-pack.ts'

const window = (fromMinutes: number, toMinutes: number, after = 'detection') => ({ after, fromMinutes, toMinutes })
const pack = richPack({
  phases: [
    { id: 'detect', title: 'Detect', summary: 'Look.', window: window(0, 5) },
    { id: 'triage', title: 'Triage', summary: 'Judge.', window: window(5, 15) },
    { id: 'talk', title: 'Talk', summary: 'Whenever it fits.' },
    { id: 'fix', title: 'Fix', summary: 'Mend.', window: window(15, 60) },
    { id: 'learn', title: 'Learn', summary: 'Write.', window: window(0, 99, 'resolution') },
  ],
})
const ids = pack.phases.map(({ id }) => id)
const minute = (minutes: number) => firstMs + minutes * 60_000

const anyMinute = fc.double({ min: 0, max: 120, noNaN: true })
const anyMoves = fc
  .array(fc.record({ phase: fc.constantFrom(...ids, 'gone'), at: anyMinute }), { maxLength: 4 })
  .map((moves) => moves.toSorted((a, b) => a.at - b.at).map(({ phase, at }) => ({ phase, at: isoAt(minute(at)) })))

const open = (phases: { phase: string; at: string }[]) => ({ detectedAt: isoAt(firstMs), resolvedAt: null, phases })
const placeAt = (moves: { phase: string; at: string }[], at: number) =>
  phaseOf(open(moves), pack, minute(at))?.place ?? -1

it('never goes back by itself: only somebody who moves it does', () => {
  fc.assert(
    fc.property(anyMoves, anyMinute, anyMinute, (moves, one, two) => {
      const [before, after] = [Math.min(one, two), Math.max(one, two)]
      const isMoved = moves.some(({ at }) => Date.parse(at) > minute(before) && Date.parse(at) <= minute(after))
      if (!isMoved) expect(placeAt(moves, after)).toBeGreaterThanOrEqual(placeAt(moves, before))
    }),
  )
})

it('is where somebody moved it, from the moment that they did', () => {
  fc.assert(
    fc.property(anyMoves, fc.constantFrom(...ids), anyMinute, (moves, phase, at) => {
      const earlier = moves.filter((move) => Date.parse(move.at) < minute(at))
      const moved = [...earlier, { phase, at: isoAt(minute(at)) }]
      const now = phaseOf(open(moved), pack, Date.parse(isoAt(minute(at))))
      expect(now?.phase.id).toBe(phase)
      expect(now?.byHand).toBe(isoAt(minute(at)))
    }),
  )
})

it('is never behind a later phase that has begun by its time since it was moved', () => {
  fc.assert(
    fc.property(anyMoves, anyMinute, (moves, at) => {
      const byTime = placeAt([], at)
      const last = moves.findLast((move) => Date.parse(move.at) <= minute(at))
      const begunAt = minute(pack.phases[byTime]?.window?.fromMinutes ?? 0)
      if (last === undefined || Date.parse(last.at) < begunAt) expect(placeAt(moves, at)).toBeGreaterThanOrEqual(byTime)
    }),
  )
})

it('once it has ended the time alone says it', () => {
  fc.assert(
    fc.property(anyMoves, fc.double({ min: 120.001, max: 500, noNaN: true }), (moves, at) => {
      const ended = { ...open(moves), resolvedAt: isoAt(minute(120.001)) }
      expect(phaseOf(ended, pack, minute(at))).toMatchObject({ phase: { id: 'learn' }, byHand: null })
    }),
  )
})
