import { clocksOf } from '../../shared/clocks/clocks.ts'
import type { Clock, ClockKind } from '../../shared/clocks/clock.ts'
import {
  clockMetKind,
  clockPausedKind,
  clockResumedKind,
  clockSnoozedKind,
  dutyHeldKind,
} from '../../shared/clocks/entries.ts'
import { escalationOf } from '../../shared/clocks/escalation/escalation.ts'
import { toWhom } from '../../shared/clocks/notifications.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import { classifiedKind, relatedKind, type Relation } from '../../shared/incident/entries.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Mode, Person } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import {
  type CallResult,
  type CalledBy,
  calledKind,
  type NotifiedBody,
  notifiedKind,
} from '../../shared/people/entries.ts'
import { refuse } from '../../shared/refusal.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import { named } from './named-item.ts'

/** A call as somebody made it. `edge` null: the rule that calls this role now, if one does. Times are ISO UTC, null: now. */
export interface SaidCall {
  readonly role: string
  readonly person: string | null
  readonly means: CalledBy
  readonly result: CallResult
  readonly edge: string | null
  readonly note: string | null
  readonly happenedAt: string | null
}

/** A notification as somebody gave it; `to` null: to whom the runbook wants it given. */
export interface SaidNotice {
  readonly notification: string
  readonly to: string | null
  readonly means: CalledBy | null
  readonly result: NotifiedBody['result']
  readonly note: string | null
  readonly happenedAt: string | null
}

/** Where a response reads and writes. */
export interface ResponseDesk {
  readonly journal: JournalStore
  readonly now: () => string
  /** The pack of an incident as its organisation uses it; null where this Muster cannot read it. */
  readonly packOf: (id: string) => Pack | null
}

/**
 * What is said of people, clocks and duties while an incident runs. Ids are of the incident's pack; its titles do too. Each
 * decides on the newest state and appends in one transaction; each throws a refusal that says what stands in the way.
 */
export class Response {
  readonly #desk: ResponseDesk

  constructor(desk: ResponseDesk) {
    this.#desk = desk
  }

