import { escalationOf } from '../../shared/clocks/escalation/escalation.ts'
import { escalationMatrix } from '../../shared/clocks/escalation/matrix.ts'
import { nextSentence } from '../../shared/clocks/escalation/next-sentence.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { CallResult, CalledBy } from '../../shared/people/entries.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { standingBehind } from './standing-behind.ts'
import { plain, table } from './text.ts'

/** `muster who ID`: who is called next, why, and what the runbook leaves open. */
export async function whoCommand(
  { services, say }: Face,
  incident: string,
  options: { matrix?: boolean },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const { state, pack } = await services.desk.ask('open', id)
  if (pack === null) throw noPack(core.number)
  if (options.matrix === true) return sayMatrix(say, pack)
  const escalation = escalationOf(clockInputOf(state), pack, Date.now())
  const { now, later, judge, holders, failed, gaps } = escalation
  const said = nextSentence(escalation)
  const called = [...now.map(({ title }) => title), ...later.flatMap(({ titles }) => titles)]
  const behind = standingBehind(await services.desk.ask('effective', id), called)
  const rows = [
    ...now.map(({ title, means, attempt, why, since, onCall }) => [
      'now',
      title,
      attempt === 1 ? means : `${means}, call ${attempt}`,
      `${why}, since ${inUtc(since)}${onCall.is === 'off' ? `; NOT ON CALL (${onCall.said})` : ''}`,
    ]),
    ...later.map(({ titles, until, why }) => [inUtc(until), titles.join(', '), '', why]),
    ...judge.map(({ titles, condition }) => ['if', titles.join(', '), '', condition]),
    ...holders.map(({ title, person, since }) => ['has it', title, person ?? '', `since ${inUtc(since)}`]),
    ...failed.map(({ title, why }) => ['in vain', title, '', why]),
  ]
  say({ id, number: core.number, said, escalation, behind }, [
    plain(said),
    ...(rows.length === 0 ? [] : ['', ...table([['WHEN', 'WHO', 'HOW', 'WHY'], ...rows])]),
    ...(behind.length === 0 ? [] : ['', ...behind.map(({ role, name, reach }) => plain(`${role}: ${name}, ${reach}`))]),
    ...(gaps.length === 0 ? [] : ['', ...gaps.map(plain)]),
  ])
}

function sayMatrix(say: Face['say'], pack: Pack): void {
  const matrix = escalationMatrix(pack, Date.now())
  const titleOf = (type: string | null) => pack.incidentTypes.find(({ id }) => id === type)?.title ?? ''
  const codeOf = (severity: string) => pack.severities.find(({ id }) => id === severity)?.code ?? severity
  const rows = matrix.flatMap(({ severity, type, calls }) =>
    calls.map(({ title, after, onCall }) => [codeOf(severity), titleOf(type), title, after, onCall.said]),
  )
  say(
    { matrix },
    rows.length === 0
      ? ['The runbook states no escalation.']
      : table([['LEVEL', 'TYPE', 'WHO', 'AFTER', 'ON CALL'], ...rows]),
  )
}

export interface CallOptions {
  readonly result: CallResult
  readonly by: CalledBy
  readonly person?: string
  readonly edge?: string
  readonly note?: string
  readonly at?: string
}

/** `muster call ID ROLE --result RESULT`: logs a call that was made, and says who is next. */
export async function callCommand(face: Face, incident: string, role: string, options: CallOptions): Promise<void> {
  const { services, by } = face
  const { id } = await services.desk.ask('find', incident)
  const { result, by: means, person = null, edge = null, note = null, at = null } = options
  await services.desk.ask('call', id, { role, person, means, result, edge, note, happenedAt: at }, by)
  await whoCommand(face, incident, {})
}

export interface TellOptions {
  readonly to?: string
  readonly by?: CalledBy
  readonly notNeeded?: boolean
  readonly notReached?: boolean
  readonly note?: string
  readonly at?: string
}

/** `muster told ID NOTIFICATION`: somebody was told, could not be reached, or need not be told. */
export async function toldCommand(
  { services, by, say }: Face,
  incident: string,
  notification: string,
  options: TellOptions,
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const result = options.notNeeded === true ? 'not-needed' : options.notReached === true ? 'not-reached' : 'told'
  const { to = null, by: means = null, note = null, at = null } = options
  await services.desk.ask('tell', id, { notification, to, means, result, note, happenedAt: at }, by)
  say({ id, number: core.number, notification, result }, [`Logged in ${core.number}.`])
}

export function noPack(number: string) {
  return refuse('not-found', {
    tried: `Read the runbook of ${number}`,
    happened: 'It is not on this desk, or of a form that this Muster does not know.',
    next: 'Ask where the incident was declared, or take a newer Muster.',
  })
}
