import type { WorldEvent } from '../../shared/exercises/course.ts'
import { containerDetails, containerSummary } from '../../shared/exercises/docker-containers.ts'
import { engineEvents } from '../../shared/exercises/docker-events.ts'
import { engineInfo, engineVersion } from '../../shared/exercises/docker-host.ts'
import { engineDisk, engineImages, engineNetworks } from '../../shared/exercises/docker-store.ts'
import { composeLabels, containerId, containerName } from '../../shared/exercises/docker-identity.ts'
import { containerStats } from '../../shared/exercises/docker-stats.ts'
import { linesOf } from '../../shared/exercises/log-lines.ts'
import type { Scenario } from '../../shared/exercises/scenario.ts'
import { lookAt, type ServiceMoment, serviceNamed, type World, type WorldMoment } from '../../shared/exercises/world.ts'
import { ApiError, type ServedContainer, type ServedEngine } from './served-engine.ts'

/** The most restarts one exercise takes; far above what a person does, and it bounds what a script can do. */
const restartsAtMost = 1_000

/** No restart of a world takes longer than this. */
const restartLooksAheadMs = 60_000

/**
 * A world as an engine that can be served. `clock` gives ms since the epoch and never runs backwards; the exercise
 * begins at its first reading.
 */
export function worldEngine(scenario: Scenario, clock: () => number): ServedEngine {
  let world: World = { scenario, startAt: clock(), events: [] }
  let lastLook = world.startAt

  return {
    version: scenario.engine.version,
    apiVersion: scenario.engine.apiVersion,
    minApiVersion: scenario.engine.minApiVersion,
    look: () => {
      const moment = lookAt(world, clock())
      lastLook = moment.now
      return {
        now: moment.now,
        containers: moment.services.toSorted(newestFirst).map((one) => servedContainer(moment, one)),
        version: () => engineVersion(scenario),
        info: () => engineInfo(moment),
        images: () => engineImages(moment),
        networks: () => engineNetworks(moment),
        disk: () => engineDisk(moment),
        events: (after) => engineEvents(moment, after),
      }
    },
    restart: async (id) => {
      const service = scenario.services.find((one) => containerId(scenario, one) === id)
      if (!service) throw new ApiError(404, `No such container: ${id}`)
      if (world.events.length >= restartsAtMost) {
        throw new ApiError(500, `the simulated engine takes ${restartsAtMost} restarts and no more`)
      }
      // What somebody has looked at stays as it was: the event comes after it.
      const event: WorldEvent = { kind: 'restart', service: service.name, at: Math.max(clock(), lastLook + 1) }
      world = { ...world, events: [...world.events, event] }
      const startsAt = nextStart(lookAt(world, event.at + restartLooksAheadMs), event)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, startsAt - clock())))
    },
  }
}

/** As an engine lists its containers: by creation. */
function newestFirst(a: ServiceMoment, b: ServiceMoment): number {
  return b.course.lives[0].startedAt - a.course.lives[0].startedAt
}

/** A world tells its future: when the restarted service runs again. */
function nextStart(later: WorldMoment, event: WorldEvent): number {
  const lives = serviceNamed(later, event.service)?.course.lives ?? []
  return lives.find((life) => life.startedAt > event.at)?.startedAt ?? event.at
}

function servedContainer(moment: WorldMoment, one: ServiceMoment): ServedContainer {
  const { scenario } = moment.world
  const { service } = one
  return {
    id: containerId(scenario, service),
    name: containerName(scenario, service),
    image: service.image,
    tty: false,
    state: one.status,
    health: one.health?.status ?? 'none',
    labels: composeLabels(scenario, service),
    summary: () => containerSummary(moment, one),
    details: () => containerDetails(moment, one),
    stats: (before) => containerStats(moment, one, before),
    lines: (from) => linesOf(moment, one, from),
  }
}
