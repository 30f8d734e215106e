import type { Pack, PackSeverity } from '../packs/pack.ts'
import { type ClockInput, detectionMs } from './input.ts'

/** How bad it was and what sort of incident, from one moment until the next; `untilMs` null: still. */
export interface Situation {
  readonly fromMs: number
  readonly untilMs: number | null
  /** Null before any was set, and for one that the pack does not have. */
  readonly severity: PackSeverity | null
  readonly types: readonly string[]
  /** What is affected, as people call it; empty where nobody said. */
  readonly systems: readonly string[]
  /** The entry that made it so. */
  readonly entry: string | null
}

/** A time in which something held. */
export interface Held {
  readonly fromMs: number
  readonly untilMs: number | null
  readonly entry: string | null
}

/**
 * What was so when, in order and without a gap from detection on. The first severity holds from detection, even if it was
 * set later; so do the first types. No change counts as earlier than the one before it.
 */
export function situationsOf(input: ClockInput, pack: Pack): Situation[] {
  const begin = detectionMs(input)
  if (Number.isNaN(begin)) return []
  const changes = [
    ...inOrder(input.severities, begin).map(({ atMs, said }) => ({
      atMs,
      entry: said.entry,
      now: { severity: pack.severities.find(({ id }) => id === said.severity) ?? null },
    })),
    ...inOrder(input.types, begin).map(({ atMs, said }) => ({
      atMs,
      entry: said.entry,
      now: { types: said.types, systems: said.systems ?? [] },
    })),
  ]
  const situations: Situation[] = [
    { fromMs: begin, untilMs: null, severity: null, types: [], systems: [], entry: input.declaredEntry },
  ]
  for (const { atMs, now, entry } of changes.toSorted((a, b) => a.atMs - b.atMs)) {
    const last = situations.at(-1)
    if (last === undefined) continue
    if (last.fromMs < atMs) situations.push({ ...last, fromMs: atMs, ...now, entry })
    else situations[situations.length - 1] = { ...last, ...now, entry: entry ?? last.entry }
  }
  return situations.map((one, index) => ({ ...one, untilMs: situations[index + 1]?.fromMs ?? null }))
}

/** Each with the moment that it counts from: the first from the beginning, none before the one in front of it. */
function inOrder<T extends { readonly at: string }>(list: readonly T[], begin: number): { atMs: number; said: T }[] {
  let last = begin
  return list.map((said, index) => {
    if (index > 0) last = Math.max(last, Date.parse(said.at))
    return { atMs: last, said }
  })
}

/** The times in which a rule of the pack held, each as long as it did without a break. */
export function heldTimes(situations: readonly Situation[], holds: (situation: Situation) => boolean): Held[] {
  const held: Held[] = []
  for (const situation of situations) {
    if (!holds(situation)) continue
    const last = held.at(-1)
    const { fromMs, untilMs, entry } = situation
    if (last !== undefined && last.untilMs === fromMs) held[held.length - 1] = { ...last, untilMs }
    else held.push({ fromMs, untilMs, entry })
  }
  return held
}

/** A rule for some severities, types and systems; an empty list is for all. */
export interface Scope {
  readonly severities?: readonly string[] | undefined
  readonly incidentTypes?: readonly string[] | undefined
  readonly systems?: readonly string[] | undefined
}

/** Whether one of the systems that a rule names is among those that are affected: as people call them, in any case. */
export function hits(named: readonly string[], affected: readonly string[]): boolean {
  const plain = (system: string) => system.trim().toLowerCase()
  const known = new Set(affected.map(plain))
  return named.some((system) => known.has(plain(system)))
}

/** Whether a rule is for such a situation. */
export function isFor({ severities = [], incidentTypes = [], systems = [] }: Scope, now: Situation): boolean {
  const { severity, types } = now
  const bySeverity = severities.length === 0 || (severity !== null && severities.includes(severity.id))
  const byType = incidentTypes.length === 0 || incidentTypes.some((type) => types.includes(type))
  return bySeverity && byType && (systems.length === 0 || hits(systems, now.systems))
}
