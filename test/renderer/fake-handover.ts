import type { Handlers } from '../../main/contract/answerer.ts'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import type { Entry, Person } from '../../shared/journal/header.ts'
import { handoverOfferedKind, openOffer } from '../../shared/people/handover.ts'
import { readAs } from '../../shared/journal/kind.ts'
import { refuse } from '../../shared/refusal.ts'
import type { IncidentState } from '../../shared/incident/state.ts'

/** The journal that it writes into. */
interface Journal {
  readonly journal: ReadonlyMap<string, { readonly entries: readonly Entry[] }>
  state(id: string): IncidentState
  log(id: string, kind: string, body: unknown): Entry
}

type HandoverCall = Extract<keyof Handlers, `handover.${string}`>

const words = 'abandon zoo able about above absent'
const brief = '<!doctype html><html><head><style>h1{margin:0}</style></head><body><h1>Brief</h1></body></html>'

/** Command handed over at one desk, as main does it; what another desk has is said by `looksOn`. */
export class FakeHandover {
  looksOn = false
  readonly #main: Journal

  constructor(main: Journal) {
    this.#main = main
  }

  standing(id: string): CommandStanding {
    const { handovers, roles, heard } = this.#main.state(id)
    const offer = openOffer(handovers)
    const last = (this.#main.journal.get(id)?.entries ?? []).findLast(({ kind }) => kind === 'handover-offered')
    const said = last === undefined ? null : readAs(handoverOfferedKind, last)
    return {
      looksOn: this.looksOn,
      commander: roles.commander?.name ?? null,
      elsewhere: this.looksOn ? { who: 'Ben', since: '2026-11-21T14:07:31.000Z', chain: null } : null,
      offer:
        offer === null
          ? null
          : {
              entry: offer.entry,
              at: offer.at,
              by: offer.by,
              to: offer.to,
              where: offer.where,
              isOurs: true,
              words: offer.where === 'other-desk' ? words : null,
            },
      objectives: [...(said?.body.objectives ?? [])],
      hazards: [...(said?.body.hazards ?? [])],
      people: Object.keys(heard),
    }
  }

  readonly handlers: Pick<Handlers, HandoverCall> = {
    'handover.standing': async ({ id }) => this.standing(id),
    'handover.reach': async () => [{ what: 'The vault', why: 'There is none on this desk.', next: 'Make one.' }],
    'handover.brief': async () => ({ html: brief }),
    'handover.saveBrief': async () => ({ path: '/saved/brief.pdf', sha256: 'e'.repeat(64) }),
    'handover.offer': async ({ id, ...said }) => this.#offer(id, { ...said, where: 'same-desk' }),
    'handover.offerElsewhere': async ({ id, withEvidence: _with, ...said }) => {
      this.#offer(id, { ...said, where: 'other-desk' })
      const number = this.#main.state(id).core.number
      const file = { path: '/saved/handover.tar', sha256: 'e'.repeat(64), number, entries: 7, chains: 1, bundles: 0 }
      return { words, file: { ...file, leftOut: [] } }
    },
    'handover.withdraw': async ({ id, reason }) => {
      this.#main.log(id, 'handover-withdrawn', { offer: this.#open(id), reason })
      return null
    },
    'handover.accept': async ({ id, name }) => {
      this.#main.log(id, 'handover-accepted', { offer: this.#open(id), words: null })
      return this.#lead(id, { contact: null, name })
    },
    'handover.release': async ({ id, words: typed }) => {
      if (typed !== words) {
        throw refuse('bad-input', {
          tried: 'Give command to the other desk',
          happened: "Word 6 ('abstract') differs from what this desk holds. Command stays here.",
          next: 'Let them read the six words again.',
        })
      }
      this.looksOn = true
      this.#main.log(id, 'command-released', { offer: this.#open(id), words })
      return null
    },
    'handover.take': async ({ id, name, reason }) => {
      this.looksOn = false
      this.#main.log(id, 'command-taken', { reason })
      return this.#lead(id, { contact: null, name })
    },
    'handover.activity': async () => ({ html: brief }),
    'handover.saveActivity': async ({ format }) => ({ path: `/saved/activity.${format}`, sha256: 'e'.repeat(64) }),
  }

  #offer(id: string, said: Readonly<Record<string, unknown>>): null {
    this.#main.log(id, 'handover-offered', { ...said, brief: '# Brief' })
    return null
  }

  #lead(id: string, person: Person): null {
    this.#main.log(id, 'role-taken', { role: 'commander', person })
    return null
  }

  #open(id: string): string {
    const offer = openOffer(this.#main.state(id).handovers)
    if (offer === null) throw new Error('No offer stands')
    return offer.entry
  }
}
