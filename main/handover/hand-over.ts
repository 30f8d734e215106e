import type { CommandStanding } from '../../shared/handover/calls.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Person } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { roleTakenKind } from '../../shared/people/entries.ts'
import {
  commandReleasedKind,
  commandTakenKind,
  handoverAcceptedKind,
  handoverOfferedKind,
  type HandoverOffer,
  handoverWithdrawnKind,
  openOffer,
} from '../../shared/people/handover.ts'
import { refuse } from '../../shared/refusal.ts'
import { differenceOf, sixWordsOf, typedWords } from '../incidents/six-words.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import type { LedgerChains } from './known-chains.ts'
import type { Papers } from './papers.ts'
import { Standing } from './standing.ts'

/** What is said with an offer, beside what the journal knows. */
export interface SaidOffer {
  readonly to: string
  readonly objectives: readonly string[]
  readonly hazards: readonly string[]
}

interface HandOverDesk {
  readonly journal: JournalStore
  readonly chains: LedgerChains
  readonly papers: Papers
}

/**
 * Command of an incident going from one person to the next, at one desk or from desk to desk. Each decides on the newest state
 * and appends in one transaction; each throws a refusal that says what stands in the way. On the journal thread.
 */
export class HandOver {
  readonly #journal: JournalStore
  readonly #papers: Papers
  readonly #standing: Standing

  constructor({ journal, chains, papers }: HandOverDesk) {
    this.#journal = journal
    this.#papers = papers
    this.#standing = new Standing({ journal, chains })
  }

  standing(id: string): CommandStanding {
    return this.#standing.of(id)
  }

