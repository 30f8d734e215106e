import type { Refusal } from '../../shared/refusal.ts'

/** What a world's thread is started with. */
export type WorldThreadData = {
  /** the scenario's YAML file */
  readonly scenarioFile: string
  /** path of the unix socket or name of the pipe to listen on */
  readonly socket: string
}

export type ToThread =
  | { readonly kind: 'restart'; readonly call: number; readonly service: string }
  | { readonly kind: 'stop' }

export type FromThread =
  | { readonly kind: 'ready'; readonly services: readonly string[] }
  | { readonly kind: 'failed'; readonly refusal: Refusal }
  | { readonly kind: 'restarted'; readonly call: number }
  | { readonly kind: 'refused'; readonly call: number; readonly refusal: Refusal }
  /** a fault of ours while answering one request; the world goes on */
  | { readonly kind: 'bug'; readonly said: string }
