import { expect, test } from 'vitest'
import { ago, bytes, clockFace, memory, running, shortTime, span, timeOfDay } from '../../../renderer/words/time.ts'

const now = Date.parse('2026-11-21T14:07:31.000Z')

test('running time has hours, and days from the second on', () => {
  expect(running(4_544_000)).toBe('01:15:44')
  expect(running(90_000_000)).toBe('1 d 01:00:00')
  expect(running(-5)).toBe('00:00:00')
})

test('a clock reads minutes under an hour and hours from a day on', () => {
  expect(clockFace(252_000)).toBe('4:12')
  expect(clockFace(-130_000)).toBe('2:10')
  expect(clockFace(3_852_000)).toBe('1:04:12')
  expect(clockFace(71 * 3_600_000)).toBe('71 h')
})

test('spans and ages are in words', () => {
  expect(span(15 * 60_000)).toBe('15 min')
  expect(span(90 * 60_000)).toBe('1 h 30 min')
  expect(span(72 * 3_600_000)).toBe('3 days')
  expect(ago(now - 6 * 60_000, now)).toBe('6 min ago')
  expect(ago(now - 2000, now)).toBe('just now')
})

test('a time of another day carries its date', () => {
  expect(timeOfDay('2026-11-21T14:07:31.000Z', 'utc')).toBe('14:07:31')
  expect(shortTime('2026-11-21T13:00:00.000Z', now, 'utc')).toBe('13:00')
  expect(shortTime('2026-11-20T23:50:00.000Z', now, 'utc')).toBe('2026-11-20 23:50')
})

test('memory is counted as Docker counts it', () => {
  expect([5_000_000, 134_217_728, 1_610_612_736].map(memory)).toEqual(['4.8 MiB', '128 MiB', '1.5 GiB'])
})

test('sizes are decimal', () => {
  expect([999, 1200, 18_204_112, 999_999_999].map(bytes)).toEqual(['999 B', '1.2 kB', '18.2 MB', '1.0 GB'])
})
