import { type ActivityFormat, activityLog, renderActivity } from '../../shared/handover/activity-log.ts'
import { handoverBrief } from '../../shared/handover/brief.ts'
import { paperHtml, paperMarkdown } from '../../shared/handover/paper.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Person } from '../../shared/journal/header.ts'
import { readAs } from '../../shared/journal/kind.ts'
import { handoverOfferedKind, openOffer } from '../../shared/people/handover.ts'
import type { ResponseDesk } from '../incidents/response.ts'
import type { JournalStore } from '../journal/journal-store.ts'

/** What a brief says beside what the journal knows, and to whom. */
interface SaidBrief {
  readonly to: string | null
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

/** The pages that go with command, or tell of who had it. On the journal thread. */
export class Papers {
  readonly #desk: ResponseDesk

  constructor(desk: ResponseDesk) {
    this.#desk = desk
  }

  /** The brief as it would be handed over now. */
  brief(id: string, wanted: WantedBrief, format: 'html' | 'md'): MadePaper {
    const state = this.#desk.journal.stateOf(id)
    const last = lastOffered(this.#desk.journal, state)
    const paper = this.#paper(state, {
      to: wanted.to ?? openOffer(state.handovers)?.to ?? null,
      objectives: wanted.objectives ?? last.objectives,
      hazards: wanted.hazards ?? last.hazards,
    })
    return { name: fileName(state, 'brief'), text: format === 'md' ? paperMarkdown(paper) : paperHtml(paper) }
  }

  /** The brief's text as an offer holds it. */
  offeredBrief(state: IncidentState, said: SaidBrief): string {
    return paperMarkdown(this.#paper(state, said))
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

  #paper(state: IncidentState, said: SaidBrief) {
    const at = this.#desk.now()
    const pack = this.#desk.packOf(state.id)
    // Guarded changes come with the actions; until then nothing is armed.
    return handoverBrief({ state, pack, at, offsetMinutes: offsetAt(at), ...said, armed: [] })
  }
}

/** What was typed for the last offer. */
export function lastOffered(
  journal: JournalStore,
  { handovers }: IncidentState,
): Pick<SaidBrief, 'objectives' | 'hazards'> {
  const last = handovers.offers.at(-1)
  const entry = last === undefined ? null : journal.byHash(last.entry)
  return (entry === null ? null : readAs(handoverOfferedKind, entry)?.body) ?? { objectives: [], hazards: [] }
}

/** How far this machine's clock is ahead of UTC, in minutes; null where it is UTC. */
function offsetAt(iso: string): number | null {
  const offset = 0 - new Date(iso).getTimezoneOffset()
  return offset === 0 ? null : offset
}

function fileName({ mode, core }: IncidentState, what: string): string {
  return `${mode === 'exercise' ? 'EXERCISE-' : ''}${core.number}-${what}`
}
