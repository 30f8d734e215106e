import { type Escalation, escalationOf, type Holder, type NextCall } from '../../shared/clocks/escalation/escalation.ts'
import { escalationMatrix } from '../../shared/clocks/escalation/matrix.ts'
import { nextSentence } from '../../shared/clocks/escalation/next-sentence.ts'
import { escalationPicture } from '../../shared/clocks/escalation/picture.ts'
import { type Following, followingOf, recallOf } from '../../shared/clocks/escalation/what-follows.ts'
import type { ClockInput } from '../../shared/clocks/input.ts'
import { noticesOf } from '../../shared/clocks/notices.ts'
import { callScript } from '../../shared/communications/call-script.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { heldBy } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { CallResult, CalledBy } from '../../shared/people/entries.ts'
import type { Reach } from '../../shared/people/reach.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import { reachIn } from '../people/people-handlers.ts'
import type { Face } from './face.ts'
import { secretInput } from './secret-input.ts'
import { standingBehind } from './standing-behind.ts'
import { plain, table } from './text.ts'
import { unlockVault } from './vault-place.ts'

export interface WhoOptions {
  readonly matrix?: boolean
  readonly script?: boolean
  readonly told?: boolean
  readonly numbers?: boolean
}

/** `muster who ID`: who is called next, why, what follows, and what the runbook leaves open. */
export async function whoCommand(face: Face, incident: string, options: WhoOptions): Promise<void> {
  const { services, say } = face
  const { id, core } = await services.desk.ask('find', incident)
  const { state, pack } = await services.desk.ask('open', id)
  if (pack === null) throw noPack(core.number)
  if (options.matrix === true) return sayMatrix(say, state, pack)
  if (options.told === true) return sayTold(say, state, pack)
  const nowMs = Date.now()
  const input = clockInputOf(state)
  const escalation = escalationOf(input, pack, nowMs)
  if (options.script === true) return sayScript(face, state, pack, escalation)
  const { now, later, judge, holders, failed, gaps } = escalation
  const said = nextSentence(escalation)
  const called = [...now.map(({ title }) => title), ...later.flatMap(({ titles }) => titles)]
  const behind = standingBehind(await services.desk.ask('effective', id), called)
  const reach = options.numbers === true ? await withNumbers(face, id) : null
  const rows = [
    ...now.map(({ title, means, attempt, why, since, onCall }) => [
      'now',
      title,
      attempt === 1 ? means : `${means}, call ${attempt}`,
      `${why}, since ${inUtc(since)}${onCall.is === 'off' ? `; NOT ON CALL (${onCall.said})` : ''}`,
    ]),
    ...later.map(({ titles, until, why }) => [inUtc(until), titles.join(', '), '', why]),
    ...judge.map(({ titles, condition }) => ['if', titles.join(', '), '', condition]),
    ...holders.map((holder) => ['has it', holder.title, holder.person ?? '', holderWords(pack, holder, input)]),
    ...failed.map(({ title, why }) => ['in vain', title, '', why]),
  ]
  const [first] = now
  const following = first === undefined ? null : followingOf(first, input, pack, nowMs)
  const people = reach === null ? behindLines(behind) : reachLines(pack, reach, called)
  say({ id, number: core.number, said, escalation, following, behind, ...(reach === null ? {} : { reach }) }, [
    plain(said),
    ...(first === undefined || following === null ? [] : [plain(followingWords(first, following))]),
    ...(rows.length === 0 ? [] : ['', ...table([['WHEN', 'WHO', 'HOW', 'WHY'], ...rows])]),
    ...(people.length === 0 ? [] : ['', ...people]),
    ...(gaps.length === 0 ? [] : ['', ...gaps.map(plain)]),
  ])
}

function followingWords({ attempt }: NextCall, { again, tries, waitMinutes, next }: Following): string {
  const then = next.length === 0 ? 'the runbook names nobody after them' : `then ${next.join(' and ')}`
  const missed = again === null ? then : `call again by ${again}, call ${attempt + 1} of ${tries}`
  const wait = waitMinutes === null ? 'the runbook states no wait' : `wait ${waitMinutes} min`
  return `No answer: ${missed}. A message: ${wait}, ${again === null ? then : 'then call again'}.`
}

