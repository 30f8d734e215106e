import type { Scenario, Service } from './scenario.ts'
import { covers, gaps, overlap, type Span } from './spans.ts'

/** Something done to the world from outside. Later kinds of mitigation join here. */
export type WorldEvent = { readonly kind: 'restart'; readonly service: string; readonly at: number }

/** One run of a service from start to end; moments in ms since the epoch, `Infinity` is 'not yet'. */
export type Life = {
  readonly startedAt: number
  readonly readyAt: number
  /** when it ceases to serve: the signal, the kill or the exit */
  readonly stopsAt: number
  readonly endedAt: number
  readonly endedBy: 'fault' | 'needs' | 'restart' | null
  readonly exitCode: number
  readonly outOfMemory: boolean
}

/** What became of a service up to a moment. */
export type Course = {
  /** oldest first; of a long restart loop only the newest */
  readonly lives: readonly [Life, ...Life[]]
  /** restarts by the policy since the last start by hand, as docker's RestartCount counts them */
  readonly restarts: number
  /** dead now, and to be started at this moment by its policy or by hand */
  readonly waiting: { readonly until: number; readonly by: 'policy' | 'hand' } | null
  /** when it was up and booted, and when it and all that it needs worked */
  readonly ready: readonly Span[]
  readonly working: readonly Span[]
}

/** All that decides a service's course besides its own definition. */
type Surroundings = {
  readonly startAt: number
  readonly now: number
  readonly faults: Scenario['faults']
  readonly events: readonly WorldEvent[]
  readonly restartDelay: Scenario['engine']['restartDelay']
  /** when everything that the service needs worked */
  readonly needsWork: readonly Span[]
}

/** From the order to start to the process running, ms. */
const startTakesMs = 200
/** A run of this length makes dockerd forget how long it waited before: moby, restartmanager.go. */
const forgetsDelayAfterMs = 10_000
const livesKept = 200

/** Walks a service's lives from its first start up to `now`; the same surroundings give the same course. */
export function courseOf(service: Service, around: Surroundings): Course {
  const orders = around.events
    .filter((event) => event.service === service.name && event.at <= around.now)
    .map((event) => event.at)
    .toSorted((a, b) => a - b)
  const lives: Life[] = []
  const ready: Span[] = []
  let nextOrder = 0
  let restarts = 0
  let delayMs = 0
  let start = around.startAt - service.up * 1000
  let by: 'policy' | 'hand' = 'hand'

  for (;;) {
    const life = lifeFrom(start, { service, around, order: orders[nextOrder] })
    lives.push(life)
    if (lives.length > 2 * livesKept) lives.splice(1, livesKept)
    if (life.readyAt < life.stopsAt) ready.push({ from: life.readyAt, to: life.stopsAt })
    if (life.endedBy === null || life.endedAt > around.now) {
      return finish({ lives, ready, restarts, waiting: null }, around)
    }

    const order = life.endedBy === 'restart' ? life.stopsAt : orders[nextOrder]
    const delayBefore = delayMs
    delayMs = delayAfter(life, delayMs, around.restartDelay)
    const policyStart = life.endedBy !== 'restart' && isRestarted(service, life) ? life.endedAt + delayMs : Infinity
    if (order !== undefined && order < policyStart) {
      nextOrder += 1
      restarts = 0
      delayMs = 0
      start = Math.max(order, life.endedAt) + startTakesMs
      by = 'hand'
    } else if (policyStart < Infinity) {
      restarts += 1
      start = policyStart
      by = 'policy'
      if (delayBefore === delayMs) {
        const periodMs = life.endedAt - life.startedAt + delayMs
        const skipped = roundsToSkip(
          { periodMs, from: start, until: Math.min(order ?? Infinity, around.now) },
          around.needsWork,
        )
        restarts += skipped
        start += skipped * periodMs
      }
    } else {
      return finish({ lives, ready, restarts, waiting: null }, around)
    }
    if (start > around.now) return finish({ lives, ready, restarts, waiting: { until: start, by } }, around)
  }
}

/** One life: up to the first of what ends it, as far as `now` can know. */
function lifeFrom(
  startedAt: number,
  { service, around, order }: { service: Service; around: Surroundings; order: number | undefined },
): Life {
  const readyAt = startedAt + service.boots * 1000
  const life = { startedAt, readyAt, outOfMemory: false }
  const ordered = order === undefined ? Infinity : Math.max(order, startedAt)
  const killed = Math.min(
    ...around.faults
      .filter((fault) => fault.service === service.name)
      .map((fault) => around.startAt - fault.before * 1000)
      .filter((at) => at >= startedAt),
  )
  const exits = service.withoutNeeds.does === 'exit' ? service.withoutNeeds : null
  const lost = exits ? (gaps(around.needsWork, startedAt, Infinity)[0]?.from ?? Infinity) : Infinity
  const exited = lost + (exits?.after ?? 0) * 1000

  const first = Math.min(ordered, killed, exited)
  if (first > around.now) {
    return { ...life, stopsAt: Infinity, endedAt: Infinity, endedBy: null, exitCode: 0 }
  }
  if (first === killed) {
    return { ...life, stopsAt: killed, endedAt: killed, endedBy: 'fault', exitCode: 137, outOfMemory: true }
  }
  if (first === ordered) {
    const endedAt = ordered + service.stops * 1000
    return { ...life, stopsAt: ordered, endedAt, endedBy: 'restart', exitCode: service.stopCode }
  }
  return { ...life, stopsAt: exited, endedAt: exited, endedBy: 'needs', exitCode: exits?.code ?? 1 }
}

function isRestarted({ restartPolicy }: Service, { exitCode }: Life): boolean {
  return restartPolicy === 'on-failure' ? exitCode !== 0 : restartPolicy !== 'no'
}

function delayAfter(life: Life, before: number, { first, longest }: Surroundings['restartDelay']): number {
  if (before === 0 || life.endedAt - life.startedAt >= forgetsDelayAfterMs) return first * 1000
  return Math.min(before * 2, longest * 1000)
}

/**
 * A restart loop repeats itself exactly while what it lacks stays away: of a loop of days only the newest rounds are
 * walked, so that looking costs the same however long the exercise is left running.
 */
function roundsToSkip(loop: { periodMs: number; from: number; until: number }, needsWork: readonly Span[]): number {
  if (covers(needsWork, loop.from)) return 0
  const back = needsWork.find((span) => span.from > loop.from)?.from ?? Infinity
  const rounds = Math.floor((Math.min(loop.until, back) - loop.from) / loop.periodMs)
  return Math.max(0, rounds - livesKept)
}

function finish(course: Omit<Course, 'working' | 'lives'> & { lives: Life[] }, around: Surroundings): Course {
  const [first, ...later] = course.lives
  if (!first) throw new Error('A service without a life')
  return { ...course, lives: [first, ...later], working: overlap(course.ready, around.needsWork) }
}
