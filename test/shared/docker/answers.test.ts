import { describe, expect, test } from 'vitest'
import {
  eventAnswerSchema,
  eventOf,
  listedContainerSchema,
  statsAnswerSchema,
  usageOf,
} from '../../../shared/docker/answers.ts'
import { factsOf, inspectAnswerSchema } from '../../../shared/docker/container-answer.ts'
import { composePlaceOf } from '../../../shared/docker/compose.ts'
import { readStatusWords } from '../../../shared/docker/status-words.ts'

const inspected = {
  Id: 'a1',
  RestartCount: 2,
  State: {
    Status: 'running',
    Running: true,
    ExitCode: 0,
    StartedAt: '2026-01-02T03:04:05.678901234Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: { Status: 'healthy', FailingStreak: 0, Log: null },
  },
  HostConfig: { Memory: 16, RestartPolicy: { Name: '', MaximumRetryCount: 0 } },
  Config: { Tty: true },
}

describe('reading an inspection', () => {
  test('takes times to the millisecond, year 1 as none, and no policy as no', () => {
    const facts = factsOf(inspectAnswerSchema.parse(inspected))
    expect(facts).toMatchObject({
      startedAt: '2026-01-02T03:04:05.678Z',
      finishedAt: null,
      restartPolicy: { name: 'no', maximumRetries: 0 },
      health: { status: 'healthy', failingStreak: 0, checks: [] },
      memoryLimitBytes: 16,
      tty: true,
      restarts: 2,
    })
  })

  test('leaves out a published port that cannot be one', () => {
    const bind = (HostPort: string) => [{ HostIp: '', HostPort }]
    const Ports = { '80/tcp': bind('70000'), '70000/tcp': bind('9'), '81/tcp': bind('65535'), '82/tcp': bind('0') }
    const { published } = factsOf(inspectAnswerSchema.parse({ ...inspected, NetworkSettings: { Ports } }))
    expect(published).toEqual([{ inside: '81/tcp', hostAddress: '', hostPort: 65_535 }])
  })

  test('has no health where the check is turned off', () => {
    const State = { ...inspected.State, Health: { Status: 'none' } }
    expect(factsOf(inspectAnswerSchema.parse({ ...inspected, State })).health).toBeNull()
  })

  test.each([{}, { ...inspected, State: null }, { ...inspected, State: { Status: 1 } }, [], 'x', null])(
    'is refused by its schema for %j',
    (answer) => {
      expect(inspectAnswerSchema.safeParse(answer).success).toBe(false)
    },
  )
})

describe('an id', () => {
  test.each(['', '..', '../x', 'a/b', 'a?b', 'a b', 'a%2f', `a${'b'.repeat(200)}`])('may not be %j', (Id) => {
    expect(listedContainerSchema.safeParse({ Id, State: 'running' }).success).toBe(false)
  })
})

describe('reading statistics', () => {
  const cpu = (total: number, system: number) => ({
    cpu_usage: { total_usage: total },
    system_cpu_usage: system,
    online_cpus: 2,
  })
  const usage = (answer: object) => usageOf('a1', statsAnswerSchema.parse(answer))

  test('gives percent of one core, and memory without the page cache', () => {
    const stats = { total_inactive_file: 300 }
    expect(
      usage({
        cpu_stats: cpu(150, 2_000),
        precpu_stats: cpu(100, 1_900),
        memory_stats: { usage: 1_000, limit: 4_000, stats },
      }),
    ).toMatchObject({ id: 'a1', cpuPercent: 100, memoryBytes: 700, memoryLimitBytes: 4_000 })
  })

  test('tells how much of its time it was held back, and how near it is to its limit of processes', () => {
    const held = (periods: number, throttled_periods: number) => ({ throttling_data: { periods, throttled_periods } })
    expect(
      usage({
        cpu_stats: { ...cpu(150, 2_000), ...held(110, 40) },
        precpu_stats: { ...cpu(100, 1_900), ...held(100, 35) },
        memory_stats: {},
        pids_stats: { current: 48, limit: 50 },
      }),
    ).toMatchObject({ throttledPart: 0.5, processes: 48, processLimit: 50 })
    const noLimit = { current: 3, limit: 2 ** 64 }
    expect(usage({ cpu_stats: cpu(1, 2), memory_stats: {}, pids_stats: noLimit })).toMatchObject({
      throttledPart: null,
      processes: 3,
      processLimit: null,
    })
  })

  test('has no percentage without a first sample', () => {
    const empty = { cpu_usage: { total_usage: 0 } }
    expect(usage({ cpu_stats: cpu(150, 2_000), precpu_stats: empty, memory_stats: {} })).toMatchObject({
      id: 'a1',
      cpuPercent: null,
      memoryBytes: 0,
      memoryLimitBytes: null,
    })
  })
})

describe('reading an event', () => {
  test('takes the exit code and the signal, and the time to the millisecond', () => {
    const Actor = { ID: 'a1', Attributes: { name: 'web', exitCode: '137', signal: '9' } }
    const answer = {
      Type: 'container',
      Action: 'die',
      Actor,
      time: 1_767_323_045,
      timeNano: 1_767_323_045_678 * 1_000_000 + 901_234,
    }
    expect(eventOf(eventAnswerSchema.parse(answer))).toEqual({
      at: '2026-01-02T03:04:05.678Z',
      action: 'die',
      container: 'a1',
      name: 'web',
      exitCode: 137,
      signal: 9,
    })
  })

  test('is null for what is no container', () => {
    const answer = { Type: 'network', Action: 'connect', Actor: { ID: 'n', Attributes: null }, time: 1 }
    expect(eventOf(eventAnswerSchema.parse(answer))).toBeNull()
  })
})

test('the sentence of the list tells exit code and health', () => {
  expect(readStatusWords('Exited (137) 2 minutes ago')).toEqual({ exitCode: 137, health: null })
  expect(readStatusWords('Restarting (1) 4 seconds ago')).toEqual({ exitCode: 1, health: null })
  expect(readStatusWords('Up 3 hours (unhealthy)')).toEqual({ exitCode: null, health: 'unhealthy' })
  expect(readStatusWords('Up 2 seconds (health: starting)')).toEqual({ exitCode: null, health: 'starting' })
  expect(readStatusWords('Up 3 hours')).toEqual({ exitCode: null, health: null })
})

test("compose's labels tell project, service, what it waits for, and whether it is a task for once", () => {
  const labels = {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'api',
    'com.docker.compose.depends_on': 'db:service_healthy:true,cache:service_started:false',
    'com.docker.compose.oneoff': 'False',
  }
  expect(composePlaceOf(labels)).toEqual({ project: 'shop', service: 'api', dependsOn: ['db', 'cache'], oneOff: false })
  expect(composePlaceOf({})).toEqual({ project: null, service: null, dependsOn: [], oneOff: false })
})
