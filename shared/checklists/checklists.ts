import type { Pack } from '../packs/pack.ts'
import type { Stage } from '../packs/stage.ts'
import type { Step, StepType } from '../packs/step.ts'
import { type Checks, isOfItem, isSame, type ItemKey, type ListKind } from './entries.ts'

/** One thing to do. `done`: who ticked it and when (ISO UTC); null: nobody has. */
export interface ChecklistItem extends ItemKey {
  readonly list: { readonly kind: ListKind; readonly id: string; readonly title: string }
  readonly item: { readonly id: string; readonly title: string }
  /** What kind of step; null for what is no step: a duty, a task after the incident, a drill. */
  readonly type: StepType | null
  readonly done: { readonly at: string; readonly by: string; readonly note: string | null } | null
  /** For a step that is done once for each value of a list: what was done so far. */
  readonly runs: readonly {
    readonly value: string
    readonly at: string
    readonly by: string
    readonly note: string | null
  }[]
}

export interface Checklist {
  readonly kind: ListKind
  readonly id: string
  readonly title: string
  readonly items: readonly ChecklistItem[]
}

/** What is used of an incident's state here (shared/incident/state.ts). */
export interface Ticking {
  readonly core: { readonly severity: { readonly id: string } | null }
  readonly checks: Checks
}

/**
 * Every list of a pack that can be ticked, in the pack's order, with what is done: the steps of phases, scenarios and
 * routines, the duties of roles, what follows the incident, and the drills. Steps and tasks that are only for other
 * severities than the one in force are left out, unless they were ticked.
 */
export function checklistsOf(pack: Pack, state: Ticking): Checklist[] {
  const isAsked = (severities: readonly string[]) => {
    const { severity } = state.core
    return severities.length === 0 || severity === null || severities.includes(severity.id)
  }
  const list = (kind: ListKind, id: string, title: string, plain: readonly Plain[]): Checklist => ({
    kind,
    id,
    title,
    items: plain.flatMap(({ stage, item, type, severities }): ChecklistItem[] => {
      const key = { list: { kind, id, title }, stage, item, value: null }
      const done = state.checks.find((one) => isSame(one, key)) ?? null
      const runs = state.checks.flatMap(({ value, at, by, note, ...one }) =>
        value !== null && isOfItem(one, key) ? [{ value, at, by, note }] : [],
      )
      return done === null && runs.length === 0 && !isAsked(severities) ? [] : [{ ...key, type, done, runs }]
    }),
  })
  const plain = (id: string, title: string, severities: readonly string[] = []): Plain => ({
    stage: null,
    item: { id, title },
    type: null,
    severities,
  })
  return [
    ...pack.phases.map(({ id, title, stages }) => list('phase', id, title, inStages(stages))),
    ...pack.scenarios.map(({ id, title, stages }) => list('scenario', id, title, inStages(stages))),
    ...pack.routines.map(({ id, title, stages }) => list('routine', id, title, inStages(stages))),
    ...pack.roles.map(({ id, title, duties }) =>
      list(
        'duty',
        id,
        title,
        duties.map((duty) => plain(duty.id, duty.text)),
      ),
    ),
    list(
      'post-incident',
      'post-incident',
      'After the incident',
      pack.postIncident.map(({ id, text, severities }) => plain(id, text, severities)),
    ),
    ...pack.drills
      .filter(({ form }) => form !== 'record')
      .map(({ id, title }) => list('drill', id, title, [plain(id, title)])),
  ].filter(({ items }) => items.length > 0)
}

interface Plain {
  readonly stage: string | null
  readonly item: { readonly id: string; readonly title: string }
  readonly type: StepType | null
  readonly severities: readonly string[]
}

function inStages(stages: readonly Stage[]): Plain[] {
  return stages.flatMap((stage) => [
    ...stage.steps.map((step) => stepItem(stage.id, step)),
    ...stage.options.flatMap((option) => option.steps.map((step) => stepItem(`${stage.id}/${option.id}`, step))),
  ])
}

