import type { Refusal } from '../../shared/refusal.ts'
import type { JournalCondition } from '../journal/condition.ts'
import type { Arrivals } from '../journal/projections.ts'
import type { Alarm } from './desk.ts'
import type { Questions } from './questions.ts'

/** A question to the journal thread. `args` are the operation's own. */
export interface Question {
  readonly id: number
  readonly op: keyof Questions | 'close'
  readonly args: readonly unknown[]
}

/** What went wrong: a refusal to pass on, or a bug with its stack for the log. */
export type Failure =
  | { readonly refusal: Refusal; readonly bug: null }
  | { readonly refusal: null; readonly bug: string }

/** What the journal thread says: answers, and news that nobody asked for. */
export type Reply =
  | { readonly kind: 'ready'; readonly runner: boolean }
  | ({ readonly kind: 'failed' } & Failure)
  | { readonly kind: 'answered'; readonly id: number; readonly value: unknown }
  | ({ readonly kind: 'refused'; readonly id: number } & Failure)
  | ({ readonly kind: 'arrived' } & Arrivals)
  | { readonly kind: 'runner'; readonly runner: boolean }
  /** Of one incident, rung together. */
  | { readonly kind: 'alarms'; readonly alarms: readonly Alarm[] }
  | { readonly kind: 'trouble'; readonly text: string }
  /** How the journal is, told when it is not well or has changed. */
  | ({ readonly kind: 'journal' } & Pick<JournalCondition, 'readOnly' | 'remark'>)
