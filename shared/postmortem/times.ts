import type { ClockState } from '../clocks/clock.ts'
import { clocksOf } from '../clocks/clocks.ts'
import { spellDuration } from '../clocks/duration.ts'
import { clockInputOf } from '../incident/clock-input.ts'
import { severitiesInForce } from '../incident/conflicts.ts'
import type { IncidentState } from '../incident/state.ts'
import { timeAtEach } from '../metrics/time-at.ts'
import type { Pack } from '../packs/pack.ts'
import type { Duration, FindingRecord, KeyTime, Obligation, PostmortemInput, SeveritySpan } from './model.ts'
import type { Told } from './told.ts'
import { isoOf, timeOf } from './words.ts'

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** The moments that every review asks for, in the order in which they usually come. */
export function keyTimes(state: IncidentState, told: readonly Told[], findings: readonly FindingRecord[]): KeyTime[] {
  const { core, clocks } = state
  const commander = told.find(({ known }) => known?.kind === 'role-taken' && known.body.role === 'commander')
  return [
    firstSeen(findings),
    recorded('detected', 'Detected', core.detectedAt, 'given when it was declared'),
    recorded('declared', 'Declared', core.declaredAt, 'the first entry'),
    commander === undefined
      ? missing('commander', 'Commander named', 'not-yet', 'nobody took command')
      : recorded('commander', 'Commander named', commander.entry.happened_at, `entry ${commander.no}`),
    clocks.respondedAt === null
      ? missing('responded', 'Acknowledged', 'not-yet', 'no response was logged')
      : recorded('responded', 'Acknowledged', clocks.respondedAt, 'the first response logged'),
    missing('mitigated', 'Mitigated', 'to-write', 'no entry says when it got better for the people affected'),
    core.resolvedAt === null
      ? missing('resolved', 'Resolved', 'not-yet', 'the incident is open')
      : recorded(
          'resolved',
          'Resolved',
          core.resolvedAt,
          core.status === 'false-alarm' ? 'as a false alarm' : 'as logged',
        ),
  ]
}

/** The earliest beginning that a live signal states for itself; possible guesses are left out. */
function firstSeen(findings: readonly FindingRecord[]): KeyTime {
  const dated = findings
    .filter(({ finding }) => finding.tier === 1 && finding.sure !== 'possible')
    .flatMap(({ finding, lastSeen }) => {
      const at = isoOf(finding.since)
      return at === null ? [] : [{ at, finding, lastSeen }]
    })
    .toSorted((a, b) => a.at.localeCompare(b.at))
  const [first] = dated
  if (first === undefined) {
    return missing('first-seen', 'Fault first seen', 'to-write', 'no finding says when it began')
  }
  const { at, finding, lastSeen } = first
  const basis = `${finding.code} ${finding.object.name}, read by the sweep of entry ${lastSeen.no}`
  return { id: 'first-seen', title: 'Fault first seen', at, known: 'derived', basis }
}

function recorded(id: KeyTime['id'], title: string, at: string, basis: string): KeyTime {
  const iso = isoOf(at)
  return iso === null
    ? { id, title, at: null, known: 'to-write', basis: 'the entry holds no valid time' }
    : { id, title, at: iso, known: 'recorded', basis }
}

function missing(id: KeyTime['id'], title: string, known: 'not-yet' | 'to-write', basis: string): KeyTime {
  return { id, title, at: null, known, basis }
}

/** How long it took, between key times. What is still running is measured up to `madeAt`. */
export function durationsOf(
  times: readonly KeyTime[],
  severities: readonly SeveritySpan[],
  madeAt: string,
): Duration[] {
  const at = (id: KeyTime['id']) => times.find((time) => time.id === id)?.at ?? null
  const ended = at('resolved')
  const between = (id: string, title: string, from: string | null, to: string | null) =>
    durationBetween({ id, title, from, to, nowIfOpen: ended === null ? madeAt : null })
  return [
    durationBetween({
      id: 'to-detect',
      title: 'Fault to detection',
      from: at('first-seen'),
      to: at('detected'),
      nowIfOpen: null,
    }),
    durationBetween({
      id: 'to-declare',
      title: 'Detection to declaration',
      from: at('detected'),
      to: at('declared'),
      nowIfOpen: null,
    }),
    between('to-acknowledge', 'Detection to acknowledgement', at('detected'), at('responded')),
    between('to-resolve', 'Detection to resolution', at('detected'), ended),
    ...timeAtSeverity(severities, ended === null),
  ]
}

function durationBetween(asked: {
  id: string
  title: string
  from: string | null
  to: string | null
  nowIfOpen: string | null
}): Duration {
  const { id, title } = asked
  const running = asked.to === null && asked.nowIfOpen !== null
  const fromMs = timeOf(asked.from)
  const toMs = timeOf(running ? asked.nowIfOpen : asked.to)
  if (fromMs === null || toMs === null) {
    return { id, title, ms: null, running: false, basis: 'one of the two times is not known' }
  }
  if (toMs < fromMs) {
    return { id, title, ms: null, running: false, basis: 'not computed: the second time stands before the first' }
  }
  return { id, title, ms: toMs - fromMs, running, basis: running ? 'so far' : '' }
}

