import type { Pack } from './pack.ts'
import type { Every } from './time-shape.ts'

/** That a drill or a routine was done, and when (ISO UTC). */
export interface Done {
  readonly what: 'drill' | 'routine'
  readonly id: string
  readonly at: string
}

/**
 * - `never`    nothing says that it was ever done: it is due now
 * - `overdue`  it was due since the last time
 * - `soon`     a fifth of its time is left, or less
 * - `fine`     more is left
 * - `as-asked` the runbook sets no rhythm
 */
export type DueState = 'never' | 'overdue' | 'soon' | 'fine' | 'as-asked'

export interface Due {
  readonly what: 'drill' | 'routine'
  readonly id: string
  readonly title: string
  readonly every: Every | null
  /** Severities that a drill is for; none: all. */
  readonly severities: readonly string[]
  /** ISO UTC. */
  readonly lastAt: string | null
  /** The first moment that is too late (ISO UTC); null where it was never done or has no rhythm. */
  readonly dueAt: string | null
  readonly state: DueState
}

/**
 * What is due of a pack's drills and routines at `nowMs` (ms since 1970), in the pack's order; what is only a record in
 * the runbook (when it was last tested) is left out. The one owner of this: all who show it ask here.
 */
export function dueOf(pack: Pack, done: readonly Done[], nowMs: number): Due[] {
  const drills = pack.drills
    .filter(({ form }) => form !== 'record')
    .map((drill) => due('drill', drill, drill.severities, done, nowMs))
  const routines = pack.routines.map((routine) => due('routine', routine, [], done, nowMs))
  return [...drills, ...routines]
}

/** Whether somebody should see to it now. */
export function isDue({ state }: Pick<Due, 'state'>): boolean {
  return state === 'never' || state === 'overdue'
}

function due(
  what: Due['what'],
  item: { readonly id: string; readonly title: string; readonly every: Every | null },
  severities: readonly string[],
  done: readonly Done[],
  nowMs: number,
): Due {
  const { id, title, every } = item
  const times = done.flatMap((one) => (one.what === what && one.id === id ? [Date.parse(one.at)] : []))
  const lastMs = times.length === 0 ? null : Math.max(...times)
  const dueMs = lastMs === null || every === null ? null : addEvery(lastMs, every)
  return {
    what,
    id,
    title,
    every,
    severities,
    lastAt: lastMs === null ? null : new Date(lastMs).toISOString(),
    dueAt: dueMs === null ? null : new Date(dueMs).toISOString(),
    state: stateOf(lastMs, dueMs, every, nowMs),
  }
}

function stateOf(lastMs: number | null, dueMs: number | null, every: Every | null, nowMs: number): DueState {
  if (every === null) return 'as-asked'
  if (lastMs === null || dueMs === null) return 'never'
  if (nowMs >= dueMs) return 'overdue'
  return dueMs - nowMs <= (dueMs - lastMs) / 5 ? 'soon' : 'fine'
}

const lengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const

/** So much later. Months and years are those of the UTC calendar: a month after 31 January is the last of February. */
export function addEvery(ms: number, { count, unit }: Every): number {
  if (unit !== 'month' && unit !== 'year') return ms + count * lengths[unit]
  const from = new Date(ms)
  const months = from.getUTCMonth() + count * (unit === 'year' ? 12 : 1)
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate()
  const to = new Date(ms)
  to.setUTCFullYear(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), lastDay))
  return to.getTime()
}

/** A rhythm in words: 'every month', 'every 3 months'. */
export function spellEvery({ count, unit }: Every): string {
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
}

/** What is used of an incident here (shared/incident/state.ts). */
export interface Rehearsed {
  readonly mode: 'live' | 'exercise' | 'routine'
  readonly core: {
    readonly pack: { readonly id: string } | null
    readonly resolvedAt: string | null
    readonly severities: readonly { readonly severity: { readonly id: string } }[]
  }
  readonly checks: readonly { readonly list: { readonly kind: string; readonly id: string }; readonly at: string }[]
}

/**
 * What a desk's incidents say was done of a pack's drills and routines: an exercise with this pack that ended counts for
 * the fire drills and tabletops of every severity that it reached; and what somebody ticked, for itself.
 */
export function doneOf(pack: Pack, incidents: readonly Rehearsed[]): Done[] {
  return incidents
    .filter(({ core }) => core.pack?.id === pack.id)
    .flatMap((incident) => [...ticked(incident), ...exercised(pack, incident)])
}

function ticked({ checks }: Rehearsed): Done[] {
  return checks.flatMap(({ list: { kind, id }, at }): Done[] =>
    kind === 'drill' || kind === 'routine' ? [{ what: kind, id, at }] : [],
  )
}

function exercised(pack: Pack, { mode, core }: Rehearsed): Done[] {
  const { resolvedAt } = core
  if (mode !== 'exercise' || resolvedAt === null) return []
  const reached = new Set(core.severities.map(({ severity }) => severity.id))
  return pack.drills
    .filter(({ form, severities }) => {
      const isPlayed = form === 'fire-drill' || form === 'tabletop'
      return isPlayed && (severities.length === 0 || severities.some((id) => reached.has(id)))
    })
    .map(({ id }) => ({ what: 'drill', id, at: resolvedAt }))
}
