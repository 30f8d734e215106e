import { silenceOf, timesSnoozed } from '../../shared/clocks/alarms.ts'
import type { Clock } from '../../shared/clocks/clock.ts'
import { clocksOf } from '../../shared/clocks/clocks.ts'
import { formatLeft } from '../../shared/clocks/duration.ts'
import type { ClockFacts } from '../../shared/clocks/entries.ts'
import { untimedRulesOf } from '../../shared/clocks/untimed.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { Relation } from '../../shared/incident/entries.ts'
import type { Person } from '../../shared/journal/header.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import { owing, severityChoice } from '../incidents/severity-choice.ts'
import { noPack } from './call-commands.ts'
import type { Face } from './face.ts'
import { plain, table } from './text.ts'

/** `muster clocks ID`: every clock, what is overdue first, and the rules without a time. */
export async function clocksCommand({ services, say }: Face, incident: string): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const { state, pack } = await services.desk.ask('open', id)
  if (pack === null) throw noPack(core.number)
  const input = clockInputOf(state)
  const nowMs = Date.now()
  const clocks = clocksOf(input, pack, nowMs)
  const untimed = untimedRulesOf(input, pack)
  const rows = clocks.map((clock) => {
    const { id: name, title, dueAt, endedAt, msLeft, owner } = clock
    const left = endedAt === null ? formatLeft(msLeft) : `ended ${inUtc(endedAt)}`
    return [name, title, stateWords(clock, state.clocks, nowMs), left, inUtc(dueAt), owner ?? 'nobody']
  })
  const quiet = clocks.flatMap((clock) => {
    const silence = silenceOf(state.clocks, clock, nowMs)
    return silence === null ? [] : [{ clock: clock.id, until: silence.until, reason: silence.reason }]
  })
  say({ id, number: core.number, clocks, untimed, quiet }, [
    ...(rows.length === 0 ? ['No clock runs.'] : table([['CLOCK', 'WHAT', 'STATE', 'LEFT', 'DUE', 'OWNER'], ...rows])),
    ...(untimed.length === 0 ? [] : ['', 'Without a time:']),
    ...untimed.map(({ id: rule, title, rule: words, because }) => plain(`${rule}  ${title}: ${words} ${because}`)),
  ])
}

/** 'breached, quiet until 14:20 UTC, snoozed 3 times' */
function stateWords(clock: Clock, facts: ClockFacts, nowMs: number): string {
  const silence = silenceOf(facts, clock, nowMs)
  const times = clock.endedAt === null ? timesSnoozed(facts, clock) : 0
  return [
    clock.quiet ? 'guide' : clock.state,
    ...(silence === null ? [] : [`quiet until ${silence.until.slice(11, 16)} UTC`]),
    ...(times < 2 ? [] : [`snoozed ${times} times`]),
  ].join(', ')
}

/** `muster pause ID CLOCK --reason WHY`, and `muster resume`. */
export function pauseCommand(op: 'pauseClock' | 'resumeClock') {
  return async (face: Face, incident: string, clock: string, options: { reason: string }): Promise<void> => {
    const { services, by, say } = face
    const { id, core } = await services.desk.ask('find', incident)
    await services.desk.ask(op, id, clock, options.reason, by)
    say({ id, number: core.number, clock }, [`${op === 'pauseClock' ? 'Paused' : 'Resumed'} in ${core.number}.`])
  }
}

