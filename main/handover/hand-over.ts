import { type ActivityFormat, activityLog, renderActivity } from '../../shared/handover/activity-log.ts'
import { handoverBrief } from '../../shared/handover/brief.ts'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import { paperHtml, paperMarkdown } from '../../shared/handover/paper.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Person } from '../../shared/journal/header.ts'
import { type Draft, draftOf, readAs } from '../../shared/journal/kind.ts'
import { roleTakenKind } from '../../shared/people/entries.ts'
import {
  commandReleasedKind,
  commandTakenKind,
  handoverAcceptedKind,
  handoverOfferedKind,
  type HandoverOffer,
  handoverWithdrawnKind,
  looksOn,
  openOffer,
} from '../../shared/people/handover.ts'
import { refuse } from '../../shared/refusal.ts'
import { runningTasks } from '../../shared/tasks/entries.ts'
import type { ResponseDesk } from '../incidents/response.ts'
import { differenceOf, sixWordsOf, typedWords } from '../incidents/six-words.ts'
import type { LedgerChains } from './known-chains.ts'

/** What is said with an offer, beside what the journal knows. */
export interface SaidOffer {
  readonly to: string
  readonly objectives: readonly string[]
  readonly hazards: readonly string[]
}

/** What a brief is made of; null: as in the offer that stands, or in the last one. */
export interface WantedBrief {
  readonly to: string | null
  readonly objectives: readonly string[] | null
  readonly hazards: readonly string[] | null
}

export interface WantedActivity {
  readonly name: string
  readonly from: string | null
  readonly to: string | null
}

/** A page that can be written to a file of that name (without its ending). */
export interface MadePaper {
  readonly name: string
  readonly text: string
}

interface HandOverDesk extends ResponseDesk {
  readonly chains: LedgerChains
}

/**
 * Command of an incident going from one person to the next, at one desk or from desk to desk. Each decides on the newest state
 * and appends in one transaction; each throws a refusal that says what stands in the way. On the journal thread.
 */
export class HandOver {
  readonly #desk: HandOverDesk

  constructor(desk: HandOverDesk) {
    this.#desk = desk
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
      const brief = paperMarkdown(this.#paper(state, { to, objectives, hazards }))
      return [
        ...openOffers(state).map((older) =>
          draftOf(handoverWithdrawnKind, { offer: older.entry, reason: `A newer offer, to ${to}, takes its place.` }),
        ),
        draftOf(handoverOfferedKind, { to, where, objectives, hazards, brief }, { actor: commander }),
      ]
    })
    return sixWordsOf(this.#standing(tried, id).entry)
  }

  withdraw(id: string, reason: string, by: Person): void {
    const tried = 'Take the offer of command back'
    this.#append(id, by, (state) => {
      const offer = this.#open(tried, state)
      if (this.#isFromElsewhere(offer)) {
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
      const isOurs = !this.#isFromElsewhere(offer)
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
      if (offer.where !== 'other-desk' || this.#isFromElsewhere(offer)) {
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
      if (!this.#looksOn(state)) {
        throw notAllowed(
          tried,
          'This desk has command already.',
          'Offer it (H), or give the role of the commander (W).',
        )
      }
      return takes(said.name, draftOf(commandTakenKind, { reason: said.reason }, { actor: personOf(said.name) }))
    })
  }

  standing(id: string): CommandStanding {
    const state = this.#desk.journal.stateOf(id)
    const { desk } = state.handovers
    const offer = openOffer(state.handovers)
    const last = this.#lastOffered(state)
    const looks = this.#looksOn(state)
    return {
      looksOn: looks,
      commander: state.roles.commander?.name ?? null,
      elsewhere: looks
        ? {
            who: desk?.to ?? state.roles.commander?.name ?? state.core.declaredBy,
            since: desk?.since ?? null,
            chain: desk === null ? this.#desk.chains.of(state).declared : desk.chain,
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
              isOurs: !this.#isFromElsewhere(offer),
              words: offer.where === 'other-desk' ? sixWordsOf(offer.entry) : null,
            },
      objectives: [...last.objectives],
      hazards: [...last.hazards],
      people: peopleOf(state),
    }
  }

