import { randomUUID } from 'node:crypto'
import type { Message } from '../../shared/contract.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { bugText } from '../contract/answerer.ts'
import { runVerification } from './run-verification.ts'

/** Whom a verification tells of itself. */
interface Listener {
  onProgress(message: Message<'journal.verifying'>): void
  onEnded(message: Message<'journal.verified'>): void
  log(what: string): void
}

/** The verifications that the window asked for, each on a thread of its own. */
export class Verifications {
  readonly #folder: string
  readonly #listener: Listener
  readonly #running = new Map<string, AbortController>()

  constructor(folder: string, listener: Listener) {
    this.#folder = folder
    this.#listener = listener
  }

  /** Starts one and answers its id. `anchors`: the text of anchors from outside, null for none. */
  start(anchors: string | null): string {
    const verification = randomUUID()
    const cancel = new AbortController()
    this.#running.set(verification, cancel)
    const ended = (outcome: Pick<Message<'journal.verified'>, 'found' | 'refusal'>) => {
      this.#running.delete(verification)
      this.#listener.onEnded({ verification, ...outcome })
    }
    runVerification(this.#folder, {
      anchors,
      signal: cancel.signal,
      onProgress: (progress) => this.#listener.onProgress({ verification, progress }),
    }).then(
      (found) => ended({ found, refusal: null }),
      (error: unknown) => ended({ found: null, refusal: this.#refusalOf(error) }),
    )
    return verification
  }

  /** Nothing happens where it has ended already. */
  cancel(verification: string): void {
    this.#running.get(verification)?.abort()
  }

  #refusalOf(error: unknown): NonNullable<Message<'journal.verified'>['refusal']> {
    if (error instanceof RefusalError) return error.refusal
    this.#listener.log(`bug in a verification: ${bugText(error)}`)
    return {
      code: 'bug',
      tried: 'Verify the journal',
      happened: 'Muster made a mistake of its own; the log has the cause.',
      next: 'Verify again, or run `muster verify` in a terminal.',
    }
  }
}
