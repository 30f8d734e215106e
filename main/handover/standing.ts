import type { CommandStanding } from '../../shared/handover/calls.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { type HandoverOffer, looksOn, openOffer } from '../../shared/people/handover.ts'
import { runningTasks } from '../../shared/tasks/entries.ts'
import { sixWordsOf } from '../incidents/six-words.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import type { LedgerChains } from './known-chains.ts'
import { lastOffered } from './papers.ts'

/** How command of an incident stands, seen from this desk. On the journal thread. */
export class Standing {
  readonly #journal: JournalStore
  readonly #chains: LedgerChains

  constructor({ journal, chains }: { readonly journal: JournalStore; readonly chains: LedgerChains }) {
    this.#journal = journal
    this.#chains = chains
  }

  of(id: string): CommandStanding {
    const state = this.#journal.stateOf(id)
    const { desk } = state.handovers
    const offer = openOffer(state.handovers)
    const { objectives, hazards } = lastOffered(this.#journal, state)
    const looks = this.looksOn(state)
    return {
      looksOn: looks,
      commander: state.roles.commander?.name ?? null,
      elsewhere: looks
        ? {
            who: desk?.to ?? state.roles.commander?.name ?? state.core.declaredBy,
            since: desk?.since ?? null,
            chain: desk === null ? this.#chains.of(state).declared : desk.chain,
          }
        : null,
      offer:
        offer === null
          ? null
          : {
              entry: offer.entry,
              at: offer.at,
              by: offer.by,
              to: offer.to,
              where: offer.where,
              isOurs: !this.isFromElsewhere(offer),
              words: offer.where === 'other-desk' ? sixWordsOf(offer.entry) : null,
            },
      objectives: [...objectives],
      hazards: [...hazards],
      people: peopleOf(state),
    }
  }

  /** Whether another desk has command, so that this one only looks on. */
  looksOn(state: IncidentState): boolean {
    return looksOn(state.handovers, this.#chains.of(state))
  }

  isFromElsewhere({ chain }: HandoverOffer): boolean {
    return this.#chains.isFromElsewhere(chain)
  }
}

/** Everybody who was heard of, those who were heard last first, without who has command. */
function peopleOf(state: IncidentState): string[] {
  const heard = Object.entries(state.heard).toSorted(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))
  const names = [
    state.roles.deputy?.name ?? '',
    ...heard.map(([name]) => name),
    ...Object.values(state.roles).map((person) => person?.name ?? ''),
    ...state.teams.flatMap(({ lead }) => lead ?? ''),
    ...runningTasks(state.tasks).map(({ owner }) => owner),
  ]
  const commander = state.roles.commander?.name
  return [...new Set(names)].filter((name) => name !== '' && name !== commander).slice(0, 50)
}
