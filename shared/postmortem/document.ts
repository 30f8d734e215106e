import type { EvidenceBundle } from '../evidence/entries.ts'
import { compareByVolatility } from '../evidence/volatility.ts'
import type { Severity } from '../incident/entries.ts'
import { conflictSentence, conflictsOf } from '../incident/conflicts.ts'
import { isOpen } from '../incident/state.ts'
import { findingRecords, leadingFinding, sweepLines, waiverLines } from './findings.ts'
import { integrityOf } from './integrity.ts'
import type {
  DocumentHeader,
  EvidenceRecord,
  PostmortemDocument,
  PostmortemInput,
  RoleHeld,
  SeveritySpan,
} from './model.ts'
import { reviewOf } from './review.ts'
import { summaryOf } from './summary.ts'
import { changesOf } from './changes.ts'
import { erasureOf, timelineOf } from './timeline.ts'
import { dueAtOf, durationsOf, keyTimes, obligationsOf, severitySpans, timeAtStatus } from './times.ts'
import { type Told, tellAll } from './told.ts'

/**
 * The post-mortem of an incident so far, open or ended: a pure function, the same input always gives the same document.
 * Nothing in it is invented; what the journal does not know is null.
 */
export function postmortemDocument(input: PostmortemInput): PostmortemDocument {
  const { state, entries, pack, madeAt } = input
  const told = tellAll(entries)
  const noOf = new Map(told.map(({ no, entry }) => [entry.hash, no]))
  const findings = findingRecords(told)
  const times = keyTimes(state, told, findings)
  const severities = severitySpans(told, madeAt)
  const durations = [...durationsOf(times, severities, madeAt), ...timeAtStatus(state, madeAt)]
  const obligations = obligationsOf(input)
  const header = headerOf(input, severities)
  const { impact } = state.core
  return {
    header,
    summary: summaryOf({
      header,
      times,
      durations,
      severities,
      leading: leadingFinding(told),
      sweeps: sweepLines(told),
      summary: state.core.summary,
    }),
    impact,
    times,
    durations,
    severities,
    obligations,
    roles: rolesOf(told),
    alarms: alarmsOf(told),
    sweeps: sweepLines(told),
    findings,
    waivers: waiverLines(told),
    changes: changesOf(told),
    timeline: timelineOf(told, state.erasures, state.stars),
    review: reviewOf(pack, {
      title: header.title,
      reached: header.reached,
      commander: header.roles.commander,
      impact: impact?.text ?? null,
      times,
      durations,
      obligations,
      findings,
    }),
    evidence: state.evidence.map((kept, index) => ({
      ...evidenceRecord(kept, index),
      erased: erasureOf(kept.bundle, { noOf, erasures: state.erasures }),
    })),
    conflicts: conflictsOf(state).map(conflictSentence),
    integrity: integrityOf(input),
  }
}

function headerOf(
  { state, pack, madeAt, version, offsetMinutes }: PostmortemInput,
  spans: readonly SeveritySpan[],
): DocumentHeader {
  const { core, roles } = state
  return {
    id: state.id,
    number: core.number,
    title: core.title,
    mode: state.mode,
    status: core.status,
    open: isOpen(state),
    reached: worst(spans),
    inForce: core.severity === null ? null : { ...core.severity, assumed: core.assumed },
    pack: core.pack,
    overlay: core.overlay,
    roles: {
      commander: roles.commander?.name ?? null,
      deputy: roles.deputy?.name ?? null,
      scribe: roles.scribe?.name ?? null,
      communications: roles.communications?.name ?? null,
    },
    dueAt: core.status === 'false-alarm' ? null : dueAtOf(state, pack),
    dueWithinHours: pack?.postMortem.dueWithinHours ?? null,
    madeAt,
    version,
    offsetMinutes,
  }
}

function worst(spans: readonly SeveritySpan[]): Severity | null {
  return spans.reduce<Severity | null>(
    (reached, { severity }) => (reached === null || severity.rank < reached.rank ? severity : reached),
    null,
  )
}

function rolesOf(told: readonly Told[]): RoleHeld[] {
  return told.flatMap(({ no, known }) =>
    known?.kind === 'role-taken'
      ? [{ no, at: known.happened_at, role: known.body.role, name: known.body.person?.name ?? null }]
      : [],
  )
}

/** What rang when a time was over. Warnings and what rang again after a snooze stand in the timeline alone. */
function alarmsOf(told: readonly Told[]): PostmortemDocument['alarms'] {
  return told.flatMap(({ known }) =>
    known?.kind === 'alarm-given' && known.body.at === 'due'
      ? [{ at: known.at, title: known.body.title, dueAt: known.body.due_at }]
      : [],
  )
}

function evidenceRecord(kept: EvidenceBundle, index: number): Omit<EvidenceRecord, 'erased'> {
  const { bundle, size, title, source, collector, tool, keptAt, note, stored, custody, lastCheck } = kept
  const items = kept.items.toSorted(compareByVolatility)
  return {
    ref: `E${index + 1}`,
    bundle,
    size,
    title,
    source,
    collector,
    tool,
    keptAt,
    note,
    stored,
    items,
    custody,
    lastCheck,
  }
}
