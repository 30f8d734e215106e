import type { EscalationEdge, Pack } from '../../packs/pack.ts'
import type { CalledBy } from '../../people/entries.ts'
import type { ClockInput } from '../input.ts'
import { situationsOf } from '../situations.ts'
import { type Attempts, attemptsOn } from './attempts.ts'
import { type OnCall, onCallOf } from './on-call.ts'
import { type Moment, roleTitle, type Standing, standingOf } from './standing.ts'

/** Somebody to be called now. `role` and `edge` are ids of the pack. */
export interface NextCall {
  readonly role: string
  readonly title: string
  /** The rule that calls them; null where nobody fixed it who had it. */
  readonly edge: string | null
  readonly why: string
  readonly means: CalledBy
  /** Counted from 1. */
  readonly attempt: number
  /** Since when they are to be called, ISO UTC. */
  readonly since: string
  readonly onCall: OnCall
  /** Titles of those who are called at the same time. */
  readonly together: readonly string[]
}

/** Who is to be called later: until then, and why. Times are ISO UTC. */
export interface LaterCall {
  readonly edge: string | null
  readonly titles: readonly string[]
  readonly until: string
  readonly why: string
}

/** Who has it, since when (ISO UTC). */
export interface Holder {
  readonly role: string
  readonly title: string
  readonly person: string | null
  readonly since: string
  readonly entry: string
}

export interface Escalation {
  /** `open`: it goes on. `over`: the incident ended. `unset`: no severity is set yet, so only part of the rules hold. */
  readonly is: 'open' | 'over' | 'unset'
  /** In the order in which they are called; those on call before those who are not. */
  readonly now: readonly NextCall[]
  readonly later: readonly LaterCall[]
  /** Rules whose condition a person has to judge, each question once. */
  readonly judge: readonly { readonly edge: string; readonly titles: readonly string[]; readonly condition: string }[]
  readonly holders: readonly Holder[]
  /** Who was tried in vain. */
  readonly failed: readonly { readonly role: string; readonly title: string; readonly why: string }[]
  /** Nobody is to be called now or later, and nobody has it. */
  readonly nobodyLeft: boolean
  /** What the runbook leaves open about calls, in sentences. */
  readonly gaps: readonly string[]
}

/**
 * Who is next, why, by which means and after what wait: of the pack's edges and the calls logged so far. Needs no network
 * and no contact; the people behind the roles are the vault's or the overlay's.
 */
export function escalationOf(input: ClockInput, pack: Pack, nowMs: number): Escalation {
  const situations = situationsOf(input, pack)
  const gaps = gapsOf(pack)
  if (input.resolvedAt !== null) return { ...nothing, is: 'over', gaps }
  const moment = { input, pack, situations, nowMs }
  const stood = pack.escalation.map((edge) => ({ edge, standing: standingOf(edge, moment) }))
  const due = stood.flatMap(({ edge, standing }) => (standing.is === 'due' ? [{ edge, standing }] : []))
  const roles = rolesOf(due, moment)
  const again = recalls(roles, moment)
  const now = [...roles.flatMap(({ next }) => next), ...again.now].toSorted(byTurn)
  const later = [...laterOf(stood, moment), ...roles.flatMap(({ wait }) => wait), ...again.later]
  const holders = holdersOf(moment)
  return {
    is: situations.at(-1)?.severity === null ? 'unset' : 'open',
    now,
    later: later.toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0)),
    judge: judgeOf(stood, moment),
    holders,
    failed: failedOf(moment),
    nobodyLeft: now.length === 0 && later.length === 0 && holders.length === 0,
    gaps,
  }
}

const nothing: Escalation = {
  is: 'open',
  now: [],
  later: [],
  judge: [],
  holders: [],
  failed: [],
  nobodyLeft: false,
  gaps: [],
}

/** Those who are on call before those who are not; among them who has waited longest. */
function byTurn(a: NextCall, b: NextCall): number {
  return offLast(a) - offLast(b) || Date.parse(a.since) - Date.parse(b.since)
}

function offLast({ onCall }: NextCall): number {
  return onCall.is === 'off' ? 1 : 0
}

function titlesOf({ to }: EscalationEdge, pack: Pack): string[] {
  return to.roles.map((role) => roleTitle(pack, role))
}

interface Due {
  readonly edge: EscalationEdge
  readonly standing: Extract<Standing, { is: 'due' }>
}

interface RoleDue {
  readonly role: string
  readonly next: readonly NextCall[]
  readonly wait: readonly LaterCall[]
}

/** Each role that some edge calls now, once, with what the calls to it have come to. */
function rolesOf(due: readonly Due[], moment: Moment): RoleDue[] {
  const { pack, input, nowMs } = moment
  const seen = new Set<string>()
  return due.flatMap(({ edge, standing }) =>
    edge.to.roles.flatMap((role) => {
      if (seen.has(role)) return []
      seen.add(role)
      const attempts = attemptsOn(pack, role, input.calls, nowMs)
      const together = edge.to.roles.filter((other) => other !== role).map((other) => roleTitle(pack, other))
      const { since, why } = standing
      return [{ role, ...nextOf({ role, attempts, edge: edge.id, since, why, together }, moment) }]
    }),
  )
}

