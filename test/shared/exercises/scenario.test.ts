import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { scenarioSchema } from '../../../shared/exercises/scenario.ts'
import { practice, practiceFile } from './practice.ts'

const raw = () =>
  parse(readFileSync(practiceFile, 'utf8')) as {
    services: Record<string, unknown>[]
    faults: Record<string, unknown>[]
  }

function problems(change: (scenario: ReturnType<typeof raw>) => void): string[] {
  const scenario = raw()
  change(scenario)
  return scenarioSchema.safeParse(scenario).error?.issues.map((issue) => issue.message) ?? []
}

test('the practice is a compose project of five services', () => {
  expect(practice.project).toBe('infinity-os')
  expect(practice.services.map((service) => service.name)).toEqual([
    'postgres',
    'redis',
    'backend',
    'worker',
    'gateway',
  ])
})

test('every secret of the practice says that it is none', () => {
  const secrets = practice.services.flatMap(({ env }) =>
    Object.entries(env).filter(([name]) => /PASSWORD|SECRET/.test(name)),
  )
  expect(secrets.map(([name]) => name)).toEqual(['POSTGRES_PASSWORD', 'JWT_SECRET'])
  for (const [, value] of secrets) expect(value).toMatch(/^practice-only-not-a-real-/)
})

test('a service that needs one below it is refused, so there is no circle', () => {
  expect(problems((scenario) => Object.assign(scenario.services[0] ?? {}, { needs: ['gateway'] }))).toEqual([
    'postgres needs gateway, which must stand above it',
  ])
})

test('a fault of an unknown service, or of one without a limit, is refused', () => {
  expect(problems((scenario) => Object.assign(scenario.faults[0] ?? {}, { service: 'mongo' }))).toEqual([
    'there is no service mongo',
  ])
  expect(problems((scenario) => Object.assign(scenario.services[0] ?? {}, { memoryLimit: 0 }))).toEqual([
    'postgres has no memory limit to reach',
  ])
})

test('a log line with an unknown field, and two services of one name, are refused', () => {
  const log = { boot: [{ after: 0, text: '%{password}' }] }
  expect(problems((scenario) => Object.assign(scenario.services[0] ?? {}, { log }))).toEqual([
    'has a field that log lines do not know',
  ])
  expect(problems((scenario) => Object.assign(scenario.services[1] ?? {}, { name: 'postgres' }))).toContain(
    'is there twice',
  )
})