function stepItem(stage: string, step: Step): Plain {
  const title = step.type === 'check' ? step.text : step.title
  return { stage, item: { id: step.id, title }, type: step.type, severities: step.severities }
}

/** How a person names an item: list, stage and item by their ids with slashes between them. */
export function pathOf({ list, stage, item }: Omit<ItemKey, 'value'>): string {
  return [list.id, ...(stage === null ? [] : [stage]), item.id].join('/')
}

/** The items that a person may mean by a path or the end of one: 'assess' or 'first-minutes/assess'. */
export function itemsNamed(lists: readonly Checklist[], named: string): ChecklistItem[] {
  const all = lists.flatMap(({ items }) => items)
  const exact = all.filter((item) => pathOf(item) === named)
  return exact.length > 0 ? exact : all.filter((item) => pathOf(item).endsWith(`/${named}`))
}

/** Something to do once it is over. Times are ISO UTC; null: open, or not over yet. */
export interface AfterIncident {
  readonly id: string
  readonly text: string
  readonly group: string | null
  readonly condition: string | null
  readonly audience: string | null
  readonly from: string | null
  readonly dueAt: string | null
  readonly state: 'waiting' | 'open' | 'overdue' | 'done'
  readonly done: ChecklistItem['done']
}

const hour = 3_600_000

/**
 * What follows an incident, in the pack's order, with its deadlines counted from the resolution: `waiting` while the
 * incident is open or the time for it has not begun.
 */
export function afterIncident(
  pack: Pack,
  state: Ticking & { readonly core: { readonly resolvedAt: string | null } },
  nowMs: number,
): AfterIncident[] {
  const items = checklistsOf(pack, state).find(({ kind }) => kind === 'post-incident')?.items ?? []
  const resolved = state.core.resolvedAt === null ? null : Date.parse(state.core.resolvedAt)
  const after = (hours: number | null) =>
    resolved === null || hours === null ? null : new Date(resolved + hours * hour).toISOString()
  return items.flatMap(({ item, done }) => {
    const task = pack.postIncident.find(({ id }) => id === item.id)
    if (task === undefined) return []
    const from = after(task.fromHours ?? 0)
    const dueAt = after(task.withinHours)
    return [
      {
        id: task.id,
        text: task.text,
        group: task.group ?? null,
        condition: task.condition ?? null,
        audience: task.audience ?? null,
        from,
        dueAt,
        state: done === null ? openState(from, dueAt, nowMs) : 'done',
        done,
      },
    ]
  })
}

function openState(from: string | null, dueAt: string | null, nowMs: number): AfterIncident['state'] {
  if (from === null || nowMs < Date.parse(from)) return 'waiting'
  return dueAt !== null && nowMs >= Date.parse(dueAt) ? 'overdue' : 'open'
}

/** One point of the review meeting: `fromMinute` counts from its beginning, null behind one of unknown length. */
export interface AgendaItem {
  readonly id: string
  readonly title: string
  readonly minutes: number | null
  readonly fromMinute: number | null
  readonly points: readonly { readonly id: string; readonly text: string }[]
}

export interface ReviewAgenda {
  /** With the incident's number and title. */
  readonly title: string
  /** Null where the length of an item is not stated. */
  readonly minutes: number | null
  readonly items: readonly AgendaItem[]
}

/** The review meeting as the pack wants it, for one incident; null where the pack has none. */
export function reviewAgenda(
  { review }: Pick<Pack, 'review'>,
  { core }: { readonly core: { readonly number: string; readonly title: string } },
): ReviewAgenda | null {
  if (review === undefined) return null
  let fromMinute: number | null = 0
  const items: AgendaItem[] = []
  for (const { id, title, minutes, points } of review.agenda) {
    items.push({ id, title, minutes, fromMinute, points: points.map((point) => ({ id: point.id, text: point.text })) })
    fromMinute = fromMinute === null || minutes === null ? null : fromMinute + minutes
  }
  return { title: `${review.title}: ${core.number} ${core.title}`, minutes: fromMinute, items }
}
