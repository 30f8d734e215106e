import type { EvidenceWork } from './evidence-work.ts'
import type { EvidenceProgress, WorkContext } from './evidence-terms.ts'
import type { Refusal } from '../../shared/refusal.ts'

type Method<Op extends keyof EvidenceWork> = EvidenceWork[Op] extends (
  context: WorkContext,
  ...args: infer Args
) => Promise<infer Value>
  ? { args: Args; value: Value }
  : never

/** What may be asked of the evidence thread, with arguments and answers: the methods of its work. */
export type EvidenceQuestions = { [Op in keyof EvidenceWork]: Method<Op> }

/** To the evidence thread. */
export type ToEvidenceThread =
  | {
      readonly say: 'ask'
      readonly id: number
      readonly op: keyof EvidenceQuestions
      readonly args: readonly unknown[]
    }
  | { readonly say: 'cancel'; readonly id: number }

/** From the evidence thread: progress of a question, then its answer, a refusal, or a bug with its stack. */
export type FromEvidenceThread =
  | { readonly say: 'progress'; readonly id: number; readonly progress: EvidenceProgress }
  | { readonly say: 'answered'; readonly id: number; readonly value: unknown }
  | { readonly say: 'refused'; readonly id: number; readonly refusal: Refusal }
  | { readonly say: 'bug'; readonly id: number; readonly bug: string }

/** Answers a question. Its arguments were typed by the asking side of the same process, so they are taken as they are. */
export function answerEvidence(
  work: EvidenceWork,
  op: keyof EvidenceQuestions,
  context: WorkContext,
  args: readonly unknown[],
): Promise<unknown> {
  const method = work[op] as (this: EvidenceWork, context: WorkContext, ...args: readonly unknown[]) => Promise<unknown>
  return method.call(work, context, ...args)
}
