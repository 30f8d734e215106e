import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, CallName, Result } from '../../shared/contract.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client, Outcome } from './client.ts'

/** What becomes of a call: it goes out with this argument, or the refusal is its answer. */
export type Passage<Given> = { readonly send: Given } | { readonly refusal: Refusal }

/** The client, each call of which passes `pass` first. */
export function gated(
  client: Client,
  pass: <Name extends CallName>(name: Name, argument: Argument<Name>) => Promise<Passage<Argument<Name>>>,
): Client {
  return {
    async call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Outcome<Result<Name>>> {
      const passage = await pass(name, argument)
      if ('refusal' in passage) return { ok: false, refusal: passage.refusal }
      return client.call(name, passage.send)
    },
  }
}

/** What is being asked about, and how it is answered. */
export type Asked<Subject, Answer> = Subject & { answer(given: Answer): void }

/** A question that a gate puts to the person. `asked` is null while nothing is. */
export interface Question<Subject, Answer> {
  readonly store: StoreApi<{ readonly asked: Asked<Subject, Answer> | null }>
  ask(subject: Subject): Promise<Answer>
}

/**
 * One question at a time: a newer one takes the place of an older, which then ends with `unanswered`. `show` and `hide` put it
 * on the screen and take it away.
 */
export function createQuestion<Subject extends object, Answer>(
  screen: { show: () => void; hide: () => void },
  unanswered: Answer,
): Question<Subject, Answer> {
  const store = createStore<{ readonly asked: Asked<Subject, Answer> | null }>(() => ({ asked: null }))
  return {
    store,
    ask(subject) {
      store.getState().asked?.answer(unanswered)
      return new Promise((resolve) => {
        const answer = (given: Answer) => {
          if (store.getState().asked?.answer !== answer) return
          store.setState({ asked: null })
          screen.hide()
          resolve(given)
        }
        store.setState({ asked: { ...subject, answer } })
        screen.show()
      })
    },
  }
}
