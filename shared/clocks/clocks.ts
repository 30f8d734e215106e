import type { Pack, PackSeverity } from '../packs/pack.ts'
import { spellLimit } from './duration.ts'

/** What the clocks are computed from. Times are ISO UTC with milliseconds; null: has not happened. */
export interface ClockInput {
  /** Both empty where the entry of the declaration cannot be read; then no response clock runs. */
  readonly declaredAt: string
  readonly detectedAt: string
  /** Every severity in the order it was set, by its id in the pack. */
  readonly severities: readonly { readonly at: string; readonly severity: string }[]
  readonly respondedAt: string | null
  readonly resolvedAt: string | null
  readonly falseAlarm: boolean
  /** When the post-mortem was delivered. One from before the resolution does not count. */
  readonly postMortemAt: string | null
  readonly commander: string | null
}

/**
 * - `running`   time is left
 * - `soon`      four fifths of the time are gone
 * - `breached`  the time is over and what was due has not happened
 * - `met`       what was due happened in time
 * - `stopped`   it ended otherwise: what was due happened late, or is no longer asked for
 */
export type ClockState = 'running' | 'soon' | 'breached' | 'met' | 'stopped'

/** One deadline. Times are ISO UTC with milliseconds. */
export interface Clock {
  /** Lasting name; together with `dueAt` it says which alarm was given. */
  readonly id: string
  readonly title: string
  /** Whose it is: the commander's name, or null while nobody commands. */
  readonly owner: string | null
  readonly startedAt: string
  /** The first moment that is too late. */
  readonly dueAt: string
  readonly state: ClockState
  /** Which rule of the pack made it, in a sentence. */
  readonly rule: string
  /** What stops it, in a sentence. */
  readonly stoppedBy: string
  /** When it ended; null while it runs or is overdue. */
  readonly endedAt: string | null
  /** Time to `dueAt`, from now or from `endedAt`: negative is how late. */
  readonly msLeft: number
}

/** A clock is `soon` when this part of its time is left: one fifth. */
const soonPart = 5

/**
 * The clocks of an incident at `nowMs` (milliseconds since 1970): overdue ones first, the longest overdue on top, then
 * those that run, soonest first, then those that ended. Computed anew each time, so no restart or sleep loses one.
 */
export function clocksOf(input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  return [responseClock(input, pack, nowMs), postMortemClock(input, pack, nowMs)]
    .filter((clock) => clock !== null)
    .toSorted((a, b) => order(a) - order(b) || Date.parse(a.dueAt) - Date.parse(b.dueAt))
}

function order(clock: Clock): number {
  if (clock.endedAt !== null) return 2
  return clock.state === 'breached' ? 0 : 1
}

/**
 * The response clock follows the severity in force. It counts from when the incident has been at least that severe
 * without a break: from detection for the first severity, from the raise for a raised one. Lowering it gives the longer
 * time from where the worse level began, or from detection if the first one was as bad. Once somebody responded,
 * a later severity asks for no second response.
 */
function responseClock(input: ClockInput, pack: Pack, nowMs: number): Clock | null {
  const ended = earliest(input.respondedAt, input.resolvedAt)
  const set = severitiesUntil(input, pack, ended)
  const current = set.at(-1)?.severity
  if (current === undefined || current.respondWithinMinutes === null) return null
  return clock(nowMs, {
    id: 'response',
    title: 'First response',
    owner: input.commander,
    startMs: startOf(set, current, detectionMs(input)),
    minutes: current.respondWithinMinutes,
    rule: `${current.code} ${current.name}: respond within ${spellLimit(current.respondWithinMinutes)}.`,
    stoppedBy: 'The first response is logged.',
    endedAt: ended,
    done: ended !== null && ended === input.respondedAt,
  })
}

interface SetSeverity {
  readonly atMs: number
  readonly severity: PackSeverity
}

/** The severities set until `ended`; the first one even if it was set later, since it holds from detection. */
function severitiesUntil(input: ClockInput, pack: Pack, ended: string | null): SetSeverity[] {
  const all = input.severities.flatMap(({ at, severity: id }) => {
    const severity = pack.severities.find((one) => one.id === id)
    return severity === undefined ? [] : [{ atMs: Date.parse(at), severity }]
  })
  return ended === null ? all : all.filter(({ atMs }, index) => index === 0 || atMs <= Date.parse(ended))
}

function startOf(set: readonly SetSeverity[], current: PackSeverity, detected: number): number {
  const milder = set.findLastIndex(({ severity }) => severity.rank > current.rank)
  if (milder < 0) return detected
  return Math.max(detected, Math.min(...set.slice(milder + 1).map(({ atMs }) => atMs)))
}

function postMortemClock(input: ClockInput, pack: Pack, nowMs: number): Clock | null {
  const hours = pack.postMortem.dueWithinHours
  if (hours === null || input.resolvedAt === null || input.falseAlarm) return null
  const delivered = input.postMortemAt !== null && input.postMortemAt >= input.resolvedAt ? input.postMortemAt : null
  return clock(nowMs, {
    id: 'post-mortem',
    title: 'Post-mortem',
    owner: input.commander,
    startMs: Date.parse(input.resolvedAt),
    minutes: hours * 60,
    rule: `Post-mortem within ${spellLimit(hours * 60)} after the incident is resolved.`,
    stoppedBy: 'The post-mortem is exported.',
    endedAt: delivered,
    done: delivered !== null,
  })
}

interface Rule {
  readonly id: string
  readonly title: string
  readonly owner: string | null
  readonly startMs: number
  readonly minutes: number
  readonly rule: string
  readonly stoppedBy: string
  readonly endedAt: string | null
  /** Whether it ended because what was due happened. */
  readonly done: boolean
}

/** The last moment that the journal's form of time can write. */
const endOfTimeMs = Date.parse('9999-12-31T23:59:59.999Z')

function clock(nowMs: number, { startMs, minutes, done, ...said }: Rule): Clock | null {
  if (Number.isNaN(startMs)) return null
  const dueMs = Math.min(startMs + minutes * 60_000, endOfTimeMs)
  const lastsMs = dueMs - startMs
  const msLeft = dueMs - (said.endedAt === null ? nowMs : Date.parse(said.endedAt))
  return {
    ...said,
    startedAt: new Date(startMs).toISOString(),
    dueAt: new Date(dueMs).toISOString(),
    state: said.endedAt === null ? openState(msLeft, lastsMs) : done && msLeft > 0 ? 'met' : 'stopped',
    msLeft,
  }
}

function openState(msLeft: number, lastsMs: number): ClockState {
  if (msLeft <= 0) return 'breached'
  return msLeft <= lastsMs / soonPart ? 'soon' : 'running'
}

/** Detection, or the declaration if that is given as the earlier of the two. */
function detectionMs({ detectedAt, declaredAt }: ClockInput): number {
  return Math.min(Date.parse(detectedAt), Date.parse(declaredAt))
}

/** ISO times of one form sort as text. */
function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a <= b ? a : b
}
