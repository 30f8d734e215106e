import type { EngineEvent } from '../docker/snapshot.ts'
import { containerDraft, hasNoCauseOfItsOwn, quoteOf, toldTrouble } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import { type Draft, tierByAge } from './draft.ts'
import { exitCodeInWords } from './exit-codes.ts'
import { typed } from './words.ts'

const tenMinutes = 600_000
const fewRestarts = 3
const shortRun = 30_000

interface Loop {
  /** `gave-up`: the engine stopped trying after the policy's count. */
  readonly as: 'waiting' | 'running-again' | 'gave-up'
  readonly exitCode: number | null
  readonly since: string | null
  readonly fromEvents: boolean
}

/**
 * D04, a restart loop. A symptom: the finding tells how each run ends and what was said, as far as that can be read.
 */
export function loopDraft(view: ContainerView, now: number): Draft | null {
  const loop = loopOf(view, now)
  if (loop === null) return null
  const { name } = view.object
  const restarts = view.facts?.restarts ?? 0
  const times = restarts === 0 ? '' : ` ${restarts} ${restarts === 1 ? 'restart' : 'restarts'} so far.`
  const ends = loop.exitCode === null ? 'its runs end' : `each run ends with ${exitCodeInWords(loop.exitCode)}`
  return containerDraft(view, {
    code: 'D04',
    tier: loop.as === 'gave-up' ? tierByAge(view.endedAt, now) : 1,
    title: loop.as === 'gave-up' ? `${name} stays down after ${restarts} restarts` : `${name} restarts again and again`,
    why: `${ends[0]?.toUpperCase()}${ends.slice(1)}. ${quoteOf(view)}${times}`,
    cause: causeOf(view, loop.exitCode),
    sure: loop.as === 'running-again' ? 'likely' : 'measured',
    since: loop.since,
    signs: ['restart-loop', 'service-down'],
    next: `Read why its runs end: docker logs --tail 50 ${typed(name)}`,
    mayFollow: loop.exitCode !== 0 && hasNoCauseOfItsOwn(view),
    quotesLog: true,
    ...(loop.fromEvents && { alsoFrom: [engineItems.events] }),
  })
}

function causeOf(view: ContainerView, exitCode: number | null): string | null {
  const told = toldTrouble(view)
  if (told !== null) return told
  if (exitCode === 0) return 'its command ends by itself, and its restart policy starts it again'
  return exitCode === null ? null : exitCodeInWords(exitCode)
}

/** Whether it is in one: waiting for its next try, caught between two deaths, or given up by its policy. */
function loopOf(view: ContainerView, now: number): Loop | null {
  const { facts, state, exitCode } = view
  const deaths = recentDeaths(view, now)
  const since = deaths[0]?.at ?? null
  const fromEvents = deaths.length > 0
  if (state === 'restarting' || facts?.restarting === true) return { as: 'waiting', exitCode, since, fromEvents }
  if (state === 'running' && facts !== null && facts.startedAt !== null) {
    const upMs = now - Date.parse(facts.startedAt)
    const isLoop = deaths.length >= fewRestarts && upMs < settledAfter(view.events)
    // The engine may have forgotten the deaths (it keeps 256 events of all kinds); the count it keeps. It rises only when
    // the engine itself restarts a container, and a start by hand sets it back to 0 (moby 20.10, ResetRestartManager).
    const isCounted = facts.restarts >= fewRestarts && upMs < shortRun
    if (isLoop || isCounted) {
      return { as: 'running-again', exitCode: deaths.at(-1)?.exitCode ?? null, since, fromEvents }
    }
  }
  const gaveUp =
    state === 'exited' &&
    facts !== null &&
    facts.exitCode !== 0 &&
    facts.restartPolicy.name === 'on-failure' &&
    facts.restartPolicy.maximumRetries > 0 &&
    facts.restarts >= facts.restartPolicy.maximumRetries
  return gaveUp ? { as: 'gave-up', exitCode, since: facts.finishedAt, fromEvents: false } : null
}

/**
 * Its deaths of the last ten minutes, oldest first: those since somebody last stopped or restarted it, and not asked for
 * by a call.
 */
function recentDeaths({ events }: ContainerView, now: number): EngineEvent[] {
  const mended = events.findLastIndex(({ action }) => action === 'stop' || action === 'restart')
  return events.filter(({ action, at }, place) => {
    if (action !== 'die' || place < mended || now - Date.parse(at) > tenMinutes) return false
    return !runBefore(events, place).some((event) => event.action === 'kill')
  })
}

/** A run that lasts twice as long as any of those that ended is taken for one that holds: the loop is over. */
function settledAfter(events: readonly EngineEvent[]): number {
  const runs = events.flatMap((event, place) => {
    if (event.action !== 'die') return []
    const start = events.slice(0, place).findLast(({ action }) => action === 'start')
    return start === undefined ? [] : [Date.parse(event.at) - Date.parse(start.at)]
  })
  return Math.min(tenMinutes, Math.max(shortRun, 2 * Math.max(0, ...runs.slice(-fewRestarts))))
}

function runBefore(events: readonly EngineEvent[], place: number): readonly EngineEvent[] {
  const before = events.slice(0, place)
  return before.slice(before.findLastIndex(({ action }) => action === 'start') + 1)
}
