import type { EngineSnapshot } from '../../shared/docker/snapshot.ts'
import { couldNotRead } from '../../shared/findings/blind-spots.ts'
import type { SweepSummary } from '../../shared/findings/sweep.ts'
import type { CollectedItem } from '../evidence/bundle.ts'

/** What was looked at, how long it took, and what stayed dark. */
export function summaryOf(
  snapshot: EngineSnapshot,
  { endedAt, tookMs, calls }: { endedAt: number; tookMs: number; calls: SweepSummary['calls'] },
): SweepSummary {
  const { endpoint, engine, containers, takenAt } = snapshot
  return {
    endpoint,
    startedAt: takenAt,
    endedAt: new Date(endedAt).toISOString(),
    tookMs: Math.round(tookMs),
    engine: engine.read ? { version: engine.value.version, apiVersion: engine.value.apiVersion } : null,
    containers: containers.read ? containers.value.length : 0,
    calls,
    couldNotRead: couldNotRead(snapshot),
  }
}

/** The snapshot as an item of evidence: made of answers that were masked before. */
export function snapshotItem(snapshot: EngineSnapshot): CollectedItem {
  return {
    name: 'snapshot.json',
    bytes: Buffer.from(`${JSON.stringify(snapshot)}\n`),
    request: 'none: what the rules read, taken from the answers beside it',
    startedAt: snapshot.takenAt,
    tookMs: 0,
    outcome: 'answered',
    masked: [],
    truncated: null,
  }
}
