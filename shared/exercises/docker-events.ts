import { chanceInt } from './chance.ts'
import { composeLabels, containerId, containerName } from './docker-identity.ts'
import { healthOf } from './health.ts'
import { passingSpans, type ServiceMoment, type WorldMoment } from './world.ts'

/** Something that the engine tells of a container; `nanos` are the nanoseconds beyond the millisecond `at`. */
export type EngineEvent = {
  readonly at: number
  readonly nanos: number
  readonly id: string
  readonly image: string
  readonly action: string
  readonly attributes: Readonly<Record<string, string>>
}

type Draft = { at: number; action: string; attributes?: Record<string, string> }

/**
 * The events after `after` up to and including the world's now, oldest first. Checks themselves (`exec_create` and
 * its kin) are left out.
 */
export function engineEvents(moment: WorldMoment, after = -Infinity): EngineEvent[] {
  return moment.services
    .flatMap((one) => serviceEvents(moment, one))
    .filter(({ at }) => at > after && at <= moment.now)
    .toSorted((a, b) => a.at - b.at || a.nanos - b.nanos)
}

/** The event as one line of JSON. Written by hand where its nanoseconds are more than a number can hold. */
export function eventJson({ at, nanos, id, image, action, attributes }: EngineEvent): string {
  const actor = { ID: id, Attributes: attributes }
  const body = JSON.stringify({
    status: action,
    id,
    from: image,
    Type: 'container',
    Action: action,
    Actor: actor,
    scope: 'local',
    time: Math.floor(at / 1000),
  })
  return `${body.slice(0, -1)},"timeNano":${at}${String(nanos).padStart(6, '0')}}\n`
}

function serviceEvents(moment: WorldMoment, one: ServiceMoment): EngineEvent[] {
  const { scenario } = moment.world
  const { service } = one
  const fixed = { ...composeLabels(scenario, service), image: service.image, name: containerName(scenario, service) }
  const id = containerId(scenario, service)
  let beside = 0
  let last = -Infinity
  return draftsOf(moment, one).map(({ at, action, attributes }) => {
    beside = at === last ? beside + 1 : 0
    last = at
    const nanos = beside * 700 + chanceInt([1_000, 900_000], scenario.seed, service.name, 'events', at)
    return { at: Math.floor(at), nanos, id, image: service.image, action, attributes: { ...fixed, ...attributes } }
  })
}

function draftsOf(moment: WorldMoment, one: ServiceMoment): Draft[] {
  const { service, course } = one
  const drafts: Draft[] = []
  let byHand = false
  for (const life of course.lives) {
    drafts.push({ at: life.startedAt, action: 'start' })
    if (byHand) drafts.push({ at: life.startedAt, action: 'restart' })
    const checks = { now: moment.now, passing: passingSpans(one), seed: moment.world.scenario.seed }
    for (const { at, status } of healthOf(service, life, checks)?.changes ?? []) {
      drafts.push({ at, action: `health_status: ${status}` })
    }
    byHand = life.endedBy === 'restart'
    if (byHand) drafts.push({ at: life.stopsAt, action: 'kill', attributes: { signal: '15' } })
    if (life.outOfMemory) drafts.push({ at: life.endedAt, action: 'oom' })
    if (life.endedBy !== null)
      drafts.push({ at: life.endedAt, action: 'die', attributes: { exitCode: String(life.exitCode) } })
    if (byHand) drafts.push({ at: life.endedAt, action: 'stop' })
  }
  return drafts
}
