import type { Refusal } from '../../shared/refusal.ts'
import type { Outcome } from '../bridge/client.ts'

/** How far something asked for has come: not yet, asked, confirmed by main, or refused. */
export type Asked =
  | { readonly state: 'idle' }
  | { readonly state: 'asked' }
  | { readonly state: 'confirmed' }
  | { readonly state: 'failed'; readonly refusal: Refusal }

export const idle: Asked = { state: 'idle' }

/** What an outcome says of what was asked. */
export function askedOf(outcome: Outcome<unknown>): Asked {
  return outcome.ok ? { state: 'confirmed' } : { state: 'failed', refusal: outcome.refusal }
}
