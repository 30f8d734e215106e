import type { EscalationEdge, Pack } from '../../packs/pack.ts'
import { spellLimit } from '../duration.ts'
import { type OnCall, onCallOf } from './on-call.ts'
import { hitWords, roleTitle } from './standing.ts'

/** Somebody in the matrix: by which edge, and after what, in words. */
export interface MatrixCall {
  readonly role: string
  readonly title: string
  readonly edge: string
  readonly onCall: OnCall
  readonly after: string
}

/** Whom the runbook calls for a severity and a type (their ids), in its order. */
export interface MatrixCell {
  readonly severity: string
  readonly type: string | null
  readonly calls: readonly MatrixCall[]
}

/**
 * Every severity with every type (or none, where the pack has none): whom the ladder holds, in its order, and who of them is on
 * call at `nowMs`. Of the pack alone, so it can be printed.
 */
export function escalationMatrix(pack: Pack, nowMs: number): MatrixCell[] {
  const types = pack.incidentTypes.filter(({ id }) =>
    pack.escalation.some(({ when }) => when.incidentTypes?.includes(id)),
  )
  const columns: readonly (string | null)[] = types.length === 0 ? [null] : types.map(({ id }) => id)
  return pack.severities.flatMap(({ id: severity }) =>
    columns.map((type) => ({ severity, type, calls: cellOf(pack, severity, type, nowMs) })),
  )
}

function cellOf(pack: Pack, severity: string, type: string | null, nowMs: number): MatrixCall[] {
  return pack.escalation
    .filter(({ when }) => when.severities?.includes(severity) ?? true)
    .filter(({ when }) => when.incidentTypes === undefined || (type !== null && when.incidentTypes.includes(type)))
    .flatMap((edge) =>
      edge.to.roles.map((role) => ({
        role,
        title: roleTitle(pack, role),
        edge: edge.id,
        onCall: onCallOf(pack, role, severity, nowMs),
        after: afterWords(edge, pack),
      })),
    )
}

/** In which turn an edge is read by people: who is called at once, then who follows by time or order, then what is judged. */
export function turnOf({ from, when }: EscalationEdge): number {
  if (when.condition !== undefined) return 2
  return from === null && when.unresolvedMinutes === undefined ? 0 : 1
}

/** After whom and under what condition an edge calls, in words. */
export function afterWords({ from, when }: EscalationEdge, pack: Pack): string {
  const said = [
    ...(from === null ? [] : [`after ${roleTitle(pack, from.role)}`]),
    ...(when.systems === undefined ? [] : [`if ${hitWords(when.systems)}`]),
    ...(when.unanswered === true ? ['who did not answer or could not solve it'] : []),
    ...(when.unresolvedMinutes === undefined ? [] : [`unresolved for ${spellLimit(when.unresolvedMinutes)}`]),
    ...(when.condition === undefined ? [] : [`if: ${when.condition}`]),
  ]
  return said.length === 0 ? 'at once' : said.join(', ')
}
