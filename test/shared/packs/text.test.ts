import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findHidden, lineSchema, maskHidden, packIdSchema, proseSchema } from '../../../shared/packs/text.ts'

it('takes the words of any language, with their signs and emoji', () => {
  for (const text of [
    'Störung',
    'неполадка',
    '障害',
    'خرابی',
    'می‌رود',
    '🔴 P1',
    '✅',
    '👩‍🚒',
    'a\tb',
    '≥ 5 %',
    '“quoted” — so',
  ]) {
    expect(findHidden(text)).toBeNull()
    expect(lineSchema.safeParse(text).success).toBe(true)
  }
})

it('finds what hides: where, and its name', () => {
  expect(findHidden('ab\u202ecd')).toEqual({ index: 2, name: 'U+202E' })
  expect(findHidden('\u0000')).toEqual({ index: 0, name: 'U+0000' })
  expect(findHidden('a\u{e0041}')).toEqual({ index: 1, name: 'U+E0041' })
  expect(findHidden('a\ud800')).toEqual({ index: 1, name: 'U+D800' })
})

it('keeps a line on one line and prose on several', () => {
  expect(lineSchema.safeParse('a\nb').success).toBe(false)
  expect(proseSchema.safeParse('a\nb').success).toBe(true)
  expect(lineSchema.safeParse('').success).toBe(false)
})

it('masks until nothing is hidden and changes nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const masked = maskHidden(text)
      expect(findHidden(masked)).toBeNull()
      if (findHidden(text) === null) expect(masked).toBe(text)
    }),
  )
})

it('takes ids of lower-case words and no path', () => {
  expect(packIdSchema.safeParse('on-call-2').success).toBe(true)
  for (const id of ['', 'A', 'a_b', '-a', 'a-', 'a--b', '../a', 'a/b', '__proto__', 'a'.repeat(65)]) {
    expect(packIdSchema.safeParse(id).success).toBe(false)
  }
})
