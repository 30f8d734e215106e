import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'

/** Somebody whom the pack calls now: the role's title, and which of its rules says so. */
export interface CallNow {
  readonly role: string
  readonly afterMinutes: number | null
}

/**
 * Whom the pack's own rules call at this moment: those that hold by severity and time alone. Rules with a condition in
 * words are a person's to judge and are not taken here.
 */
export function callNow(state: IncidentState, pack: Pack, nowMs: number): readonly CallNow[] {
  const { severity, detectedAt, resolvedAt } = state.core
  if (severity === null || resolvedAt !== null) return []
  const minutes = (nowMs - Date.parse(detectedAt)) / 60_000
  const held = pack.escalation.filter(
    ({ from, when }) =>
      from === null &&
      when.condition === undefined &&
      (when.severities?.includes(severity.id) ?? true) &&
      minutes >= (when.unresolvedMinutes ?? 0),
  )
  return held.flatMap(({ to, when }) =>
    to.roles.map((role) => ({
      role: pack.roles.find(({ id }) => id === role)?.title ?? role,
      afterMinutes: when.unresolvedMinutes ?? null,
    })),
  )
}
