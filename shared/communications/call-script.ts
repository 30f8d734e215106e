import type { IncidentState } from '../incident/state.ts'
import type { Pack } from '../packs/pack.ts'

/** Whom a script is read to, and by whom. */
export interface Calling {
  /** The role that is called, by its id and title. */
  readonly role: string
  readonly title: string
  /** Who is called; null where no name is known. */
  readonly person: string | null
  /** Why they are called now, as a clause. */
  readonly why: string
  /** Who reads it out; null where nobody said. */
  readonly by: string | null
  /** Where they are called back; null where it is not known. */
  readonly callBack: string | null
}

const EXERCISE = 'EXERCISE EXERCISE EXERCISE.'

/**
 * What to say on the telephone, a sentence or two a line: who calls, what is wrong and how bad, what they are needed for, where
 * to join, where to call back. Of the state alone; `nowMs` is ms since 1970, times are told in UTC. Pure.
 */
export function callScript(state: IncidentState, pack: Pack | null, calling: Calling, nowMs: number): string[] {
  const { core, mode } = state
  const isExercise = mode === 'exercise'
  return [
    ...(isExercise ? [EXERCISE] : []),
    `${greeting(calling)}${introduction(state, calling)}`,
    `${sentence(core.title)} ${severityWords(state)}`,
    core.impact === null
      ? `The impact is not stated yet. It began at ${clock(core.detectedAt)} UTC.`
      : `${sentence(core.impact.text)} It began at ${clock(core.detectedAt)} UTC.`,
    `I call you because ${sentence(calling.why, false)} ${needed(calling, pack)}`,
    joinWords(state),
    calling.callBack === null
      ? 'If we are cut off, call me back: [say your number].'
      : `If we are cut off, call me back: ${calling.callBack}.`,
    `It is ${clock(new Date(nowMs).toISOString())} UTC. Do you take it, yes or no?`,
    ...(isExercise ? [EXERCISE] : []),
  ]
}

function greeting({ person, title }: Calling): string {
  return `${person === null ? `Is this the ${title}?` : `${person}?`} `
}

function introduction({ core, roles }: IncidentState, { by }: Calling): string {
  const who = by ?? '[say your name]'
  const commander = roles.commander?.name ?? null
  const incident = `incident ${core.number}`
  if (commander === null) return `This is ${who}, calling for ${incident}. Nobody commands it yet.`
  if (commander === by) return `This is ${who}. I command ${incident}.`
  return `This is ${who}, calling for ${commander}, who commands ${incident}.`
}

function severityWords({ core }: IncidentState): string {
  const { severity, assumed } = core
  if (severity === null) return 'How bad it is has not been said yet.'
  return `It is ${severity.code}, ${severity.name}${assumed ? '; that is assumed until we know' : ''}.`
}

function needed({ role, title }: Calling, pack: Pack | null): string {
  const contact = pack?.contacts.find((one) => one.role === role && one.responsibility !== null)
  const does = contact?.responsibility ?? pack?.roles.find(({ id }) => id === role)?.summary ?? null
  return does === null ? `We need you as ${title}.` : `We need you as ${title}: ${sentence(does)}`
}

function joinWords({ core }: IncidentState): string {
  const bridge = core.links.find(({ link }) => link === 'bridge') ?? null
  const channel = core.links.find(({ link }) => link === 'channel') ?? null
  if (bridge !== null) return `Join the bridge now: ${bridge.url}`
  if (channel !== null) return `There is no bridge. Join the channel now: ${channel.title ?? channel.url}`
  return 'There is no bridge link yet: stay on this line.'
}

/** 'HH:MM', UTC. */
function clock(time: string): string {
  return time.slice(11, 16)
}

/** A text as a sentence: it ends with a stop, and begins with a capital unless it goes on from words before it. */
function sentence(text: string, begins = true): string {
  const trimmed = text.trim()
  const ended = /[.!?:]$/.test(trimmed) ? trimmed : `${trimmed}.`
  return begins ? ended.charAt(0).toUpperCase() + ended.slice(1) : ended
}
