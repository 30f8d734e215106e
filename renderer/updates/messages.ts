import type { Argument, Result } from '../../shared/contract.ts'
import type { Client, Outcome } from '../bridge/client.ts'

/** Messages of an incident's runbook, as main fills them. Nothing is sent and nothing is kept. */
export interface Messages {
  templates(incident: string): Promise<Outcome<Result<'communications.templates'>>>
  draft(asked: Argument<'communications.draft'>): Promise<Outcome<Result<'communications.draft'>>>
}

export function createMessages(client: Client): Messages {
  return {
    templates: (incident) => client.call('communications.templates', { incident }),
    draft: (asked) => client.call('communications.draft', asked),
  }
}