function holderWords(pack: Pack, holder: Holder, input: ClockInput): string {
  const { at, instead } = recallOf(pack, holder, input.workedAt)
  const again = at === null ? '' : `; called again at ${inUtc(at)}`
  return `since ${inUtc(holder.since)}${again}${instead === null ? '' : `, put off by work from ${inUtc(instead)}`}`
}

function behindLines(behind: ReturnType<typeof standingBehind>): string[] {
  return behind.map(({ role, name, reach }) => plain(`${role}: ${name}, ${reach}`))
}

function reachLines(pack: Pack, { roles }: Reach, called: readonly string[]): string[] {
  return pack.roles
    .filter(({ title }) => called.includes(title))
    .flatMap(({ id, title }) => {
      const people = heldBy(roles, id) ?? []
      if (people.length === 0) return [`${title}: name unknown; add a contact whose role is '${title}'.`]
      return people.map(({ name, ways }) =>
        plain(`${title}: ${name}, ${ways.map(({ means, address }) => `${means} ${address}`).join(', ')}`),
      )
    })
}

/** Who stands behind the roles, with the vault opened for this one answer. */
async function withNumbers({ services }: Face, id: string): Promise<Reach> {
  const secrets = secretInput(process.stdin, process.stderr)
  try {
    await unlockVault({ vault: services.vault.vault, secrets })
    return await reachIn(services, id)
  } finally {
    secrets.close()
  }
}

/** What is said on the telephone. Who it is stays open here unless the overlay names them. */
async function sayScript(
  { services, by, say }: Face,
  state: IncidentState,
  pack: Pack,
  { now }: Escalation,
): Promise<void> {
  const [first] = now
  if (first === undefined) {
    throw refuse('not-found', {
      tried: `Say what to read out for ${state.core.number}`,
      happened: 'Nobody is to be called now.',
      next: 'Look who is next: muster who INCIDENT.',
    })
  }
  const { roles } = await reachIn(services, state.id)
  const person = (heldBy(roles, first.role) ?? [])[0]?.name ?? null
  const script = callScript(state, pack, { ...first, person, by: by.name, callBack: null }, Date.now())
  say({ id: state.id, role: first.role, script }, script.map(plain))
}

function sayTold(say: Face['say'], state: IncidentState, pack: Pack): void {
  const notices = noticesOf(clockInputOf(state), pack, Date.now())
  const rows = notices
    .filter(({ holds }) => holds)
    .map(({ id, to, condition, is, at, dueAt }) => [
      id,
      to,
      is === 'open' ? (dueAt === null ? 'open' : `by ${inUtc(dueAt)}`) : `${is} ${inUtc(at ?? '')}`,
      condition === null ? '' : `if: ${condition}`,
    ])
  say(
    { id: state.id, notices },
    rows.length === 0
      ? ['The runbook names nobody to be told for this.']
      : table([['NOTIFICATION', 'WHOM', 'HOW FAR', 'IF'], ...rows]),
  )
}

/** The whole escalation, and where the incident is on it. */
function sayMatrix(say: Face['say'], state: IncidentState, pack: Pack): void {
  const nowMs = Date.now()
  const matrix = escalationMatrix(pack, nowMs)
  const picture = escalationPicture(clockInputOf(state), pack, { types: null, atMs: nowMs, nowMs })
  const titleOf = (type: string | null) => pack.incidentTypes.find(({ id }) => id === type)?.title ?? ''
  const codeOf = (severity: string) => pack.severities.find(({ id }) => id === severity)?.code ?? severity
  const own = new Set(state.core.classifications.at(-1)?.types.map(({ id }) => id) ?? [])
  const rows = matrix.flatMap(({ severity, type, calls }) =>
    calls.map(({ title, after, onCall, edge, role }) => {
      const rung = picture.rungs.find((one) => one.edge === edge)
      const isHere = state.core.severity?.id === severity && (type === null || own.size === 0 || own.has(type))
      const called = rung?.roles.find((one) => one.role === role)?.calls.map(({ result }) => result) ?? []
      const here = !isHere ? '' : [rung?.here === true ? '<- you are here' : '', ...called].filter(Boolean).join(', ')
      return [codeOf(severity), titleOf(type), title, after, onCall.said, here]
    }),
  )
  say(
    { matrix, picture },
    rows.length === 0
      ? ['The runbook states no escalation.']
      : table([['LEVEL', 'TYPE', 'WHO', 'AFTER', 'ON CALL', 'HERE'], ...rows]),
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
