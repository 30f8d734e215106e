import { type LinkKind, linkedKind, phaseEnteredKind, severityExplainedKind } from '../../shared/incident/entries.ts'
import { isOpenable } from '../../shared/incident/link-schemes.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { OtherWaiver } from '../../shared/findings/calls.ts'
import { findingWaivedKind, waiverEndedKind } from '../../shared/findings/waivers.ts'
import type { Person } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { teamSetKind } from '../../shared/people/teams.ts'
import { refuse } from '../../shared/refusal.ts'
import { type Task, taskEndedKind, taskExtendedKind, type TaskOutcome } from '../../shared/tasks/entries.ts'
import { named } from './named-item.ts'
import type { ResponseDesk } from './response.ts'

/** A waiver is looked at again after a year at the latest. */
const LONGEST_WAIVER_MS = 366 * 86_400_000

/**
 * What is said in the room beside severity, clocks and calls: links, phases, tasks, teams, waivers. Each decides on the newest
 * state and appends in one transaction; each throws a refusal that says what stands in the way. Times are ISO UTC.
 */
export class RoomWork {
  readonly #desk: ResponseDesk

  constructor(desk: ResponseDesk) {
    this.#desk = desk
  }

  /** `url` null: there is none any more. What is so already writes nothing. */
  link(id: string, said: { link: LinkKind; title: string | null; url: string | null }, by: Person): void {
    if (said.url !== null && !isOpenable(said.url)) {
      throw refuse('bad-input', {
        tried: `Set the ${said.link} to ${said.url}`,
        happened: 'Muster opens https, mailto, tel and sms links only.',
        next: 'Give the whole address, beginning with https:// or tel:, without a name and password in it.',
      })
    }
    this.#append(id, by, ({ core }) => {
      const known = core.links.find(({ link }) => link === said.link)
      if ((known?.url ?? null) === said.url && (known?.title ?? null) === said.title) return []
      return [draftOf(linkedKind, said)]
    })
  }

  enterPhase(id: string, phaseNamed: string, reason: string | null, by: Person): void {
    const tried = 'Move to a phase'
    this.#append(id, by, (state) => {
      const phase = named(tried, 'phase', phaseNamed, this.#desk.packOf(id)?.phases ?? [])
      assertOpen(tried, state)
      return [draftOf(phaseEnteredKind, { phase, reason })]
    })
  }

  /** Why a severity was set, by the hash of the entry that set it. */
  explainSeverity(id: string, entry: string, reason: string, by: Person): void {
    this.#append(id, by, ({ core }) => {
      if (!core.severities.some((held) => held.entry === entry)) {
        throw refuse('not-found', {
          tried: 'Say why the severity was set',
          happened: 'This incident has no such change of severity.',
          next: 'Choose the change in the timeline.',
        })
      }
      return [draftOf(severityExplainedKind, { entry, reason })]
    })
  }

  extendTask(id: string, said: { task: string; minutes: number; note: string | null }, by: Person): void {
    const tried = 'Let a task go on'
    this.#append(id, by, (state) => {
      assertOpen(tried, state)
      runningTask(tried, state, said.task)
      return [draftOf(taskExtendedKind, said)]
    })
  }

  /** People remember what was done after the end too. */
  endTask(id: string, said: { task: string; outcome: TaskOutcome; note: string | null }, by: Person): void {
    this.#append(id, by, (state) => {
      runningTask('End a task', state, said.task)
      return [draftOf(taskEndedKind, said)]
    })
  }

  /** Forms a sub-team or says anew who is in it; nobody in it: it is no more. The same title is the same team. */
  setTeam(id: string, said: { title: string; lead: string | null; members: readonly string[] }, by: Person): void {
    const tried = `Form the team '${said.title}'`
    this.#append(id, by, (state) => {
      assertOpen(tried, state)
      const members = [...new Set(said.members)].filter((member) => member !== said.lead)
      const known = state.teams.find(({ title }) => title.toLowerCase() === said.title.toLowerCase())
      if (known === undefined && said.lead === null && members.length === 0) {
        throw refuse('bad-input', { tried, happened: 'Nobody is in it.', next: 'Name who leads it, or a member.' })
      }
      const team = { id: known?.id ?? freeId(said.title, state), title: known?.title ?? said.title }
      return [draftOf(teamSetKind, { team, lead: said.lead, members })]
    })
  }

  /** `until` null: it is no longer waived. */
  waive(
    id: string,
    said: { finding: { key: string; title: string }; until: string | null; reason: string },
    by: Person,
  ): void {
    const { finding, until, reason } = said
    const tried = `Waive '${finding.title}'`
    const aheadMs = until === null ? 0 : Date.parse(until) - Date.parse(this.#desk.now())
    if (until !== null && !(aheadMs > 0 && aheadMs <= LONGEST_WAIVER_MS)) {
      throw refuse('bad-input', {
        tried,
        happened: `A waiver until ${until} ${aheadMs > 0 ? 'is longer than a year' : 'would be over already'}.`,
        next: 'Give a time between now and a year from now.',
      })
    }
    this.#append(id, by, ({ waivers }) => {
      if (until !== null) return [draftOf(findingWaivedKind, { finding, until, reason })]
      if (Object.hasOwn(waivers, finding.key)) return [draftOf(waiverEndedKind, { finding, reason })]
      throw refuse('not-allowed', {
        tried: `End the waiver of '${finding.title}'`,
        happened: 'It is not waived.',
        next: 'Nothing needs to be done.',
      })
    })
  }

  /** Waivers in force in other incidents of the same mode, those that hold longest first. */
  waivedElsewhere(id: string): OtherWaiver[] {
    const { journal } = this.#desk
    const now = this.#desk.now()
    const { mode } = journal.stateOf(id)
    return journal
      .states()
      .filter((other) => other.id !== id && other.mode === mode)
      .flatMap((other) =>
        Object.values(other.waivers).map(({ key, until, reason, by }) => {
          return { key, until, reason, by, incident: other.id, number: other.core.number }
        }),
      )
      .filter(({ until }) => until > now)
      .toSorted((a, b) => (a.until < b.until ? 1 : -1))
  }

  #append(id: string, by: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    const { journal } = this.#desk
    journal.append(id, journal.stateOf(id).mode, by, decide)
  }
}

function assertOpen(tried: string, state: IncidentState): void {
  if (isOpen(state)) return
  throw refuse('not-allowed', {
    tried: `${tried} of ${state.core.number}`,
    happened: `The incident ended at ${state.core.resolvedAt ?? 'an unknown time'}.`,
    next: 'Reopen it first, or write a note.',
  })
}

function runningTask(tried: string, { tasks }: IncidentState, entry: string): Task {
  const task = tasks.given.find((one) => one.entry === entry)
  if (task !== undefined && task.ended === null) return task
  throw refuse(task === undefined ? 'not-found' : 'not-allowed', {
    tried,
    happened:
      task === undefined || task.ended === null
        ? 'This incident has no such task.'
        : `${task.ended.by} said that it is ${task.ended.outcome}, at ${task.ended.at}.`,
    next: 'Choose one of the tasks that run.',
  })
}

/** A short lasting id that no team of the incident has. */
function freeId(title: string, { teams }: IncidentState): string {
  const base =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 50) || 'team'
  const taken = new Set(teams.map(({ id }) => id))
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
