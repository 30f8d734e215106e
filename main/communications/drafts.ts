import { draftMessage, type Drafted, type FieldValues } from '../../shared/communications/draft.ts'
import { templateLines } from '../../shared/communications/fitting.ts'
import type { TemplateLine } from '../../shared/communications/calls.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { EffectivePack } from '../../shared/packs/overlay.ts'
import { refuse } from '../../shared/refusal.ts'

interface DraftsDesk {
  stateOf(id: string): IncidentState
  /** The incident's pack as its overlay fills it; null where it cannot be read. */
  effective(id: string): EffectivePack | null
  nowMs(): number
}

/** Messages of an incident's runbook, filled from its record. */
export class Drafts {
  readonly #desk: DraftsDesk

  constructor(desk: DraftsDesk) {
    this.#desk = desk
  }

  /** Those that may be sent now, the fitting ones first. */
  templates(id: string): TemplateLine[] {
    const pack = this.#desk.effective(id)?.pack
    return pack === undefined ? [] : templateLines(pack, this.#desk.stateOf(id))
  }

  /** Refuses (`not-found`) a template that the runbook does not have. */
  draft(id: string, named: string, values: FieldValues): Drafted {
    const state = this.#desk.stateOf(id)
    const effective = this.#desk.effective(id)
    const template = effective?.pack.templates.find((one) => one.id === named)
    if (effective === null || template === undefined) {
      throw refuse('not-found', {
        tried: `Draft '${named}' for ${state.core.number}`,
        happened: 'The runbook of this incident has no such template, or cannot be read here.',
        next: 'Write the message by hand.',
      })
    }
    return draftMessage(template, { effective, state, values, nowMs: this.#desk.nowMs() })
  }
}