function timeAtSeverity(spans: readonly SeveritySpan[], open: boolean): Duration[] {
  const ids = [...new Set(spans.map(({ severity }) => severity.id))]
  return ids.flatMap((id) => {
    const same = spans.filter(({ severity }) => severity.id === id)
    const [first] = same
    if (first === undefined) return []
    const running = open && same.includes(spans.at(-1) ?? first)
    const ms = same.reduce((sum, span) => sum + span.ms, 0)
    return [
      {
        id: `at-${id}`,
        title: `Time at ${first.severity.code} ${first.severity.name}`,
        ms,
        running,
        basis: running ? 'so far' : '',
      },
    ]
  })
}

const statusTitles = { unconfirmed: 'Time unconfirmed', open: 'Time open' } as const

/** How long it was unconfirmed and how long open, where it was ever unconfirmed or opened again. */
export function timeAtStatus({ core }: IncidentState, madeAt: string): Duration[] {
  const untilMs = timeOf(madeAt)
  const ofEach = core.statuses.filter(({ status }) => status === 'unconfirmed' || status === 'open')
  if (untilMs === null || ofEach.length < 2 || core.statuses.some(({ at }) => timeOf(at) === null)) return []
  const changes = core.statuses.map(({ at, status }) => ({ at, value: status }))
  return timeAtEach(changes, untilMs).flatMap(({ value, ms, isStill }) =>
    value === 'unconfirmed' || value === 'open'
      ? [{ id: `status-${value}`, title: statusTitles[value], ms, running: isStill, basis: isStill ? 'so far' : '' }]
      : [],
  )
}

/** Every severity with the time it was in force while the incident was open. */
export function severitySpans(told: readonly Told[], madeAt: string): SeveritySpan[] {
  const open = openSpans(told, madeAt)
  const set = severitiesInForce(told)
    .flatMap((one) => (one.known?.kind === 'severity-set' ? [{ no: one.no, known: one.known }] : []))
    .flatMap(({ no, known }) => {
      const from = isoOf(known.happened_at)
      return from === null ? [] : [{ no, known, from }]
    })
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.no - b.no)
  return set.map(({ no, known, from }, index) => {
    const to = set[index + 1]?.from ?? null
    const span = { fromMs: Date.parse(from), toMs: to === null ? Number.POSITIVE_INFINITY : Date.parse(to) }
    const { severity, assumed, reason, path } = known.body
    const ms = open.reduce((sum, one) => sum + overlap(one, span), 0)
    return { no, severity, from, to, ms, assumed, reason, by: known.actor.name, path }
  })
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs))
}

/** When the incident was open: from its declaration to each end, and again from each reopening. */
function openSpans(told: readonly Told[], madeAt: string): Span[] {
  const spans: Span[] = []
  let fromMs: number | null = null
  for (const { known } of told) {
    const ms = known === null ? null : timeOf(known.happened_at)
    if (known === null || ms === null) continue
    if (known.kind === 'declared') fromMs ??= Math.min(ms, timeOf(known.body.detected_at) ?? ms)
    else if (known.kind === 'reopened') fromMs ??= ms
    else if (known.kind === 'resolved' && fromMs !== null) {
      spans.push({ fromMs, toMs: ms })
      fromMs = null
    }
  }
  const nowMs = timeOf(madeAt)
  return fromMs === null || nowMs === null ? spans : [...spans, { fromMs, toMs: nowMs }]
}

/** What the pack set a time for, and whether it was kept. Empty where a time is not valid. */
export function obligationsOf({ state, pack, madeAt }: PostmortemInput): Obligation[] {
  const input = clockInputOf(state)
  const given = [input.declaredAt, input.detectedAt, madeAt, ...input.severities.map(({ at }) => at)]
  const ended = [input.respondedAt, input.resolvedAt, input.postMortemAt].filter((time) => time !== null)
  if (pack === null || [...given, ...ended].some((time) => timeOf(time) === null)) return []
  const clocks = clocksOf(input, pack, Date.parse(madeAt))
    .filter(({ quiet }) => !quiet)
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
  return clocks.map(({ title, rule, dueAt, endedAt, state: now, msLeft }) => ({
    title,
    rule,
    dueAt,
    endedAt,
    outcome: outcomeOf(now, msLeft),
    msLeft,
  }))
}

function outcomeOf(now: ClockState, msLeft: number): Obligation['outcome'] {
  switch (now) {
    case 'met':
      return 'met'
    case 'breached':
      return 'overdue'
    case 'running':
    case 'soon':
    case 'paused':
      return 'running'
    case 'stopped':
      return msLeft <= 0 ? 'late' : 'ended'
  }
}

/** 'met, 3 minutes before it was due' */
export function spellOutcome({ outcome, msLeft }: Obligation): string {
  switch (outcome) {
    case 'met':
      return `met, ${spellDuration(msLeft)} before it was due`
    case 'late':
      return `missed by ${spellDuration(msLeft)}`
    case 'overdue':
      return `overdue by ${spellDuration(msLeft)}`
    case 'running':
      return `${spellDuration(msLeft)} left`
    case 'ended':
      return 'no longer asked for'
  }
}

/** When the pack wants the post-mortem, counted from the resolution. */
export function dueAtOf(state: IncidentState, pack: Pack | null): string | null {
  const { dueWithinHours: hours = null, dueSeverities = [] } = pack?.postMortem ?? {}
  if (dueSeverities.length > 0 && !state.core.severities.some(({ severity }) => dueSeverities.includes(severity.id))) {
    return null
  }
  const resolved = timeOf(state.core.resolvedAt)
  return hours === null || resolved === null ? null : isoOf(new Date(resolved + hours * 3_600_000).toISOString())
}
