import type { Argument, Result } from '../../shared/contract.ts'
import type { Client, Outcome } from '../bridge/client.ts'

/** Asks main to erase. What follows comes with the incident's entries. */
export interface Erasing {
  entry(order: Argument<'erasure.entry'>): Promise<Outcome<Result<'erasure.entry'>>>
  evidence(order: Argument<'erasure.evidence'>): Promise<Outcome<Result<'erasure.evidence'>>>
}

export function createErasing(client: Client): Erasing {
  return {
    entry: (order) => client.call('erasure.entry', order),
    evidence: (order) => client.call('erasure.evidence', order),
  }
}
