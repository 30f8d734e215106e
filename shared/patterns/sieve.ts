import { RE2JS } from 're2js'
import type { Pattern } from './pattern.ts'
import type { PatternTree } from './pattern-tree.ts'

/**
 * A pattern over bytes, for ripgrep with `--no-unicode`, that matches at least every line that `pattern` matches: what
 * it lets through is judged by the pattern itself. The two engines read `\d`, `\b`, `$`, sets and broken UTF-8 each in
 * their own way; a sieve that is only ever too coarse makes that harmless, and is fast, since it knows bytes alone.
 *
 * A line is without its line feed; a carriage return before that may be there.
 */
export function sieveOf({ tree }: Pattern): string {
  return written(tree, true)
}

/** One character beyond ASCII, or a piece of broken UTF-8 that stands for one. */
const beyond = '[\\x80-\\xff]{1,4}'
const never = '[^\\x00-\\xff]'

/** `atEnd`: whether nothing of the pattern follows. */
function written(tree: PatternTree, atEnd: boolean): string {
  switch (tree.kind) {
    case 'literal':
      return literal(tree.text, tree.fold)
    case 'set':
      return setOf(tree.text, tree.fold)
    case 'start':
      return '^'
    case 'end':
      // Before a carriage return nothing can be asserted, so elsewhere it is left out.
      return atEnd ? '\\r?$' : '(?:)'
    case 'word-edge':
      return '\\b'
    case 'no-word-edge':
      return '\\B'
    case 'sequence':
      return tree.parts.map((part, index) => written(part, atEnd && index === tree.parts.length - 1)).join('')
    case 'either':
      return `(?:${tree.parts.map((part) => written(part, atEnd)).join('|')})`
    case 'repeat':
      return `(?:${written(tree.part, false)})${bounds(tree.min, tree.max)}`
  }
}

function bounds(min: number, max: number | null): string {
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  return min === 0 && max === 1 ? '?' : `{${min},${max}}`
}

function literal(text: string, fold: boolean): string {
  const code = text.codePointAt(0) ?? 0
  if (code >= 0x80) return fold || code === 0xfffd || (code >= 0xd800 && code < 0xe000) ? beyond : utf8(code)
  // No line holds a line feed, and ripgrep takes no pattern that names one.
  if (code === 10) return never
  const lower = text.toLowerCase()
  if (!fold || lower === text.toUpperCase()) return byte(code)
  const both = `[${lower}${text.toUpperCase()}]`
  // The Kelvin sign and the long s fold to k and s.
  return /[ks]/.test(lower) ? `(?:${both}|${beyond})` : both
}

function setOf(text: string, fold: boolean): string {
  if (text === '.') return `(?:[\\x00-\\x09\\x0b-\\x7f]|${beyond})`
  const members = asciiMembers(text, fold)
  const ascii = members.length === 0 ? '' : `[${ranges(members)}]`
  if (!mayHoldMore(text, fold)) return ascii === '' ? never : ascii
  return ascii === '' ? beyond : `(?:${ascii}|${beyond})`
}

/** The codes below 128 that are in the set, as RE2 itself reads it. */
function asciiMembers(text: string, fold: boolean): number[] {
  const compiled = RE2JS.compile(`${fold ? '(?i)' : ''}${text}`)
  return Array.from({ length: 128 }, (_, code) => code).filter(
    (code) => code !== 10 && compiled.testExact(String.fromCharCode(code)),
  )
}

/** Whether a set may hold characters beyond ASCII: only those are left out that evidently do not. */
function mayHoldMore(text: string, fold: boolean): boolean {
  return fold || /\[\^|\[:\^|\\[DSWpPx0-7]|[^\x20-\x7e]/.test(text)
}

function ranges(codes: readonly number[]): string {
  const begins = codes.filter((code) => !codes.includes(code - 1))
  const ends = codes.filter((code) => !codes.includes(code + 1))
  return begins.map((from, index) => `${byte(from)}-${byte(ends[index] ?? from)}`).join('')
}

function byte(code: number): string {
  return `\\x${code.toString(16).padStart(2, '0')}`
}

function utf8(code: number): string {
  const bytes =
    code < 0x800
      ? [0xc0 | (code >> 6), 0x80 | (code & 63)]
      : code < 0x10000
        ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
        : [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  return `(?:${bytes.map(byte).join('')})`
}
