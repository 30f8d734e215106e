import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, CallName, Result } from '../../shared/contract.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { handoverWords } from '../words/handover.ts'

/** What is being asked about, and how it is answered; null while nothing is. */
interface Questioned {
  readonly incident: string
  answer(goOn: boolean): void
}

export interface ObserverGate {
  readonly store: StoreApi<{ readonly asked: Questioned | null }>
  /** The client, asking first before it changes an incident that another desk commands. */
  guard(client: Client): Client
}

/** Calls of `incidents` that change nothing, and those that an observer makes: notes, their corrections, stars. */
const unasked: ReadonlySet<string> = new Set([
  'incidents.declare',
  'incidents.open',
  'incidents.page',
  'incidents.filtered',
  'incidents.facets',
  'incidents.locate',
  'incidents.note',
  'incidents.correct',
  'incidents.star',
])

/** The incident that a call would change; null where nobody has to be asked. */
function commanded(name: CallName, argument: unknown): string | null {
  if (!name.startsWith('incidents.') || unasked.has(name)) return null
  return typeof argument === 'object' && argument !== null && 'id' in argument && typeof argument.id === 'string'
    ? argument.id
    : null
}

/**
 * Asks 'another desk has command: write it here all the same?' where somebody at a desk that looks on does what a commander
 * does. `looksOn` says whether it does; `show` and `hide` put the question on the screen and take it away.
 */
export function createObserverGate(screen: {
  looksOn: (incident: string) => boolean
  show: () => void
  hide: () => void
}): ObserverGate {
  const store = createStore<{ readonly asked: Questioned | null }>(() => ({ asked: null }))

  function ask(incident: string): Promise<boolean> {
    store.getState().asked?.answer(false)
    return new Promise((resolve) => {
      const answer = (goOn: boolean) => {
        if (store.getState().asked?.answer !== answer) return
        store.setState({ asked: null })
        screen.hide()
        resolve(goOn)
      }
      store.setState({ asked: { incident, answer } })
      screen.show()
    })
  }

  return {
    store,
    guard(client) {
      return {
        async call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Outcome<Result<Name>>> {
          const incident = commanded(name, argument)
          if (incident === null || !screen.looksOn(incident) || (await ask(incident)))
            return client.call(name, argument)
          return { ok: false, refusal: handoverWords.observing.cancelled }
        },
      }
    },
  }
}
