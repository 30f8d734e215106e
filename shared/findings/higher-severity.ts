import type { Severity } from '../incident/entries.ts'
import type { Pack, PackSeverity } from '../packs/pack.ts'
import { suggestSeverity } from '../packs/scenarios.ts'
import { inUtc } from '../postmortem/words.ts'
import type { Finding } from './finding.ts'

/** A severity that a finding suggests, with the reason as the journal gets it. */
export interface SuggestedSeverity {
  readonly severity: PackSeverity
  /** Why the pack counts it so. */
  readonly why: string
  /** 'D04: backend restarts in a loop, found by the sweep of 2026-11-21 14:02:11 UTC' */
  readonly reason: string
}

/**
 * The severity that a finding suggests, if it is higher than the one in force; a lower one, or the same, is never offered.
 * `sweptAt`: when the sweep that found it was kept, ISO UTC.
 */
export function higherSeverity(
  pack: Pack,
  finding: Finding,
  inForce: Pick<Severity, 'rank'> | null,
  sweptAt: string,
): SuggestedSeverity | null {
  const suggested = suggestSeverity(pack, finding)
  if (suggested === null || (inForce !== null && suggested.severity.rank >= inForce.rank)) return null
  const reason = `${finding.code}: ${finding.title}, found by the sweep of ${inUtc(sweptAt)}`
  return { severity: suggested.severity, why: suggested.why, reason: reason.slice(0, 2_000) }
}
