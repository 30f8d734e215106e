import type { Pack, Phase } from '../packs/pack.ts'
import { type Clock, clockOf } from './clock.ts'
import { listOf } from './entries.ts'
import { type ClockInput, detectionMs } from './input.ts'

/** When it was noticed and when it ended; ISO UTC. */
type Course = Pick<ClockInput, 'detectedAt' | 'resolvedAt'> & {
  /** Phases that somebody moved the work to, in their order; `at` is ISO UTC. */
  readonly phases: readonly { readonly at: string; readonly phase: string }[]
}

interface PhaseNow {
  readonly phase: Phase
  readonly place: number
  /** When somebody moved it there (ISO UTC); null where the time says so. */
  readonly byHand: string | null
}

/**
 * The phase of the work: where somebody last moved it, unless a later phase has begun by its time since then; else the one that
 * the time says. Null for a pack without phases.
 */
export function phaseOf(course: Course, pack: Pack, nowMs: number): PhaseNow | null {
  const byTime = phaseByTime(course, pack, nowMs)
  const moved = course.phases.findLast(({ at }) => Date.parse(at) <= nowMs)
  const place = moved === undefined ? -1 : pack.phases.findIndex(({ id }) => id === moved.phase)
  const phase = pack.phases[place]
  if (byTime === null) return null
  if (moved === undefined || phase === undefined) return { ...byTime, byHand: null }
  const whenMoved = phaseByTime(course, pack, Date.parse(moved.at))
  const hasBegunSince = byTime.place > place && byTime.place !== whenMoved?.place
  const hasEndedSince = course.resolvedAt !== null && moved.at < course.resolvedAt
  return hasBegunSince || hasEndedSince ? { ...byTime, byHand: null } : { phase, place, byHand: moved.at }
}

/**
 * The phase that the time says: counted from detection while the incident is open, from its end once it has ended.
 * `place` counts from 0 in the pack's order. Null for a pack without phases.
 */
function phaseByTime(
  course: Pick<Course, 'detectedAt' | 'resolvedAt'>,
  pack: Pack,
  nowMs: number,
): { phase: Phase; place: number } | null {
  const after = course.resolvedAt === null ? 'detection' : 'resolution'
  const minutes = (nowMs - Date.parse(course.resolvedAt ?? course.detectedAt)) / 60_000
  const begun = pack.phases
    .map((phase, place) => ({ phase, place }))
    .filter(({ phase: { window } }) => window?.after === after && window.fromMinutes <= Math.max(0, minutes))
  const first = pack.phases[0]
  return begun.at(-1) ?? (first === undefined ? null : { phase: first, place: 0 })
}

/** The window of the phase that the work is in: a guide, so it never rings. None where the pack leaves its end open. */
export function phaseClock(input: ClockInput, pack: Pack, nowMs: number): Clock | null {
  const detected = detectionMs(input)
  if (Number.isNaN(detected) || (input.falseAlarm && input.resolvedAt !== null)) return null
  const phase = phaseOf(input, pack, nowMs)?.phase
  const window = phase?.window ?? null
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
