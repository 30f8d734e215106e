import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { RefusalError } from '../../../shared/refusal.ts'

test('what is written reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('the order in which keys were set changes nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).toReversed())
      expect(canonicalJson(reversed)).toBe(canonicalJson(object))
    }),
  )
})

test('a key called __proto__ is kept as any other', () => {
  const value: unknown = JSON.parse('{"__proto__":{"admin":true},"a":1}')
  expect(canonicalJson(value)).toBe('{"__proto__":{"admin":true},"a":1}')
})

test.each([
  ['half of a surrogate pair', 'bad \ud800 text'],
  ['half of a surrogate pair in a key', { '\udc00': 1 }],
  ['infinity', Number.POSITIVE_INFINITY],
  ['not a number', Number.NaN],
  ['undefined inside', { a: undefined }],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a bigint', 1n],
  ['undefined in an array', [1, undefined]],
])('refuses %s', (_what, value) => {
  expect(() => canonicalJson(value)).toThrow(RefusalError)
})

test('refuses nesting deeper than 200 levels', () => {
  let value: unknown = 1
  for (let level = 0; level < 250; level += 1) value = [value]
  expect(() => canonicalJson(value)).toThrow(RefusalError)
})
