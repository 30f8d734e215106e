import type { Checks, ListKind } from '../../shared/checklists/entries.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'

/** Where steps stand that can be ticked: an incident, and the list and stage of its runbook. */
export interface Ticking {
  readonly incident: string
  readonly checks: Checks
  /** False once the incident has ended: what was done stays to be read. */
  readonly isOpen: boolean
  readonly list: { readonly kind: ListKind; readonly id: string; readonly title: string }
}

/** `of`: a phase or scenario of the pack. */
export function tickingOf(
  state: IncidentState,
  kind: 'phase' | 'scenario',
  of: { readonly id: string; readonly title: string },
): Ticking {
  return {
    incident: state.id,
    checks: state.checks,
    isOpen: isOpen(state),
    list: { kind, id: of.id, title: of.title },
  }
}