  /** Calls are logged after the end too: people remember. */
  call(id: string, said: SaidCall, by: Person): void {
    const tried = 'Log a call'
    const happenedAt = this.#backDated(tried, said.happenedAt)
    this.#append(id, tried, by, (state, pack) => {
      const role = named(tried, 'role', said.role, pack.roles)
      const at = happenedAt.happenedAt ?? this.#desk.now()
      const edge =
        said.edge === null
          ? edgeOf(state, pack, role.id, at)
          : named(
              tried,
              'edge of the escalation',
              said.edge,
              pack.escalation.map(({ id: edge }) => ({ id: edge, title: edge })),
            ).id
      const { means, result, note } = said
      const person = said.person === null ? null : { contact: null, name: said.person }
      return [draftOf(calledKind, { role, person, means, result, edge, note }, happenedAt)]
    })
  }

  tell(id: string, said: SaidNotice, by: Person): void {
    const tried = 'Log a notification'
    const happenedAt = this.#backDated(tried, said.happenedAt)
    this.#append(id, tried, by, (_state, pack) => {
      const notification = named(tried, 'notification', said.notification, pack.notifications)
      const rule = pack.notifications.find((one) => one.id === notification.id)
      const to = said.to ?? (rule === undefined ? notification.title : toWhom(rule, pack))
      if (said.result === 'not-needed' && said.note === null) throw noReason(tried)
      const { means, result, note } = said
      return [draftOf(notifiedKind, { notification, to: to.slice(0, 300), means, result, note }, happenedAt)]
    })
  }

  /** Says types, priority and affected systems anew; what is left out no longer holds. */
  classify(
    id: string,
    said: { types: readonly string[]; priority: string | null; systems: readonly string[] },
    by: Person,
  ): void {
    const tried = 'Classify the incident'
    this.#append(id, tried, by, (_state, pack) => {
      const types = said.types.map((type) => named(tried, 'type of incident', type, pack.incidentTypes))
      const chosen = said.priority === null ? null : named(tried, 'priority', said.priority, pack.priorities)
      const priority = pack.priorities.find((one) => one.id === chosen?.id)
      return [
        draftOf(classifiedKind, {
          types,
          priority: priority === undefined ? null : { id: priority.id, code: priority.code, title: priority.title },
          systems: [...said.systems],
        }),
      ]
    })
  }

  /** `how` null: they have nothing to do with each other after all. What is so already writes nothing. */
  relate(id: string, other: string, how: Relation | null, by: Person): void {
    const tried = 'Relate two incidents'
    const { core } = this.#desk.journal.stateOf(other)
    const { mode } = this.#desk.journal.stateOf(id)
    this.#desk.journal.append(id, mode, by, (state) => {
      if (other === id) {
        throw refuse('bad-input', {
          tried,
          happened: 'Both are the same incident.',
          next: 'Name another one; `muster incidents` lists them.',
        })
      }
      const before = state.core.relations.find(({ incident }) => incident === other)?.how ?? null
      return before === how ? [] : [draftOf(relatedKind, { incident: other, number: core.number, how })]
    })
  }

  pauseClock(id: string, clock: string, reason: string, by: Person): void {
    const tried = 'Pause a clock'
    this.#append(id, tried, by, (state, pack) => {
      const found = this.#openClock(tried, clock, state, pack)
      if (found.paused !== null) throw notAllowed(tried, `'${found.title}' stands still already.`, 'Resume it first.')
      return [draftOf(clockPausedKind, { clock: { id: found.id, title: found.title.slice(0, 300) }, reason })]
    })
  }

  resumeClock(id: string, clock: string, reason: string, by: Person): void {
    const tried = 'Resume a clock'
    this.#append(id, tried, by, (state, pack) => {
      const found = this.#openClock(tried, clock, state, pack)
      if (state.clocks.pauses[found.id]?.at(-1)?.to !== null) {
        throw notAllowed(tried, `'${found.title}' does not stand still.`, 'Nothing needs to be done.')
      }
      return [draftOf(clockResumedKind, { clock: { id: found.id, title: found.title.slice(0, 300) }, reason })]
    })
  }

  /** A clock is not to ring before `until` (ISO UTC), a day ahead at most. It counts on. */
  snoozeClock(id: string, said: { clock: string; until: string; reason: string }, by: Person): void {
    const tried = 'Snooze a clock'
    const aheadMs = Date.parse(said.until) - Date.parse(this.#desk.now())
    if (!(aheadMs > 0 && aheadMs <= 86_400_000)) {
      throw refuse('bad-input', {
        tried,
        happened: `${said.until} ${aheadMs > 0 ? 'is more than a day ahead' : 'has passed'}.`,
        next: 'Give a time within the next 24 hours.',
      })
    }
    this.#append(id, tried, by, (state, pack) => {
      const found = this.#openClock(tried, said.clock, state, pack)
      if (found.quiet)
        throw notAllowed(tried, `'${found.title}' is a guide and never rings.`, 'Nothing needs to be done.')
      const clock = { id: found.id, title: found.title.slice(0, 300) }
      return [draftOf(clockSnoozedKind, { clock, until: said.until, reason: said.reason })]
    })
  }

  /** What a clock asks for was done. Refused where another entry says so. */
  meetClock(id: string, clock: string, note: string | null, by: Person): void {
    const tried = 'Say that it was done'
    this.#append(id, tried, by, (state, pack) => {
      const found = this.#openClock(tried, clock, state, pack)
      const instead = metBy[found.kind]
      if (instead !== undefined) throw notAllowed(tried, `'${found.title}' is stopped by another entry.`, instead)
      return [draftOf(clockMetKind, { clock: { id: found.id, title: found.title.slice(0, 300) }, note })]
    })
  }

  /** `since` null: since now. */
  holdDuty(
    id: string,
    said: { regulatory: string; holds: boolean; since: string | null; reason: string },
    by: Person,
  ): void {
    const tried = 'Say whether a duty holds'
    const { happenedAt: since = this.#desk.now() } = this.#backDated(tried, said.since)
    this.#append(id, tried, by, (_state, pack) => {
      const regulatory = named(tried, 'duty towards an authority', said.regulatory, pack.regulatory)
      return [draftOf(dutyHeldKind, { regulatory, since, holds: said.holds, reason: said.reason })]
    })
  }

  #openClock(tried: string, clock: string, state: IncidentState, pack: Pack): Clock {
    const open = clocksOf(clockInputOf(state), pack, Date.parse(this.#desk.now())).filter(
      ({ endedAt }) => endedAt === null,
    )
    const { id } = named(tried, 'clock that runs', clock, open)
    const found = open.find((one) => one.id === id)
    if (found === undefined) throw new Error(`The clock ${id} is gone`)
    return found
  }

  #backDated(tried: string, happenedAt: string | null): { happenedAt?: string } {
    if (happenedAt === null) return {}
    if (happenedAt > this.#desk.now()) {
      throw refuse('bad-input', {
        tried,
        happened: `The time ${happenedAt} lies in the future.`,
        next: 'Give a time that has passed, in UTC.',
      })
    }
    return { happenedAt }
  }

  #append(id: string, tried: string, by: Person, decide: (state: IncidentState, pack: Pack) => readonly Draft[]): void {
    const { journal, packOf } = this.#desk
    const { mode }: { mode: Mode } = journal.stateOf(id)
    journal.append(id, mode, by, (state) => {
      const pack = packOf(id)
      if (pack === null) {
        throw refuse('not-found', {
          tried,
          happened: 'The runbook of this incident is not on this desk, or of a form that this Muster does not know.',
          next: 'Log it as a note.',
        })
      }
      return decide(state, pack)
    })
  }
}

/** The rule that calls a role at a moment; null where none does. */
function edgeOf(state: IncidentState, pack: Pack, role: string, at: string): string | null {
  const { now, later, judge } = escalationOf(clockInputOf(state), pack, Date.parse(at))
  const called = now.find((call) => call.role === role)?.edge
  if (called !== undefined) return called
  // A call ahead of its time answers the rule that waits, if there is only one.
  const leadsTo = (edge: string | null) =>
    pack.escalation.find(({ id }) => id === edge)?.to.roles.includes(role) === true
  const waiting = later.filter(({ edge }) => leadsTo(edge))
  if (waiting.length === 1) return waiting[0]?.edge ?? null
  const judged = judge.filter(({ edge }) => leadsTo(edge))
  return waiting.length === 0 && judged.length === 1 ? (judged[0]?.edge ?? null) : null
}

/** What stops a clock instead, where that what it asks for was done is not enough. */
const metBy: Partial<Record<ClockKind, string>> = {
  acknowledge: 'Take command, or acknowledge it: `muster log ID :respond`.',
  response: 'Acknowledge it: `muster log ID :respond`.',
  update: 'Give the update: `muster log ID :update …`.',
  answer: 'Log the next call: `muster call ID ROLE`.',
  recall: 'Log the call: `muster call ID ROLE`.',
  'check-back': 'End the task, or ask back and let it go on.',
  'time-box': 'Take the change back.',
  phase: 'It is a guide: the time alone moves it.',
}

function noReason(tried: string) {
  return refuse('bad-input', {
    tried,
    happened: 'It does not say why they need not be told.',
    next: 'Say why: --note "…".',
  })
}

function notAllowed(tried: string, happened: string, next: string) {
  return refuse('not-allowed', { tried, happened, next })
}
