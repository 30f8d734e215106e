import type { CallName } from '../../shared/contract.ts'
import type { Client } from '../bridge/client.ts'
import { createQuestion, gated, type Question } from '../bridge/gate.ts'
import { handoverWords } from '../words/handover.ts'

export interface ObserverGate {
  readonly store: Question<{ readonly incident: string }, boolean>['store']
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
  const { store, ask } = createQuestion<{ readonly incident: string }, boolean>(screen, false)
  return {
    store,
    guard: (client) =>
      gated(client, async (name, argument) => {
        const incident = commanded(name, argument)
        if (incident === null || !screen.looksOn(incident) || (await ask({ incident }))) return { send: argument }
        return { refusal: handoverWords.observing.cancelled }
      }),
  }
}
