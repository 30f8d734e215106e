import { describe, expect, it, test } from 'vitest'
import { compilePattern, patternCaps } from '../../../shared/patterns/pattern.ts'

function troubleWith(source: string) {
  const read = compilePattern(source)
  if ('pattern' in read) throw new Error(`${source} was taken`)
  return read.trouble
}

function taken(source: string) {
  const read = compilePattern(source)
  if ('trouble' in read) throw new Error(`${source} was refused: ${read.trouble.happened}`)
  return read.pattern
}

describe('what RE2 cannot do is refused, with the place and the reason', () => {
  test.each([
    ['error(?=:)', 5, "looks around with '(?='"],
    ['a(?!b)', 1, "looks around with '(?!'"],
    ['(?<=x)y', 0, "looks around with '(?<='"],
    ['(?<!x)y', 0, "looks around with '(?<!'"],
    ['(a)b\\1', 4, "refers back to a group with '\\1'"],
    ['(?<n>a)\\k<n>', 7, "refers back to a group with '\\k'"],
    ['(?P<n>a)(?P=n)', 8, "refers back to a group with '(?P='"],
    ['(?>a+)b', 0, "holds the group '(?>', which RE2 does not have"],
    ['(?x) a', 0, "holds the group '(?x', which RE2 does not have"],
    ['a++', 1, "repeats what is repeated already ('++')"],
    ['a{1000}{1000}', 1, "repeats what is repeated already ('{1000}{')"],
    ['a{1001}', 1, 'repeats {1001} times'],
    ['a{3,2}', 1, 'repeats {3,2} times'],
    ['*a', 0, 'repeats nothing'],
    ['(a', 0, 'opens a group and does not close it'],
    ['a)', 1, 'closes a group that was not opened'],
    ['a[bc', 1, "opens a set with '[' and does not close it"],
    ['a\\', 1, "ends with '\\'"],
    ['a\\u0041', 1, "holds '\\u', which RE2 does not have"],
    ['[z-a]', 1, "is not RE2 syntax: invalid character class range at 'z-a'"],
    ['\\p{Klingon}', 0, "is not RE2 syntax: invalid character class range at '\\p{Klingon}'"],
  ])('%s', (source, at, happened) => {
    const trouble = troubleWith(source)
    expect({ at: trouble.at, happened: trouble.happened }).toEqual({ at, happened })
    expect(trouble.next).not.toBe('')
  })
})

describe('what would be slow for each character is refused before it is built', () => {
  test.each([
    ['too long', 'a'.repeat(patternCaps.characters + 1)],
    ['repeats of repeats', '((a{30}){30}){30}'],
    ['many repeats', 'a{1000}b{1000}c{1000}'],
    ['repeats of much', `(?:${'ab'.repeat(100)}){100}`],
    ['optional parts inside each other', `${'('.repeat(40)}a${'){0,3}'.repeat(40)}`],
    ['deep groups', `${'('.repeat(300)}a${')'.repeat(300)}`],
  ])('%s', (_, source) => {
    expect(troubleWith(source).happened).toMatch(/^is (?:longer|too large)|^nests/)
  })
})

it('takes what the runbooks look for', () => {
  expect(taken('(ERROR|WARN|CRITICAL)').test('2026-11-21 WARN disk')).toBe(true)
  expect(taken('UNAUTHORIZED|FAILED_AUTH').test('unauthorized')).toBe(false)
  expect(taken('(?i)auth|security|unauthorized').test('Unauthorized')).toBe(true)
  expect(taken('rate.*limit').test('rate-limit')).toBe(true)
  expect(taken('\\b5\\d\\d\\b').test('status 503 for /')).toBe(true)
})

it('looks at no more of a line than a heavy pattern can bear', () => {
  expect(taken('ERROR').reach).toBe(patternCaps.reach)
  const heavy = taken('(a|b)*a(a|b){300}c')
  expect(heavy.reach).toBeLessThan(patternCaps.reach)
  expect(heavy.reach).toBeGreaterThan(60_000)
  expect(taken('.{900}x').test(`${'y'.repeat(900)}x`)).toBe(true)
})
