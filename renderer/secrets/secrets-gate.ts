import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, CallName, Result } from '../../shared/contract.ts'
import { maskTyped, type TypedSecret, typedSecrets } from '../../shared/redaction/typed.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { secretsWords } from '../words/secrets.ts'

export type SecretsAnswer = 'keep' | 'mask' | 'cancel'

/** What is being asked about, and how it is answered; null while nothing is. */
export interface Questioned {
  readonly found: readonly TypedSecret[]
  answer(answer: SecretsAnswer): void
}

export interface SecretsGate {
  readonly store: StoreApi<{ readonly asked: Questioned | null }>
  /** The client, with everything that a person wrote for the journal looked through before it is sent. */
  guard(client: Client): Client
}

/** Nouns of which every call that takes a text writes it. */
const written = ['incidents', 'erasure', 'handover'] as const

/** Calls whose text goes into the journal for good. */
function isWritten(name: CallName): boolean {
  return written.some((noun) => name.startsWith(`${noun}.`)) || name === 'attachments.begin' || name === 'evidence.save'
}

/**
 * Asks 'this looks like a token: keep, mask, or cancel?' before a text goes where it cannot be taken back. `show` and
 * `hide` put the question on the screen and take it away.
 */
export function createSecretsGate(screen: { show: () => void; hide: () => void }): SecretsGate {
  const store = createStore<{ readonly asked: Questioned | null }>(() => ({ asked: null }))

  function ask(found: readonly TypedSecret[]): Promise<SecretsAnswer> {
    store.getState().asked?.answer('cancel')
    return new Promise((resolve) => {
      const answer = (given: SecretsAnswer) => {
        if (store.getState().asked?.answer !== answer) return
        store.setState({ asked: null })
        screen.hide()
        resolve(given)
      }
      store.setState({ asked: { found, answer } })
      screen.show()
    })
  }

  return {
    store,
    guard(client) {
      return {
        async call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Outcome<Result<Name>>> {
          const found = isWritten(name) ? typedSecrets(argument) : []
          if (found.length === 0) return client.call(name, argument)
          const answer = await ask(found)
          if (answer === 'cancel') return { ok: false, refusal: secretsWords.cancelled }
          return client.call(name, answer === 'mask' ? maskTyped(argument) : argument)
        },
      }
    },
  }
}
