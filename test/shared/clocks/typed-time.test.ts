import { expect, test } from 'vitest'
import { readTypedTime } from '../../../shared/clocks/typed-time.ts'

const now = Date.parse('2026-11-21T14:07:31.000Z')
const read = (text: string) => readTypedTime(text, now, 'utc')

test('empty is now', () => {
  expect(read(' ')).toEqual({ is: 'now' })
})

test('a time of day is today, or yesterday if it is still to come', () => {
  expect(read('14:05')).toEqual({ is: 'time', iso: '2026-11-21T14:05:00.000Z' })
  expect(read('14.05.30')).toEqual({ is: 'time', iso: '2026-11-21T14:05:30.000Z' })
  expect(read('23:50')).toEqual({ is: 'time', iso: '2026-11-20T23:50:00.000Z' })
})

test('a span is so long ago', () => {
  expect(read('20 min')).toEqual({ is: 'time', iso: '2026-11-21T13:47:31.000Z' })
  expect(read('2h')).toEqual({ is: 'time', iso: '2026-11-21T12:07:31.000Z' })
})

test('a date may stand before it, but not in the future', () => {
  expect(read('2026-11-20 23:50')).toEqual({ is: 'time', iso: '2026-11-20T23:50:00.000Z' })
  expect(read('2026-11-22 08:00')).toEqual({ is: 'wrong', why: 'future' })
})

test.each(['25:00', '12:60', 'noon', '2026-02-30 10:00', '14', '1:5'])("'%s' is no time", (text) => {
  expect(read(text)).toEqual({ is: 'wrong', why: 'form' })
})