function nextOf(
  called: { role: string; attempts: Attempts; edge: string; since: string; why: string; together: readonly string[] },
  { pack, situations, nowMs }: Moment,
): Pick<RoleDue, 'next' | 'wait'> {
  const { role, attempts, edge, since, why, together } = called
  const title = roleTitle(pack, role)
  if (attempts.is === 'waiting') {
    return { next: [], wait: [{ edge, titles: [title], until: attempts.until, why: 'a message waits for them' }] }
  }
  if (attempts.is !== 'untried' && attempts.is !== 'again') return { next: [], wait: [] }
  const onCall = onCallOf(pack, role, situations.at(-1)?.severity?.id ?? null, nowMs)
  const repeated = attempts.is === 'again'
  const call = {
    role,
    title,
    edge,
    why: repeated ? `${why}; ${attempts.why}` : why,
    means: attempts.means,
    attempt: repeated ? attempts.made + 1 : 1,
    since: repeated ? attempts.lastAt : since,
    onCall,
    together,
  }
  return { next: [call], wait: [] }
}

/** Whether an edge leads to somebody who was not called yet. */
function isOpenTo({ to }: EscalationEdge, { input }: Moment): boolean {
  return to.roles.some((role) => !input.calls.some((call) => call.role === role))
}

function laterOf(stood: readonly { edge: EscalationEdge; standing: Standing }[], moment: Moment): LaterCall[] {
  return stood.flatMap(({ edge, standing }) =>
    standing.is === 'waiting' && isOpenTo(edge, moment)
      ? [{ edge: edge.id, titles: titlesOf(edge, moment.pack), until: standing.until, why: standing.why }]
      : [],
  )
}

/** What a person has to judge. Rules that call the same people on the same condition are one question, the first of them. */
function judgeOf(
  stood: readonly { edge: EscalationEdge; standing: Standing }[],
  moment: Moment,
): Escalation['judge'][number][] {
  const seen = new Set<string>()
  return stood.flatMap(({ edge, standing }) => {
    if (standing.is !== 'to-judge' || !isOpenTo(edge, moment)) return []
    const { condition } = standing
    const question = JSON.stringify([edge.to.roles.toSorted(), condition])
    if (seen.has(question)) return []
    seen.add(question)
    return [{ edge: edge.id, titles: titlesOf(edge, moment.pack), condition }]
  })
}

/** Everybody who was called, once each, in the order of their first calls. */
function calledRoles({ input }: Moment): string[] {
  return [...new Set(input.calls.map(({ role }) => role))]
}

function holdersOf(moment: Moment): Holder[] {
  const { pack, input, nowMs } = moment
  return calledRoles(moment).flatMap((role) => {
    const attempts = attemptsOn(pack, role, input.calls, nowMs)
    if (attempts.is !== 'reached') return []
    return [{ role, title: roleTitle(pack, role), person: attempts.person, since: attempts.at, entry: attempts.entry }]
  })
}

function failedOf(moment: Moment): Escalation['failed'] {
  const { pack, input, nowMs } = moment
  return calledRoles(moment).flatMap((role) => {
    const attempts = attemptsOn(pack, role, input.calls, nowMs)
    return attempts.is === 'exhausted' ? [{ role, title: roleTitle(pack, role), why: attempts.why }] : []
  })
}

/** When somebody who has it is called again: so long after they took it up, or after anybody last worked on it. */
export function recallAt(pack: Pack, { since }: Pick<Holder, 'since'>, workedAt: string | null): string | null {
  const minutes = pack.callouts?.againAfterMinutes ?? null
  if (minutes === null) return null
  const from = workedAt !== null && workedAt > since ? workedAt : since
  return new Date(Date.parse(from) + minutes * 60_000).toISOString()
}

/** Those who have it and have not fixed it: called again, where the runbook says after how long. Work postpones it. */
function recalls(due: readonly RoleDue[], moment: Moment): { now: NextCall[]; later: LaterCall[] } {
  const { pack, input, situations, nowMs } = moment
  const now: NextCall[] = []
  const later: LaterCall[] = []
  for (const holder of holdersOf(moment)) {
    const until = recallAt(pack, holder, input.workedAt)
    if (until === null || due.some(({ role, next }) => role === holder.role && next.length > 0)) continue
    const { role, title } = holder
    const why = 'they have it, it is not fixed, and nothing was logged since'
    if (Date.parse(until) > nowMs) later.push({ edge: null, titles: [title], until, why })
    else {
      const attempts = attemptsOn(pack, role, [], nowMs)
      const onCall = onCallOf(pack, role, situations.at(-1)?.severity?.id ?? null, nowMs)
      const means = attempts.is === 'untried' ? attempts.means : 'phone'
      now.push({ role, title, edge: null, why, means, attempt: 1, since: until, onCall, together: [] })
    }
  }
  return { now, later }
}

/** What the runbook does not say about calls, as sentences. */
function gapsOf(pack: Pack): string[] {
  const { answerWithinMinutes = null, tries = null, againAfterMinutes = null } = pack.callouts ?? {}
  return [
    ...(pack.escalation.length === 0 ? ['The runbook states no escalation: nobody follows by rule.'] : []),
    ...(answerWithinMinutes === null ? ['The runbook does not state how long an answer is waited for.'] : []),
    ...(tries === null
      ? ['The runbook does not state how often somebody is called: each way once, then the next in line.']
      : []),
    ...(againAfterMinutes === null ? ['The runbook does not state when somebody who has it is called again.'] : []),
  ]
}
