import type { ClockInput } from '../clocks/clocks.ts'
import type { IncidentState } from './state.ts'

/** What the clocks need to know of an incident. */
export function clockInputOf(state: IncidentState): ClockInput {
  const { core, clocks, roles, exports } = state
  return {
    declaredAt: core.declaredAt,
    detectedAt: core.detectedAt,
    severities: core.severities.map(({ at, severity }) => ({ at, severity: severity.id })),
    respondedAt: clocks.respondedAt,
    resolvedAt: core.resolvedAt,
    falseAlarm: core.status === 'false-alarm',
    postMortemAt: exports.find(({ at, format }) => format !== 'csv' && at >= (core.resolvedAt ?? ''))?.at ?? null,
    commander: roles.commander?.name ?? null,
  }
}
