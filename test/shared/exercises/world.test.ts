import { describe, expect, test } from 'vitest'
import { lookAt } from '../../../shared/exercises/world.ts'
import { processorMs } from '../../best-of.ts'
import { at, practice, restart, start, worldWith } from './practice.ts'

describe('before anybody does anything', () => {
  test('postgres lies dead of memory, and nothing will start it', () => {
    const { status, life, course, usage } = at(0, 'postgres')
    expect({ status, exitCode: life.exitCode, outOfMemory: life.outOfMemory }).toEqual({
      status: 'exited',
      exitCode: 137,
      outOfMemory: true,
    })
    expect(life.endedAt).toBe(start - 412_000)
    expect([course.waiting, usage]).toEqual([null, null])
  })

  test('backend runs and is unhealthy, for its check cannot reach postgres', () => {
    const { status, health, course } = at(0, 'backend')
    expect([status, health?.status, course.restarts]).toEqual(['running', 'unhealthy', 0])
    expect(health?.log.at(-1)).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('postgres:5432 failed: Connection refused') as unknown,
    })
  })

  test('worker is in a restart loop: it ends with 1, waits up to six seconds and starts again', () => {
    const seen = Array.from({ length: 60 }, (_, seconds) => at(seconds, 'worker'))
    expect(new Set(seen.map((one) => one.status))).toEqual(new Set(['running', 'restarting']))
    expect(seen.every((one) => one.status === 'running' || one.life.exitCode === 1)).toBe(true)
    expect(at(60, 'worker').course.restarts - at(0, 'worker').course.restarts).toBe(7)
  })

  test('gateway and redis run and are healthy', () => {
    for (const name of ['gateway', 'redis']) {
      const { status, health, course } = at(0, name)
      expect([status, health?.status, course.restarts]).toEqual(['running', 'healthy', 0])
    }
  })
})

describe('restarting', () => {
  test('postgres cures everything within seconds', () => {
    const cure = restart('postgres', 1)
    expect(at(3, 'postgres', cure)).toMatchObject({
      status: 'running',
      life: { outOfMemory: false },
      health: { status: 'starting' },
    })
    expect(at(20, 'postgres', cure).health?.status).toBe('healthy')
    expect(at(20, 'backend', cure).health?.status).toBe('healthy')
    const early = at(20, 'worker', cure)
    const late = at(600, 'worker', cure)
    expect([early.status, late.status]).toEqual(['running', 'running'])
    expect(late.course.restarts).toBe(early.course.restarts)
  })

  test('backend alone does not: it comes up, and its check fails again', () => {
    const tried = restart('backend', 1)
    expect(at(3, 'backend', tried).health?.status).toBe('starting')
    expect(at(40, 'backend', tried)).toMatchObject({ status: 'running', health: { status: 'unhealthy' } })
    expect(at(40, 'postgres', tried).status).toBe('exited')
  })

  test('worker alone does not: its count begins anew and grows again', () => {
    const tried = restart('worker', 10)
    expect(at(11, 'worker', tried)).toMatchObject({ status: 'running', course: { restarts: 0 } })
    expect(at(70, 'worker', tried).course.restarts).toBeGreaterThan(5)
  })

  test('what runs is stopped first, and starts as a new life', () => {
    const tried = restart('redis', 5)
    const stopping = at(5.1, 'redis', tried)
    const up = at(6, 'redis', tried)
    expect(stopping.life.startedAt).toBe(at(0, 'redis').life.startedAt)
    expect(up.life.startedAt).toBe(start + 5_500)
    expect(up.course.lives[0]).toMatchObject({ endedBy: 'restart', exitCode: 0, outOfMemory: false })
  })

  test('a short stop of postgres leaves backend healthy, and worker comes back by itself', () => {
    const events = [restart('postgres', 1), restart('postgres', 60)]
    expect(at(66, 'backend', ...events).health?.status).toBe('healthy')
    expect(at(90, 'worker', ...events).status).toBe('running')
  })

  test('restarts in quick succession are taken one after the other', () => {
    const { course } = at(30, 'redis', restart('redis', 5), restart('redis', 5.1), restart('redis', 5.2))
    expect(course.lives.map((life) => life.endedBy)).toEqual(['restart', 'restart', 'restart', null])
    for (const [nth, life] of course.lives.entries()) {
      expect(life.startedAt).toBeGreaterThan(course.lives[nth - 1]?.endedAt ?? -Infinity)
    }
  })
})

test('a world left running for a year answers at once, its loop still turning', () => {
  const year = 365 * 86_400
  let worker = at(0, 'worker')
  expect(processorMs(() => (worker = at(year, 'worker')))).toBeLessThan(200)
  expect(worker.course.lives.length).toBeLessThan(500)
  // 2.2 s up and 6 s of waiting each time
  expect(worker.course.restarts).toBeGreaterThan(year / 8.3)
  expect(worker.course.restarts).toBeLessThan(year / 8.1)
  expect(start + year * 1000 - worker.life.startedAt).toBeLessThan(8_200)
})

test('walking a loop in rounds or skipping them comes to the same', () => {
  const slow = { ...practice, engine: { ...practice.engine, restartDelay: { first: 0.1, longest: 0.4 } } }
  const startsSeen = new Set<number>()
  for (let seconds = 0; seconds < 1_500; seconds += 1) {
    const worker = lookAt({ scenario: slow, startAt: start, events: [] }, start + seconds * 1000).services[3]
    if (worker) startsSeen.add(worker.life.startedAt)
  }
  const starts = [...startsSeen].toSorted((a, b) => a - b)
  const steps = starts.slice(1).map((at, nth) => at - (starts[nth] ?? 0))
  expect(new Set(steps)).toEqual(new Set([2_600]))
})

test('events after the moment looked at do not count, and a moment before the start reads as the start', () => {
  const later = restart('postgres', 100)
  expect(lookAt(worldWith(later), start + 50_000).services).toEqual(lookAt(worldWith(), start + 50_000).services)
  expect(lookAt(worldWith(), start - 5_000).now).toBe(start)
})
