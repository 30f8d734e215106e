import type { IncidentCore } from '../../shared/incident/entries.ts'
import type { Pack } from '../../shared/packs/pack.ts'

export type Phase = Pack['phases'][number]

/**
 * The phase that the time says: counted from detection while the incident is open, from its end once it has ended.
 * `place` counts from 0 in the pack's order. Null for a pack without phases.
 */
export function phaseByTime(core: IncidentCore, pack: Pack, nowMs: number): { phase: Phase; place: number } | null {
  const after = core.resolvedAt === null ? 'detection' : 'resolution'
  const minutes = (nowMs - Date.parse(core.resolvedAt ?? core.detectedAt)) / 60_000
  const begun = pack.phases
    .map((phase, place) => ({ phase, place }))
    .filter(({ phase: { window } }) => window?.after === after && window.fromMinutes <= Math.max(0, minutes))
  const first = pack.phases[0]
  return begun.at(-1) ?? (first === undefined ? null : { phase: first, place: 0 })
}
