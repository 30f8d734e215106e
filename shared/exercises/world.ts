import { type Course, courseOf, type Life, type WorldEvent } from './course.ts'
import { type Health, healthOf } from './health.ts'
import type { Scenario, Service } from './scenario.ts'
import { overlap, type Span } from './spans.ts'
import { type Usage, usageOf } from './usage.ts'

/**
 * A simulated compose project. Its state at any moment is a pure function of scenario (with its seed), start, events
 * and that moment: nothing is stored, so two teams with the same scenario meet the same world.
 */
export type World = {
  readonly scenario: Scenario
  /** the moment the exercise began, ms since the epoch; faults lie before it */
  readonly startAt: number
  /** in any order; events after the moment looked at do not count */
  readonly events: readonly WorldEvent[]
}

/** A service at a moment. */
export type ServiceMoment = {
  readonly service: Service
  /** its place in the scenario, from 0 */
  readonly index: number
  readonly course: Course
  /** when all that it needs worked */
  readonly needsWork: readonly Span[]
  /** the present life, or the last one */
  readonly life: Life
  readonly status: 'running' | 'restarting' | 'exited'
  readonly health: Health | null
  /** null unless it runs */
  readonly usage: Usage | null
}

export type WorldMoment = {
  readonly world: World
  readonly now: number
  /** in the scenario's order */
  readonly services: readonly ServiceMoment[]
}

/** The world at a moment; a moment before the start reads as the start. */
export function lookAt(world: World, moment: number): WorldMoment {
  const now = Math.max(moment, world.startAt)
  const services: ServiceMoment[] = []
  for (const [index, service] of world.scenario.services.entries()) {
    services.push(serviceAt({ service, index, above: services }, world, now))
  }
  return { world, now, services }
}

/** The service of that name, or null. */
export function serviceNamed(moment: WorldMoment, name: string): ServiceMoment | null {
  return moment.services.find((one) => one.service.name === name) ?? null
}

/** Whether its health check would pass at each moment of the service's lives. */
export function passingSpans(one: Pick<ServiceMoment, 'service' | 'course'>): readonly Span[] {
  return one.service.withoutNeeds.does === 'fail its check' ? one.course.working : one.course.ready
}

function serviceAt(
  { service, index, above }: { service: Service; index: number; above: readonly ServiceMoment[] },
  world: World,
  now: number,
): ServiceMoment {
  const { scenario, startAt, events } = world
  const needsWork = service.needs.reduce<readonly Span[]>(
    (spans, name) => overlap(spans, above.find((one) => one.service.name === name)?.course.working ?? []),
    [{ from: -Infinity, to: Infinity }],
  )
  const { restartDelay } = scenario.engine
  const course = courseOf(service, { startAt, now, faults: scenario.faults, events, restartDelay, needsWork })
  const life = course.lives.at(-1) ?? course.lives[0]
  const passing = passingSpans({ service, course })
  const status = life.endedAt > now ? 'running' : course.waiting?.by === 'policy' ? 'restarting' : 'exited'
  return {
    service,
    index,
    course,
    needsWork,
    life,
    status,
    health: healthOf(service, life, { now, passing, seed: scenario.seed }),
    usage: status === 'running' ? usageOf(service, life, { now, seed: scenario.seed }) : null,
  }
}
