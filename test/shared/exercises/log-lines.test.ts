import { describe, expect, test } from 'vitest'
import { linesOf } from '../../../shared/exercises/log-lines.ts'
import { isLogText, writeLogText } from '../../../shared/exercises/log-text.ts'
import { lookAt, serviceNamed } from '../../../shared/exercises/world.ts'
import { restart, start, worldWith } from './practice.ts'

function lines(service: string, seconds: number, ...events: Parameters<typeof worldWith>) {
  const moment = lookAt(worldWith(...events), start + seconds * 1000)
  const one = serviceNamed(moment, service)
  if (!one) throw new Error(`The practice has no ${service}`)
  return linesOf(moment, one)
}

describe('what the logs tell', () => {
  test('the last words of postgres are of a large query, and nothing follows its end', () => {
    const last = lines('postgres', 60).slice(-4)
    expect(last.map((line) => line.text).join('\n')).toMatch(
      /temporary file.*\n.*terminated by signal 9: Killed\n.*jsonb_agg.*\n/,
    )
    expect(last.every((line) => line.at < start - 412_000)).toBe(true)
  })

  test('worker gives its reason before each end', () => {
    const moment = lookAt(worldWith(), start)
    const worker = serviceNamed(moment, 'worker')
    const ends = worker?.course.lives.filter((life) => life.endedBy === 'needs').map((life) => life.endedAt) ?? []
    const reasons = lines('worker', 0).filter((line) =>
      line.text.includes('CRITICAL infinity.worker cannot reach the database'),
    )
    expect(ends.length).toBeGreaterThan(40)
    expect(reasons.map((line) => [line.at, line.to])).toEqual(ends.map((at) => [at - 50, 'stderr']))
  })

  test('gateway writes 502 since the fault and 200 before it', () => {
    const access = lines('gateway', 0).filter((line) => line.text.includes('/api/') && line.to === 'stdout')
    const after = access.filter((line) => line.at > start - 411_000)
    expect(after.length).toBeGreaterThan(100)
    expect(after.every((line) => line.text.includes('" 502 '))).toBe(true)
    expect(access.filter((line) => line.at < start - 413_000).every((line) => line.text.includes('" 200 '))).toBe(true)
  })

  test('redis warned once of memory overcommit', () => {
    expect(lines('redis', 0).filter((line) => line.text.includes('WARNING Memory overcommit'))).toHaveLength(1)
  })

  test('after the cure gateway answers 200 again', () => {
    const since = lines('gateway', 120, restart('postgres', 1)).filter((line) => line.at > start + 30_000)
    expect(since.some((line) => line.text.includes('/api/'))).toBe(true)
    expect(since.some((line) => line.text.includes(' 502 '))).toBe(false)
  })
})

test('lines are in order and none is of the future', () => {
  const some = lines('gateway', 37)
  expect(some.length).toBeGreaterThan(1_000)
  for (const [nth, line] of some.entries()) {
    expect(line.at).toBeGreaterThanOrEqual(some[nth - 1]?.at ?? 0)
    expect(line.at).toBeLessThanOrEqual(start + 37_000)
  }
})

describe('fields of a line', () => {
  const input = { at: start + 742, seed: 1, key: 'k', ipOf: (name: string) => `ip of ${name}` }

  test('write the time as each program does', () => {
    expect(writeLogText('%{iso} | %{pg} | %{clf} | %{ngx} | %{redis}', input)).toBe(
      '2026-11-21T09:00:00.742Z | 2026-11-21 09:00:00.742 UTC | 21/Nov/2026:09:00:00 +0000 | 2026/11/21 09:00:00 | 21 Nov 2026 09:00:00.742',
    )
  })

  test('choose by chance, and always the same', () => {
    const text = '%{int:3:5} %{pick:a|b} %{hex:6} %{ip:postgres}'
    expect(writeLogText(text, input)).toMatch(/^[345] [ab] [0-9a-f]{6} ip of postgres$/)
    expect(writeLogText(text, input)).toBe(writeLogText(text, input))
  })

  test('are known by name and form', () => {
    expect(['%{iso}', 'plain {x} 5%', '%{int:1:2}'].map(isLogText)).toEqual([true, true, true])
    expect(['%{iso:1}', '%{int:1}', '%{hex:99}', '%{nope}', '%{constructor}'].map(isLogText)).toEqual(
      Array(5).fill(false),
    )
  })
})