  /** Answers the six words of the offer. What was offered before is withdrawn by it. */
  offer(id: string, said: SaidOffer & { where: HandoverOffer['where'] }, by: Person): string {
    const tried = `Offer command to ${said.to}`
    this.#append(id, by, (state) => {
      assertOpen(tried, state)
      this.#assertHere(tried, state)
      const { commander } = state.roles
      if (commander === null) {
        throw notAllowed(
          tried,
          'Nobody commands this incident, so nobody can offer it.',
          'Give the role of the commander (W).',
        )
      }
      if (isSame(said.to, commander.name)) {
        throw notAllowed(tried, `${commander.name} has command already.`, 'Offer it to somebody else.')
      }
      const { to, where } = said
      const [objectives, hazards] = [[...said.objectives], [...said.hazards]]
      const brief = this.#papers.offeredBrief(state, { to, objectives, hazards })
      return [
        ...openOffers(state).map((older) =>
          draftOf(handoverWithdrawnKind, { offer: older.entry, reason: `A newer offer, to ${to}, takes its place.` }),
        ),
        draftOf(handoverOfferedKind, { to, where, objectives, hazards, brief }, { actor: commander }),
      ]
    })
    return sixWordsOf(this.#open(tried, this.#journal.stateOf(id)).entry)
  }

  withdraw(id: string, reason: string, by: Person): void {
    const tried = 'Take the offer of command back'
    this.#append(id, by, (state) => {
      const offer = this.#open(tried, state)
      if (this.#standing.isFromElsewhere(offer)) {
        throw notAllowed(tried, `${offer.by} made it at another desk.`, 'Ask them to take it back there.')
      }
      return [draftOf(handoverWithdrawnKind, { offer: offer.entry, reason })]
    })
  }

  /** `name` has read the brief and has command from here on. */
  accept(id: string, name: string, by: Person): void {
    const tried = `Accept command as ${name}`
    this.#append(id, by, (state) => {
      assertOpen(tried, state)
      const offer = this.#open(tried, state)
      const isOurs = !this.#standing.isFromElsewhere(offer)
      if (offer.where === 'other-desk' && isOurs) {
        throw notAllowed(
          tried,
          'It was offered to another desk.',
          'Let them accept it there, or offer it at this desk.',
        )
      }
      if (offer.where === 'same-desk' && !isOurs) {
        throw notAllowed(
          tried,
          'It was offered at another desk.',
          'Accept it there, or let them offer it to this desk.',
        )
      }
      if (isSame(name, offer.by)) {
        throw notAllowed(
          tried,
          `${offer.by} made this offer, and nobody takes their own.`,
          'Take the offer back to keep command.',
        )
      }
      if (offer.where === 'same-desk' && !isSame(name, offer.to)) {
        throw notAllowed(tried, `It was offered to ${offer.to}.`, `Let ${offer.by} offer it to ${name}.`)
      }
      const commander = state.roles.commander?.name ?? null
      if (offer.where === 'same-desk' && commander !== offer.by) {
        const now = commander === null ? 'Nobody has' : `${commander} has`
        throw notAllowed(
          tried,
          `${now} had command since ${offer.by} made this offer.`,
          'Let the commander offer it anew.',
        )
      }
      const words = offer.where === 'other-desk' ? sixWordsOf(offer.entry) : null
      return takes(name, draftOf(handoverAcceptedKind, { offer: offer.entry, words }, { actor: personOf(name) }))
    })
  }

  /** The other desk has read its six words out: it has command, this desk looks on. */
  release(id: string, typed: string, by: Person): void {
    const tried = 'Give command to the other desk'
    this.#append(id, by, (state) => {
      const offer = this.#open(tried, state)
      if (offer.where !== 'other-desk' || this.#standing.isFromElsewhere(offer)) {
        throw notAllowed(tried, 'No offer to another desk stands here.', 'Offer it to another desk first.')
      }
      const words = sixWordsOf(offer.entry)
      const difference = differenceOf(typedWords(typed), words)
      if (difference !== null) {
        throw refuse('bad-input', {
          tried,
          happened: `${difference} Command stays here.`,
          next: 'Let them read the six words again. If they differ again, their file is another: export it once more.',
        })
      }
      return [draftOf(commandReleasedKind, { offer: offer.entry, words })]
    })
  }

  /** Takes command here without an offer: the desk that has it is lost, or gives it back by word of mouth. */
  take(id: string, said: { name: string; reason: string }, by: Person): void {
    const tried = `Take command as ${said.name}`
    this.#append(id, by, (state) => {
      assertOpen(tried, state)
      if (!this.#standing.looksOn(state)) {
        throw notAllowed(
          tried,
          'This desk has command already.',
          'Offer it (H), or give the role of the commander (W).',
        )
      }
      return takes(said.name, draftOf(commandTakenKind, { reason: said.reason }, { actor: personOf(said.name) }))
    })
  }

  #open(tried: string, { handovers }: IncidentState): HandoverOffer {
    const offer = openOffer(handovers)
    if (offer !== null) return offer
    throw notAllowed(tried, 'No offer of command stands.', 'Let the commander offer it (H).')
  }

  #assertHere(tried: string, state: IncidentState): void {
    if (!this.#standing.looksOn(state)) return
    throw notAllowed(
      tried,
      'Another desk has command of this incident.',
      'Take command here first (H), or let them offer it.',
    )
  }

  #append(id: string, by: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    this.#journal.append(id, this.#journal.stateOf(id).mode, by, decide)
  }
}

/** Both or neither: who accepts is commander from the same moment. */
function takes(name: string, accepted: Draft): Draft[] {
  const actor = personOf(name)
  return [accepted, draftOf(roleTakenKind, { role: 'commander', person: actor }, { actor })]
}

function personOf(name: string): Person {
  return { contact: null, name }
}

function openOffers({ handovers }: IncidentState): HandoverOffer[] {
  return handovers.offers.filter(({ is }) => is === 'open')
}

/** Names are compared as people would: letters alone, whatever their case. */
function isSame(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase()
}

function assertOpen(tried: string, state: IncidentState): void {
  if (isOpen(state)) return
  throw notAllowed(tried, `The incident ended at ${state.core.resolvedAt ?? 'an unknown time'}.`, 'Reopen it first.')
}

function notAllowed(tried: string, happened: string, next: string) {
  return refuse('not-allowed', { tried, happened, next })
}
