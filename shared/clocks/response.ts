import type { Pack, PackSeverity } from '../packs/pack.ts'
import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import { type ClockInput, detectionMs, earliest } from './input.ts'

/** Which of a severity's times a clock follows, and what ends it. */
interface Family {
  readonly id: 'acknowledge' | 'response'
  readonly title: string
  readonly verb: string
  readonly stoppedBy: string
  readonly minutesOf: (severity: PackSeverity) => number | null
  /** When what was due happened. */
  readonly doneAt: string | null
}

/**
 * Until somebody says that it is theirs, and until the first response. Both follow the severity in force and count from
 * when the incident has been at least that severe without a break: from detection for the first severity, from the raise
 * for a raised one. Lowering it gives the longer time from where the worse level began, or from detection if the first one
 * was as bad; a limit that was missed by then stays missed. Once it happened a later severity asks for no second time.
 */
export function responseClocks(input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  const families: readonly Family[] = [
    {
      id: 'acknowledge',
      title: 'Acknowledge',
      verb: 'acknowledge',
      stoppedBy: 'Somebody takes command, or the first response is logged.',
      minutesOf: ({ acknowledgeWithinMinutes }) => acknowledgeWithinMinutes,
      doneAt: earliest(input.commandedAt, input.respondedAt),
    },
    {
      id: 'response',
      title: 'First response',
      verb: 'respond',
      stoppedBy: 'The first response is logged.',
      minutesOf: ({ respondWithinMinutes }) => respondWithinMinutes,
      doneAt: input.respondedAt,
    },
  ]
  return families.flatMap((family) => clocksOfFamily(family, input, pack, nowMs))
}

interface SetSeverity {
  readonly atMs: number
  readonly severity: PackSeverity
  readonly entry: string | null
}

function clocksOfFamily(family: Family, input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  const endedAt = earliest(family.doneAt, input.resolvedAt)
  const end = endedAt === null ? null : { at: endedAt, done: endedAt === family.doneAt }
  const set = severitiesUntil(input, pack, endedAt)
  const made = set.map((_one, index) => {
    const next = set[index + 1]
    const clock = clockAfter(
      family,
      { input, set: set.slice(0, index + 1), nowMs },
      next === undefined ? end : replacedAt(next),
    )
    return { clock, isReplaced: next !== undefined }
  })
  return made.flatMap(({ clock, isReplaced }, index) => {
    if (clock === null) return []
    // A limit that another one replaced in time was never missed, and no longer holds; one that was only said again goes on.
    const goesOn = made[index + 1]?.clock?.dueAt === clock.dueAt
    return isReplaced && (clock.msLeft > 0 || goesOn) ? [] : [clock]
  })
}

interface End {
  readonly at: string
  readonly done: boolean
}

function replacedAt({ atMs }: SetSeverity): End {
  return { at: new Date(atMs).toISOString(), done: false }
}

function clockAfter(
  family: Family,
  { input, set, nowMs }: { input: ClockInput; set: readonly SetSeverity[]; nowMs: number },
  end: End | null,
): Clock | null {
  const current = set.at(-1)?.severity
  const minutes = current === undefined ? null : family.minutesOf(current)
  if (current === undefined || minutes === null) return null
  const { startMs, entry } = startOf(set, current, input)
  return clockOf(
    {
      id: family.id,
      kind: family.id,
      title: family.title,
      owner: input.commander,
      startMs,
      startEntry: entry,
      minutes,
      rule: `${current.code} ${current.name}: ${family.verb} within ${spellLimit(minutes)}.`,
      stoppedBy: family.stoppedBy,
      end,
      pauses: listOf(input.pauses, family.id),
    },
    nowMs,
  )
}

/** The severities set until `ended`; the first one even if it was set later, since it holds from detection. */
function severitiesUntil(input: ClockInput, pack: Pack, ended: string | null): SetSeverity[] {
  const all = input.severities.flatMap(({ at, severity: id, entry }) => {
    const severity = pack.severities.find((one) => one.id === id)
    return severity === undefined ? [] : [{ atMs: Date.parse(at), severity, entry }]
  })
  return ended === null ? all : all.filter(({ atMs }, index) => index === 0 || atMs <= Date.parse(ended))
}

function startOf(
  set: readonly SetSeverity[],
  current: PackSeverity,
  input: ClockInput,
): { startMs: number; entry: string | null } {
  const detected = { startMs: detectionMs(input), entry: input.declaredEntry }
  const milder = set.findLastIndex(({ severity }) => severity.rank > current.rank)
  if (milder < 0) return detected
  const since = set.slice(milder + 1).toSorted((a, b) => a.atMs - b.atMs)[0]
  if (since === undefined || since.atMs <= detected.startMs) return detected
  return { startMs: since.atMs, entry: since.entry }
}
