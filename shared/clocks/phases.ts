import type { Pack, Phase } from '../packs/pack.ts'
import { type Clock, clockOf } from './clock.ts'
import { listOf } from './entries.ts'
import { type ClockInput, detectionMs } from './input.ts'

/** When it was noticed and when it ended; ISO UTC. */
type Course = Pick<ClockInput, 'detectedAt' | 'resolvedAt'>

/**
 * The phase that the time says: counted from detection while the incident is open, from its end once it has ended.
 * `place` counts from 0 in the pack's order. Null for a pack without phases.
 */
export function phaseByTime(course: Course, pack: Pack, nowMs: number): { phase: Phase; place: number } | null {
  const after = course.resolvedAt === null ? 'detection' : 'resolution'
  const minutes = (nowMs - Date.parse(course.resolvedAt ?? course.detectedAt)) / 60_000
  const begun = pack.phases
    .map((phase, place) => ({ phase, place }))
    .filter(({ phase: { window } }) => window?.after === after && window.fromMinutes <= Math.max(0, minutes))
  const first = pack.phases[0]
  return begun.at(-1) ?? (first === undefined ? null : { phase: first, place: 0 })
}

/** The window of the phase that the time says: a guide, so it never rings. None where the pack leaves its end open. */
export function phaseClock(input: ClockInput, pack: Pack, nowMs: number): Clock | null {
  const detected = detectionMs(input)
  if (Number.isNaN(detected) || (input.falseAlarm && input.resolvedAt !== null)) return null
  const window = phaseByTime(input, pack, nowMs)?.phase.window ?? null
  const phase = phaseByTime(input, pack, nowMs)?.phase
  if (window === null || window.toMinutes === null || phase === undefined) return null
  const isAfterEnd = window.after === 'resolution'
  if (isAfterEnd !== (input.resolvedAt !== null)) return null
  const base = isAfterEnd ? Date.parse(input.resolvedAt ?? '') : Date.parse(input.detectedAt)
  const id = `phase:${phase.id}`
  return clockOf(
    {
      id,
      kind: 'phase',
      title: `Phase ${phase.title}`,
      owner: input.commander,
      startMs: base + window.fromMinutes * 60_000,
      startEntry: isAfterEnd ? input.resolvedEntry : input.declaredEntry,
      minutes: window.toMinutes - window.fromMinutes,
      rule: `${phase.title}: ${phase.summary}`,
      stoppedBy: 'The next phase begins by its time, or the incident ends.',
      end: null,
      quiet: true,
      pauses: listOf(input.pauses, id),
    },
    nowMs,
  )
}
