import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { WorldEvent } from '../../../shared/exercises/course.ts'
import { type Scenario, scenarioSchema } from '../../../shared/exercises/scenario.ts'
import { lookAt, type ServiceMoment, serviceNamed, type World } from '../../../shared/exercises/world.ts'

/** The practice as it ships. */
export const practiceFile = new URL('../../../assets/exercises/practice.yaml', import.meta.url)
export const practice: Scenario = scenarioSchema.parse(parse(readFileSync(practiceFile, 'utf8')))

/** When the worlds of these tests begin. */
export const start = Date.parse('2026-11-21T09:00:00.000Z')

/** A restart so many seconds after the start. */
export function restart(service: string, seconds: number): WorldEvent {
  return { kind: 'restart', service, at: start + seconds * 1000 }
}

export function worldWith(...events: WorldEvent[]): World {
  return { scenario: practice, startAt: start, events }
}

/** A service of the practice so many seconds after the start. */
export function at(seconds: number, service: string, ...events: WorldEvent[]): ServiceMoment {
  const found = serviceNamed(lookAt(worldWith(...events), start + seconds * 1000), service)
  if (!found) throw new Error(`The practice has no ${service}`)
  return found
}
