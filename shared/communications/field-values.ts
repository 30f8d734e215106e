import { spellDuration } from '../clocks/duration.ts'
import type { IncidentState } from '../incident/state.ts'
import type { FieldSource, Template } from '../packs/message-shape.ts'
import type { EffectivePack } from '../packs/overlay.ts'
import { timeOf } from '../postmortem/words.ts'

/** What the record says for a field, as words that a message may hold; none where it does not know: nothing is guessed. */
export type Facts = (source: FieldSource) => readonly string[]

const statusWords = {
  unconfirmed: 'not confirmed yet',
  open: 'open',
  resolved: 'resolved',
  'false-alarm': 'false alarm',
} as const

/** The values that the record holds for the fields of a message of this moment. Times are told in UTC. */
export function factsFor(given: {
  readonly effective: EffectivePack
  readonly state: IncidentState
  readonly nowMs: number
  readonly moment: Template['moment']
}): Facts {
  const { state, nowMs } = given
  const { core, roles, tasks, checks } = state
  const time = (iso: string | null) => {
    const ms = timeOf(iso)
    return ms === null ? [] : [minuteInUtc(ms)]
  }
  const words = (text: string | null | undefined) => (text === null || text === undefined || text === '' ? [] : [text])
  const facts: Readonly<Record<FieldSource, () => readonly string[]>> = {
    number: () => words(core.number),
    title: () => words(core.title),
    severity: () => severityWords(core.severity),
    'severity-rank': () => (core.severity === null ? [] : [String(core.severity.rank)]),
    status: () => [statusWords[core.status]],
    impact: () => words(core.impact?.text),
    // When it was detected is the earliest that a record of its own knows.
    'started-at': () => time(core.detectedAt),
    'detected-at': () => time(core.detectedAt),
    'resolved-at': () => time(core.resolvedAt),
    duration: () => durationOf(core, nowMs),
    commander: () => words(roles.commander?.name),
    'commander-contact': () => reachOf(given.effective, roles.commander?.name ?? null),
    reporter: () => words(core.reportedBy ?? core.declaredBy),
    affected: () => core.classifications.at(-1)?.systems ?? [],
    type: () => core.classifications.at(-1)?.types.map(({ title }) => title) ?? [],
    'actions-taken': () =>
      [
        ...tasks.decisions,
        ...checks.filter(({ list }) => list.kind !== 'post-incident').map(({ at, item }) => ({ at, text: item.title })),
      ]
        .toSorted((a, b) => a.at.localeCompare(b.at))
        .map(({ text }) => text),
    'next-update': () => nextUpdateOf(given),
    'root-cause': () => [],
    fix: () => (core.status === 'resolved' ? words(core.summary) : []),
    now: () => [minuteInUtc(nowMs)],
  }
  return (source) => facts[source]()
}

/** '2026-01-31 14:05 UTC': a message names minutes. */
function minuteInUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** A level by all its names, so that a paper's choices find theirs; the first is what is said. */
function severityWords(severity: IncidentState['core']['severity']): string[] {
  if (severity === null) return []
  const { code, name } = severity
  return [code === name ? code : `${code} ${name}`, code, name]
}

function durationOf({ detectedAt, resolvedAt }: IncidentState['core'], nowMs: number): string[] {
  const from = timeOf(detectedAt)
  const to = resolvedAt === null ? nowMs : timeOf(resolvedAt)
  return from === null || to === null || to < from ? [] : [spellDuration(to - from)]
}

/** The first address that the overlay gives for a person of that name. */
function reachOf({ people }: EffectivePack, name: string | null): string[] {
  const found = Object.values(people)
    .flat()
    .find((person) => person.name === name)
  const [first] = found?.addresses ?? []
  return first === undefined ? [] : [`${first.means} ${first.value}`]
}

/** When the update after this one is due: by the shortest cadence that holds now. */
function nextUpdateOf({
  effective: { pack },
  state: { core },
  nowMs,
  moment,
}: Parameters<typeof factsFor>[0]): string[] {
  const { severity } = core
  if (moment === 'resolution' || core.resolvedAt !== null || severity === null) return []
  const holding = pack.cadence.filter(({ severities }) => severities.length === 0 || severities.includes(severity.id))
  const own = holding.filter(({ after }) => after === (moment === 'initial' ? 'initial' : 'update'))
  const minutes = (own.length > 0 ? own : holding).flatMap(({ updateWithinMinutes }) => updateWithinMinutes ?? [])
  return minutes.length === 0 ? [] : [minuteInUtc(nowMs + Math.min(...minutes) * 60_000)]
}
