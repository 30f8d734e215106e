import type { CallName } from '../../shared/contract.ts'
import { maskTyped, type TypedSecret, typedSecrets } from '../../shared/redaction/typed.ts'
import type { Client } from '../bridge/client.ts'
import { createQuestion, gated, type Question } from '../bridge/gate.ts'
import { secretsWords } from '../words/secrets.ts'

export type SecretsAnswer = 'keep' | 'mask' | 'cancel'

interface Found {
  readonly found: readonly TypedSecret[]
}

export interface SecretsGate {
  readonly store: Question<Found, SecretsAnswer>['store']
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
  const { store, ask } = createQuestion<Found, SecretsAnswer>(screen, 'cancel')
  return {
    store,
    guard: (client) =>
      gated(client, async (name, argument) => {
        const found = isWritten(name) ? typedSecrets(argument) : []
        if (found.length === 0) return { send: argument }
        const answer = await ask({ found })
        if (answer === 'cancel') return { refusal: secretsWords.cancelled }
        return { send: answer === 'mask' ? maskTyped(argument) : argument }
      }),
  }
}
