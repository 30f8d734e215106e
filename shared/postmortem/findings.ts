import type { Finding } from '../findings/finding.ts'
import type { KnownEntry } from '../incident/kinds.ts'
import type { FindingRecord, SweepLine, WaiverLine } from './model.ts'
import type { Told } from './told.ts'

interface Sweep {
  readonly no: number
  readonly entry: KnownEntry & { kind: 'swept' }
  readonly newest: boolean
}

/** Every sweep in a line, oldest first. */
export function sweepLines(told: readonly Told[]): SweepLine[] {
  return sweepsOf(told).map(({ no, entry, newest }) => {
    const { summary, findings, bundle } = entry.body
    const [first] = findings
    return {
      no,
      at: entry.at,
      by: entry.actor.name,
      target: summary.endpoint.name,
      engine: summary.engine?.version ?? null,
      containers: summary.containers,
      tookMs: summary.tookMs,
      calls: summary.calls,
      couldNotRead: summary.couldNotRead,
      found: findings.length,
      first: first === undefined ? null : `${first.code} ${first.title}`,
      bundle,
      newest,
    }
  })
}

/**
 * Everything that any sweep found, each once, as the last sweep that saw it told it. What is still there comes first, by
 * rank; then what is gone, the latest seen first. Whether something is gone is judged against the newest sweep of the
 * same target only.
 */
export function findingRecords(told: readonly Told[]): FindingRecord[] {
  const sweeps = sweepsOf(told)
  const records = new Map<string, FindingRecord>()
  for (const { no, entry, newest } of sweeps) {
    const { summary, bundle } = entry.body
    for (const finding of entry.body.findings) {
      const key = JSON.stringify([summary.endpoint.id, finding.code, finding.object.kind, finding.object.name])
      const before = records.get(key)
      const seen = { no, at: entry.at }
      records.set(key, {
        finding,
        target: summary.endpoint.name,
        firstSeen: before?.firstSeen ?? seen,
        lastSeen: seen,
        sweeps: (before?.sweeps ?? 0) + 1,
        now: newest ? 'present' : hasBlindSpots(sweeps, summary.endpoint.id) ? 'unsure' : 'gone',
        bundle,
      })
    }
  }
  return [...records.values()].toSorted(compareRecords)
}

function sweepsOf(told: readonly Told[]): Sweep[] {
  const swept = told.flatMap(({ no, known }) => (known?.kind === 'swept' ? [{ no, entry: known }] : []))
  const newest = new Map(swept.map(({ no, entry }) => [entry.body.summary.endpoint.id, no]))
  return swept.map(({ no, entry }) => ({ no, entry, newest: newest.get(entry.body.summary.endpoint.id) === no }))
}

function hasBlindSpots(sweeps: readonly Sweep[], endpoint: string): boolean {
  const last = sweeps.findLast(({ entry }) => entry.body.summary.endpoint.id === endpoint)
  if (last === undefined) return true
  const { engine, calls, couldNotRead } = last.entry.body.summary
  return engine === null || calls.failed > 0 || couldNotRead.length > 0
}

function compareRecords(a: FindingRecord, b: FindingRecord): number {
  if ((a.now === 'present') !== (b.now === 'present')) return a.now === 'present' ? -1 : 1
  if (a.now !== 'present' && a.lastSeen.no !== b.lastSeen.no) return b.lastSeen.no - a.lastSeen.no
  return a.finding.rank - b.finding.rank
}

/** Every waiver and every end of one, oldest first; those that ran out by themselves have no entry. */
export function waiverLines(told: readonly Told[]): WaiverLine[] {
  return told.flatMap(({ no, known }) => {
    if (known?.kind !== 'finding-waived' && known?.kind !== 'waiver-ended') return []
    const { finding, reason } = known.body
    const until = known.kind === 'finding-waived' ? known.body.until : null
    return [{ no, at: known.happened_at, by: known.actor.name, ...finding, until, reason }]
  })
}

/** The finding that says most about the cause: the first of the first sweep that found anything. */
export function leadingFinding(told: readonly Told[]): { finding: Finding; no: number; at: string } | null {
  for (const { no, entry } of sweepsOf(told)) {
    const [finding] = entry.body.findings
    if (finding !== undefined) return { finding, no, at: entry.at }
  }
  return null
}