/** `muster done ID CLOCK`: what a clock asks for was done. */
export async function doneCommand(
  { services, by, say }: Face,
  incident: string,
  clock: string,
  options: { note?: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  await services.desk.ask('meetClock', id, clock, options.note ?? null, by)
  say({ id, number: core.number, clock }, [`Logged in ${core.number}.`])
}

/** `muster duty ID DUTY --reason WHY`: whether a duty towards an authority holds. */
export async function dutyCommand(
  { services, by, say }: Face,
  incident: string,
  regulatory: string,
  options: { not?: boolean; since?: string; reason: string },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const holds = options.not !== true
  const { since = null, reason } = options
  await services.desk.ask('holdDuty', id, { regulatory, holds, since, reason }, by)
  say({ id, number: core.number, regulatory, holds }, [
    `Logged in ${core.number}: it ${holds ? 'holds, and its clock runs' : 'does not hold'}.`,
  ])
}

/** `muster classify ID --type TYPE… --priority PRIORITY` */
export async function classifyCommand(
  { services, by, say }: Face,
  incident: string,
  options: { type?: string[]; priority?: string; system?: string[] },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const said = { types: options.type ?? [], priority: options.priority ?? null, systems: options.system ?? [] }
  if (said.types.length === 0 && said.priority === null && said.systems.length === 0) {
    // Logged, it would take back what was said before, and with it who is called.
    throw refuse('bad-input', {
      tried: `Say what sort of incident ${core.number} is`,
      happened: 'Neither a type, a priority nor an affected system was named.',
      next: 'Name one: --type TYPE, --priority PRIORITY, or --system NAME.',
    })
  }
  await services.desk.ask('classify', id, said, by)
  say({ id, number: core.number, ...said }, [`Logged in ${core.number}.`])
}

/** `muster severity ID [CODE] --reason WHY`: as named, or as the runbook's grid of impact and urgency leads. */
export async function severityCommand(
  { services, by, say }: Face,
  incident: string,
  code: string | undefined,
  options: { impact?: string; urgency?: string; reason?: string; reasonFollows?: boolean },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const { pack } = await services.desk.ask('open', id)
  if (pack === null) throw noPack(core.number)
  const { impact, urgency, reason = null } = options
  const isSeen = impact !== undefined || urgency !== undefined
  const follows = code !== undefined && reason === null && options.reasonFollows === true
  if (code !== undefined && reason === null && !follows) throw noReason(code)
  const choice = severityChoice(pack, {
    severity: code ?? null,
    answers: {},
    reason,
    grid: isSeen ? { impact: unsureOr(impact), urgency: unsureOr(urgency) } : undefined,
  })
  if (choice === null) throw noReason(core.number)
  const set = follows ? owing(choice) : choice
  await services.desk.ask('setSeverity', id, set, by)
  say({ id, number: core.number, ...set }, [
    plain(`${set.severity.code}: ${set.reason}`),
    ...(follows ? [`Say it with: muster why ${core.number} --reason "…"`] : []),
  ])
}

function unsureOr(said: string | undefined): string | null {
  return said === undefined || said.toLowerCase() === 'unsure' ? null : said
}

function noReason(what: string) {
  return refuse('bad-input', {
    tried: `Set the severity (${what})`,
    happened: 'It does not say which and why.',
    next: 'Give a code with --reason (or --reason-follows), or --impact and --urgency.',
  })
}

/** `muster relate ID OTHER --how HOW` */
export async function relateCommand(
  { services, by, say }: Face,
  incident: string,
  other: string,
  options: { how: Relation | 'none'; end?: boolean },
): Promise<void> {
  if (options.end === true && options.how !== 'duplicate-of') {
    throw refuse('bad-input', {
      tried: `End ${incident} as a duplicate`,
      happened: 'It is not said to be one.',
      next: 'Say so: --how duplicate-of --end.',
    })
  }
  const { id, core } = await services.desk.ask('find', incident)
  const { id: otherId, core: otherCore } = await services.desk.ask('find', other)
  await services.desk.ask('relate', id, otherId, options.how === 'none' ? null : options.how, by)
  say({ id, number: core.number, other: otherId, how: options.how }, [
    `Logged in ${core.number}: ${options.how === 'none' ? 'nothing to do with' : options.how.replace('-', ' ')} ${otherCore.number}.`,
    ...(options.end === true ? [await endAsDuplicate(services, { id, other: otherCore }, by)] : []),
  ])
}

async function endAsDuplicate(
  { desk }: Face['services'],
  { id, other }: { id: string; other: { number: string; title: string } },
  by: Person,
): Promise<string> {
  const summary = `A duplicate of ${other.number}: ${other.title}. The work goes on there.`
  await desk.ask('resolve', id, 'resolved', summary, by)
  return `Ended: the work goes on in ${other.number}.`
}
