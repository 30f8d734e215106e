import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { containerDetails, containerSummary } from '../../../shared/exercises/docker-containers.ts'
import { engineEvents, eventJson } from '../../../shared/exercises/docker-events.ts'
import { engineInfo, engineVersion } from '../../../shared/exercises/docker-host.ts'
import { containerStats } from '../../../shared/exercises/docker-stats.ts'
import { engineDisk, engineImages, engineNetworks } from '../../../shared/exercises/docker-store.ts'
import { lookAt, type ServiceMoment, serviceNamed } from '../../../shared/exercises/world.ts'
import { practice, restart, start, worldWith } from './practice.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** An answer of a real dockerd 20.10.24 (API 1.41), recorded. */
function recorded(name: string): Json {
  return JSON.parse(readFileSync(new URL(`./fixtures/docker-20.10.24/${name}.json`, import.meta.url), 'utf8')) as Json
}

/** Maps whose names are data, cgroup v1 counters that v2 has not, and what only the recording's own setting has. */
const passedOver =
  /\.(Labels|Networks|Ports|PortBindings|ExposedPorts|Attributes|IndexConfigs|Runtimes|Config|Details)$|\.percpu_usage$|memory_stats|\.GraphDriver\.Data|networks$|_recursive$|\.DriverStatus|\.Components/

/** Every field that the real answer has and ours has not, or has as another type. A null on either side says nothing. */
function differences(real: Json, ours: Json | undefined, path = ''): string[] {
  if (passedOver.test(path)) return []
  if (ours === undefined) return [`${path} is missing`]
  if (real === null || ours === null) return []
  if (Array.isArray(real)) {
    const [first] = real
    const [own] = Array.isArray(ours) ? ours : []
    if (!Array.isArray(ours)) return [`${path} is no list`]
    return first === undefined || own === undefined ? [] : differences(first, own, `${path}[]`)
  }
  if (typeof real !== typeof ours) return [`${path} is a ${typeof ours}`]
  if (typeof real !== 'object' || typeof ours !== 'object' || Array.isArray(ours)) return []
  return Object.entries(real).flatMap(([name, value]) => differences(value, ours[name], `${path}.${name}`))
}

const moment = lookAt(worldWith(restart('redis', 1)), start + 6_000)
function one(name: string): ServiceMoment {
  const found = serviceNamed(moment, name)
  if (!found) throw new Error(`The practice has no ${name}`)
  return found
}
const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json

describe('every field of a real dockerd is there, as the same type', () => {
  test.each([
    ['inspect-running', () => containerDetails(moment, one('redis'))],
    ['inspect-oom', () => containerDetails(moment, one('postgres'))],
    ['inspect-unhealthy', () => containerDetails(moment, one('backend'))],
    ['list', () => moment.services.map((service) => containerSummary(moment, service))],
    ['stats-running', () => containerStats(moment, one('gateway'), moment.now - 1_000)],
    ['stats-exited', () => containerStats(moment, one('postgres'), null)],
    ['version', () => engineVersion(practice)],
    ['info', () => engineInfo(moment)],
    ['images', () => engineImages(moment)],
    ['networks', () => engineNetworks(moment)],
    ['disk', () => engineDisk(moment)],
  ])('%s', (name, answer) => {
    expect(differences(recorded(name), json(answer()))).toEqual([])
  })

  test('inspect-restarting', () => {
    const waiting = Array.from({ length: 10 }, (_, seconds) => lookAt(worldWith(), start + seconds * 1000))
      .map((look) => ({ look, worker: serviceNamed(look, 'worker') }))
      .find(({ worker }) => worker?.status === 'restarting')
    if (!waiting?.worker) throw new Error('worker never waits')
    const details = json(containerDetails(waiting.look, waiting.worker))
    expect(differences(recorded('inspect-restarting'), details)).toEqual([])
    const real = recorded('inspect-restarting') as { State: Record<string, Json> }
    const { Status, Running, Restarting, Pid, ExitCode, OOMKilled } = real.State
    expect(details).toMatchObject({ State: { Status, Running, Restarting, Pid, ExitCode, OOMKilled } })
  })

  test('events', () => {
    const ours = engineEvents(moment).map((event) => JSON.parse(eventJson(event)) as { Action: string })
    for (const real of recorded('events') as { Action: string }[]) {
      const own = ours.find((event) => event.Action === real.Action)
      if (own) expect(differences(real as Json, own as Json)).toEqual([])
    }
    expect(new Set(ours.map((event) => event.Action))).toEqual(
      new Set(['start', 'restart', 'kill', 'stop', 'oom', 'die', 'health_status: healthy', 'health_status: unhealthy']),
    )
  })
})

test('a killed container says the same of its state as a real one', () => {
  const real = recorded('inspect-oom') as { State: Record<string, Json> }
  const { Health, StartedAt: _started, FinishedAt: _finished, ...state } = real.State
  const ours = containerDetails(moment, one('postgres'))
  expect(ours).toMatchObject({
    State: { ...state, Health: { Status: (Health as { Status: Json }).Status, FailingStreak: 0 } },
  })
  expect(ours).toMatchObject({
    State: { FinishedAt: expect.stringMatching(/^2026-11-21T08:53:08/) as unknown },
    HostConfig: { Memory: 536_870_912 },
  })
})

test('compose labels name project, service and what it depends on', () => {
  expect(containerSummary(moment, one('backend'))).toMatchObject({
    Names: ['/infinity-os-backend-1'],
    Status: 'Up 27 hours (unhealthy)',
    Labels: {
      'com.docker.compose.project': 'infinity-os',
      'com.docker.compose.service': 'backend',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.config-hash': expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      'com.docker.compose.depends_on': 'postgres:service_healthy:false,redis:service_started:false',
    },
  })
})

test('CPU % computes from one sample as docker computes it', () => {
  const stats = containerStats(moment, one('backend'), moment.now - 1_000) as {
    cpu_stats: { cpu_usage: { total_usage: number }; system_cpu_usage: number; online_cpus: number }
    precpu_stats: { cpu_usage: { total_usage: number }; system_cpu_usage: number }
  }
  const used = stats.cpu_stats.cpu_usage.total_usage - stats.precpu_stats.cpu_usage.total_usage
  const passed = stats.cpu_stats.system_cpu_usage - stats.precpu_stats.system_cpu_usage
  const percent = (used / passed) * stats.cpu_stats.online_cpus * 100
  expect(percent).toBeGreaterThan(4)
  expect(percent).toBeLessThan(13)
})

test('no container of the practice publishes a port or mounts a folder of this machine', () => {
  const details = moment.services.map(
    (service) => json(containerDetails(moment, service)) as Record<string, Record<string, Json>>,
  )
  expect(details.map((each) => each['HostConfig']?.['PortBindings'])).toEqual(details.map(() => ({})))
  expect(JSON.stringify(details)).not.toMatch(/"HostPort"|"Type":"bind"/)
})

test('an event keeps its nanoseconds', () => {
  const [oom] = engineEvents(moment).filter((event) => event.action === 'oom')
  if (!oom) throw new Error('The practice has no oom event')
  expect(eventJson(oom)).toContain(`"time":1795251188,"timeNano":1795251188000${String(oom.nanos).padStart(6, '0')}}\n`)
})
