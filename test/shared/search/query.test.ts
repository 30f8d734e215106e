import { expect, test } from 'vitest'
import { readFilters } from '../../../shared/search/filters.ts'
import { readMoment } from '../../../shared/search/moments.ts'
import { readQuery } from '../../../shared/search/query.ts'

const whole = { typing: false }
const nowMs = Date.parse('2026-11-21T12:00:00.000Z')

test('words, phrases, beginnings, exclusions and filters are told apart', () => {
  expect(readQuery('pool "exit code" conn* -gate by:"Ana Ruiz" -kind:noted', whole)).toEqual({
    wanted: [
      { words: ['pool'], prefix: false, said: 'pool' },
      { words: ['exit', 'code'], prefix: false, said: '"exit code"' },
      { words: ['conn'], prefix: true, said: 'conn*' },
    ],
    unwanted: [{ words: ['gate'], prefix: false, said: '-gate' }],
    filters: [
      { field: 'by', value: 'Ana Ruiz', not: false, said: 'by:"Ana Ruiz"' },
      { field: 'kind', value: 'noted', not: true, said: '-kind:noted' },
    ],
    problems: [],
  })
})

test('while somebody types, the last word may go on, unless it was ended or is to be left out', () => {
  const goesOn = (text: string) => readQuery(text, { typing: true }).wanted.at(-1)?.prefix
  expect(goesOn('pool ex')).toBe(true)
  expect(goesOn('pool ex ')).toBe(false)
  expect(goesOn('"exit co')).toBe(true)
  expect(goesOn('"exit code"')).toBe(false)
  expect(goesOn('10.0.')).toBe(false)
  expect(readQuery('pool -ex', { typing: true }).unwanted[0]?.prefix).toBe(false)
})

test('what is no field is words, and a field without a value yet is nothing', () => {
  expect(readQuery('http://10.0.0.5:80', whole).wanted[0]?.words).toEqual(['http', '10', '0', '0', '5', '80'])
  expect(readQuery('pool by:', whole)).toMatchObject({ wanted: [{ words: ['pool'] }], filters: [] })
  expect(readQuery('- -- " ** --data', whole)).toMatchObject({ wanted: [{ words: ['data'] }], unwanted: [] })
})

test('more than anybody types is cut, and said', () => {
  const { wanted, problems } = readQuery('word '.repeat(50), whole)
  expect(wanted).toHaveLength(32)
  expect(problems).toHaveLength(1)
})

test.each([
  ['2026-11-21', '2026-11-21T00:00:00.000Z', '2026-11-20T22:00:00.000Z'],
  ['2026-11-21T14:05Z', '2026-11-21T14:05:00.000Z', '2026-11-21T14:05:00.000Z'],
  ['11:30', '2026-11-21T11:30:00.000Z', '2026-11-21T09:30:00.000Z'],
  ['23:00', '2026-11-20T23:00:00.000Z', '2026-11-20T21:00:00.000Z'],
  ['2h', '2026-11-21T10:00:00.000Z', '2026-11-21T10:00:00.000Z'],
  ['yesterday', '2026-11-20T00:00:00.000Z', '2026-11-19T22:00:00.000Z'],
  ['2026-02-30', null, null],
  ['soon', null, null],
])('%s is a moment, in UTC and two hours ahead of it', (typed, utc, ahead) => {
  const read = (offsetMinutes: number) => {
    const ms = readMoment(typed, { nowMs, offsetMinutes })
    return ms === null ? null : new Date(ms).toISOString()
  }
  expect([read(0), read(120)]).toEqual([utc, ahead])
})

test('filters of time narrow, of mode widen; what cannot be read is said and left out', () => {
  const read = readFilters(readQuery('after:2h after:1h before:30min is:live is:exercise is:blue', whole), {
    nowMs,
    offsetMinutes: 0,
  })
  expect(read).toMatchObject({
    after: '2026-11-21T11:00:00.000Z',
    before: '2026-11-21T11:30:00.000Z',
    starred: { wanted: false, unwanted: false },
  })
  expect([...(read.modes ?? [])]).toEqual(['live', 'exercise'])
  expect(read.problems).toEqual([expect.stringContaining("'is:blue'")])
})
