import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../../shared/contract.ts'
import type { Verification, Verifying } from '../../shared/ledger/verification.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

/**
 * The newest verification of the journal, kept for as long as the window is open. `asked`: main has not answered yet;
 * `cancelling`: the cancel is asked for; `ended`: see `found` or `refusal`.
 */
export interface VerificationState {
  readonly status: 'none' | 'asked' | 'running' | 'cancelling' | 'ended'
  /** Null until main has named it. */
  readonly verification: string | null
  readonly progress: Verifying | null
  readonly found: Verification | null
  readonly refusal: Refusal | null
  /** When the result came, ms since 1970. */
  readonly endedAtMs: number
}

export interface VerificationStore {
  readonly store: StoreApi<VerificationState>
  /** Verifies the whole journal, against the text of an anchor where one is given; unless that is being done. */
  verify(anchor: string | null): Promise<void>
  cancel(): Promise<void>
  progressed(message: Message<'journal.verifying'>): void
  ended(message: Message<'journal.verified'>): void
}

const nothing: VerificationState = {
  status: 'none',
  verification: null,
  progress: null,
  found: null,
  refusal: null,
  endedAtMs: 0,
}

export function isVerifying({ status }: VerificationState): boolean {
  return status === 'asked' || status === 'running' || status === 'cancelling'
}

export function createVerificationStore(client: Client, now: () => number): VerificationStore {
  const store = createStore<VerificationState>(() => nothing)
  /** A message may come before the answer that names its verification. */
  const isOurs = (id: string) => {
    const { status, verification } = store.getState()
    return verification === id || (verification === null && status === 'asked')
  }
  return {
    store,
    async verify(anchor) {
      if (isVerifying(store.getState())) return
      store.setState({ ...nothing, status: 'asked' })
      const outcome = await client.call('journal.verify', { anchor })
      if (!outcome.ok) {
        store.setState({ status: 'ended', refusal: outcome.refusal, endedAtMs: now() })
      } else if (store.getState().status === 'asked') {
        store.setState({ status: 'running', verification: outcome.value.verification })
      }
    },
    async cancel() {
      const { status, verification } = store.getState()
      if (status !== 'running' || verification === null) return
      store.setState({ status: 'cancelling' })
      const outcome = await client.call('journal.cancelVerify', { verification })
      if (!outcome.ok && store.getState().status === 'cancelling') store.setState({ status: 'running' })
    },
    progressed({ verification, progress }) {
      if (!isOurs(verification)) return
      const { status } = store.getState()
      store.setState({ verification, progress, status: status === 'asked' ? 'running' : status })
    },
    ended({ verification, found, refusal }) {
      if (!isOurs(verification)) return
      store.setState({ status: 'ended', verification, progress: null, found, refusal, endedAtMs: now() })
    },
  }
}