  /** The brief as it would be handed over now. */
  brief(id: string, wanted: WantedBrief, format: 'html' | 'md'): MadePaper {
    const state = this.#desk.journal.stateOf(id)
    const last = this.#lastOffered(state)
    const paper = this.#paper(state, {
      to: wanted.to ?? openOffer(state.handovers)?.to ?? null,
      objectives: wanted.objectives ?? last.objectives,
      hazards: wanted.hazards ?? last.hazards,
    })
    return { name: fileName(state, 'brief'), text: format === 'md' ? paperMarkdown(paper) : paperHtml(paper) }
  }

  activity(
    id: string,
    { name, from, to }: WantedActivity,
    format: Exclude<ActivityFormat, 'pdf'>,
    by: Person,
  ): MadePaper {
    const { journal, now } = this.#desk
    const state = journal.stateOf(id)
    const preparedAt = now()
    const log = activityLog({
      state,
      entries: journal.allEntries(id),
      name,
      from,
      to,
      preparedBy: by.name,
      preparedAt,
      offsetMinutes: offsetAt(preparedAt),
    })
    const whose = name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)
    return { name: fileName(state, `activity-${whose}`), text: renderActivity(log, format) }
  }

  #paper(state: IncidentState, said: { to: string | null; objectives: readonly string[]; hazards: readonly string[] }) {
    const at = this.#desk.now()
    const pack = this.#desk.packOf(state.id)
    // Guarded changes come with the actions; until then nothing is armed.
    return handoverBrief({ state, pack, at, offsetMinutes: offsetAt(at), ...said, armed: [] })
  }

  /** What was typed for the last offer. */
  #lastOffered({ handovers }: IncidentState): { objectives: readonly string[]; hazards: readonly string[] } {
    const last = handovers.offers.at(-1)
    const entry = last === undefined ? null : this.#desk.journal.byHash(last.entry)
    return (entry === null ? null : readAs(handoverOfferedKind, entry)?.body) ?? { objectives: [], hazards: [] }
  }

  #standing(tried: string, id: string): HandoverOffer {
    return this.#open(tried, this.#desk.journal.stateOf(id))
  }

  #open(tried: string, { handovers }: IncidentState): HandoverOffer {
    const offer = openOffer(handovers)
    if (offer !== null) return offer
    throw notAllowed(tried, 'No offer of command stands.', 'Let the commander offer it (H).')
  }

  #isFromElsewhere({ chain }: HandoverOffer): boolean {
    return this.#desk.chains.isFromElsewhere(chain)
  }

  #looksOn(state: IncidentState): boolean {
    return looksOn(state.handovers, this.#desk.chains.of(state))
  }

  #assertHere(tried: string, state: IncidentState): void {
    if (!this.#looksOn(state)) return
    throw notAllowed(
      tried,
      'Another desk has command of this incident.',
      'Take command here first (H), or let them offer it.',
    )
  }

  #append(id: string, by: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    const { journal } = this.#desk
    journal.append(id, journal.stateOf(id).mode, by, decide)
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

/** Names are compared as people would: letters alone, whatever their case. */
function isSame(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase()
}

/** How far this machine's clock is ahead of UTC, in minutes; null where it is UTC. */
function offsetAt(iso: string): number | null {
  const offset = 0 - new Date(iso).getTimezoneOffset()
  return offset === 0 ? null : offset
}

function fileName({ mode, core }: IncidentState, what: string): string {
  return `${mode === 'exercise' ? 'EXERCISE-' : ''}${core.number}-${what}`
}

function assertOpen(tried: string, state: IncidentState): void {
  if (isOpen(state)) return
  throw notAllowed(tried, `The incident ended at ${state.core.resolvedAt ?? 'an unknown time'}.`, 'Reopen it first.')
}

function notAllowed(tried: string, happened: string, next: string) {
  return refuse('not-allowed', { tried, happened, next })
}
