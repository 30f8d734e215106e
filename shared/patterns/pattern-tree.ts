/**
 * A pattern in RE2's syntax (https://github.com/google/re2/wiki/Syntax) as a tree, without what does not matter for
 * which lines match: names and numbers of groups, greed.
 */
export type PatternTree =
  | { readonly kind: 'literal'; readonly text: string; readonly fold: boolean }
  /** One character of a set: '.', '[a-z]', '\d', '\pL', as written. */
  | { readonly kind: 'set'; readonly text: string; readonly fold: boolean }
  | { readonly kind: 'start' | 'end' | 'word-edge' | 'no-word-edge' }
  | { readonly kind: 'sequence' | 'either'; readonly parts: readonly PatternTree[] }
  | { readonly kind: 'repeat'; readonly part: PatternTree; readonly min: number; readonly max: number | null }

/** What a pattern holds that cannot be taken; `at` counts UTF-16 units from its start. */
export interface PatternTrouble {
  readonly at: number
  /** A clause that goes on from the pattern: "looks ahead with '(?='". */
  readonly happened: string
  readonly next: string
}

/** Thrown by `readPatternTree` alone. */
export class PatternError extends Error {
  readonly trouble: PatternTrouble

  constructor(trouble: PatternTrouble) {
    super(trouble.happened)
    this.trouble = trouble
  }
}

const depthCap = 50
const linear = 'Patterns run in linear time, so RE2 syntax alone is taken.'

interface Flags {
  readonly fold: boolean
}

/** Reads a pattern; throws a `PatternError` at the first thing that RE2's syntax does not have. */
export function readPatternTree(source: string): PatternTree {
  const reader = new Reader(source)
  const tree = reader.readEither({ fold: false }, 0)
  if (!reader.isAtEnd()) throw reader.trouble('closes a group that was not opened', "Write '\\)' for the sign itself.")
  return tree
}

class Reader {
  private readonly source: string
  private at = 0

  constructor(source: string) {
    this.source = source
  }

  isAtEnd(): boolean {
    return this.at >= this.source.length
  }

  trouble(happened: string, next: string, at = this.at): PatternError {
    return new PatternError({ at, happened, next })
  }

  readEither(outer: Flags, depth: number): PatternTree {
    if (depth > depthCap) throw this.trouble(`nests more than ${depthCap} groups`, 'Make it flatter.')
    let flags = outer
    const branches: PatternTree[][] = [[]]
    while (!this.isAtEnd() && this.source[this.at] !== ')') {
      const branch = branches.at(-1) ?? []
      if (this.take('|')) {
        branches.push([])
        continue
      }
      const changed = this.readFlags(flags)
      if (changed !== null) {
        flags = changed
        continue
      }
      const repeated = this.readRepeat(branch.at(-1))
      if (repeated !== null) branch[branch.length - 1] = repeated
      else branch.push(...this.readAtom(flags, depth))
    }
    const parts = branches.map((branch): PatternTree => oneOf('sequence', branch))
    return oneOf('either', parts)
  }

  /** `(?i)`: flags for the rest of the group. */
  private readFlags(flags: Flags): Flags | null {
    const found = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.source.slice(this.at, this.at + 20))
    if (found === null) return null
    this.at += found[0].length
    return flagged(flags, found)
  }

  private readRepeat(last: PatternTree | undefined): PatternTree | null {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(this.source.slice(this.at, this.at + 20))
    if (found === null) return null
    const begun = this.at
    if (last === undefined) throw this.trouble('repeats nothing', "Write '\\' before the sign to mean the sign itself.")
    this.at += found[0].length
    this.take('?')
    if (/^(?:[*+?]|\{\d+,?\d*\})/.test(this.source.slice(this.at, this.at + 20))) {
      throw this.trouble(
        `repeats what is repeated already ('${this.source.slice(begun, this.at + 1)}')`,
        `Leave one out, or put a group around the first. ${linear}`,
        begun,
      )
    }
    const [min, max] = boundsOf(found)
    if (Math.max(min, max ?? 0) > 1_000 || (max !== null && max < min)) {
      throw this.trouble(`repeats ${found[0]} times`, 'Give two rising numbers, at most 1,000.', begun)
    }
    return { kind: 'repeat', part: last, min, max }
  }

  private readAtom(flags: Flags, depth: number): PatternTree[] {
    switch (this.source[this.at]) {
      case '(':
        return [this.readGroup(flags, depth)]
      case '[':
        return [{ kind: 'set', text: this.readClass(), fold: flags.fold }]
      case '.':
        this.at++
        return [{ kind: 'set', text: '.', fold: false }]
      case '^':
        this.at++
        return [{ kind: 'start' }]
      case '$':
        this.at++
        return [{ kind: 'end' }]
      case '\\':
        return this.readEscape(flags)
      default: {
        const text = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0)
        this.at += text.length
        return [{ kind: 'literal', text, fold: flags.fold }]
      }
    }
  }

  private readGroup(flags: Flags, depth: number): PatternTree {
    const begun = this.at
    const head = this.source.slice(this.at, this.at + 80)
    const look = /^\(\?<?[=!]/.exec(head)
    if (look !== null) throw this.trouble(`looks around with '${look[0]}'`, `Write what is there instead. ${linear}`)
    if (head.startsWith('(?P=')) {
      throw this.trouble("refers back to a group with '(?P='", `Write the text again. ${linear}`)
    }
    const named = /^\(\?P?<\w+>/.exec(head)
    const flagGroup = /^\(\?([imsU]*)(?:-([imsU]+))?:/.exec(head)
    let inside = flags
    if (named !== null) this.at += named[0].length
    else if (flagGroup !== null) {
      this.at += flagGroup[0].length
      inside = flagged(flags, flagGroup)
    } else if (head.startsWith('(?')) {
      throw this.trouble(`holds the group '${head.slice(0, 3)}', which RE2 does not have`, linear)
    } else this.at++
    const tree = this.readEither(inside, depth + 1)
    if (!this.take(')')) throw this.trouble('opens a group and does not close it', "Add ')'.", begun)
    return tree
  }

  /** The text of `[…]`: only where it ends matters here. */
  private readClass(): string {
    const begun = this.at
    this.at++
    this.take('^')
    this.take(']')
    for (;;) {
      if (this.isAtEnd()) throw this.trouble("opens a set with '[' and does not close it", "Add ']'.", begun)
      if (this.take(']')) return this.source.slice(begun, this.at)
      const named = /^\[:[^\]]*?:\]/.exec(this.source.slice(this.at, this.at + 40))
      if (named !== null) this.at += named[0].length
      else if (this.take('\\')) this.at += 1
      else this.at++
    }
  }

  private readEscape(flags: Flags): PatternTree[] {
    const rest = this.source.slice(this.at, this.at + 80)
    const escape = rest[1] ?? ''
    const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)
    if (octal === null && /[1-9k]/.test(escape)) {
      throw this.trouble(`refers back to a group with '\\${escape}'`, `Write the text again. ${linear}`)
    }
    const hex = /^\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/.exec(rest)
    const family = /^\\[pP](?:\{\^?\w+\}|[A-Za-z])/.exec(rest)
    if (rest.startsWith('\\Q')) return this.readQuoted(flags)
    if (octal !== null) return this.literal(octal[0], Number.parseInt(octal[0].slice(1), 8), flags)
    if (hex !== null) return this.literal(hex[0], Number.parseInt(hex[1] ?? hex[2] ?? '', 16), flags)
    if (family !== null) return this.took(family[0], { kind: 'set', text: family[0], fold: flags.fold })
    if (/[dDsSwW]/.test(escape)) return this.took(`\\${escape}`, { kind: 'set', text: `\\${escape}`, fold: flags.fold })
    const edge = edges[escape]
    if (edge !== undefined) return this.took(`\\${escape}`, { kind: edge })
    const control = controls[escape]
    if (control !== undefined) return this.literal(`\\${escape}`, control, flags)
    if (/[!-/:-@[-`{-~ ]/.test(escape)) return this.literal(`\\${escape}`, escape.charCodeAt(0), flags)
    throw this.trouble(
      escape === '' ? "ends with '\\'" : `holds '\\${escape}', which RE2 does not have`,
      `Write the sign itself, or a set such as [0-9]. ${linear}`,
    )
  }

  /** `\Q…\E`, or to the end of the pattern. */
  private readQuoted(flags: Flags): PatternTree[] {
    const end = this.source.indexOf('\\E', this.at)
    const text = this.source.slice(this.at + 2, end < 0 ? this.source.length : end)
    this.at = end < 0 ? this.source.length : end + 2
    return Array.from(text, (one): PatternTree => ({ kind: 'literal', text: one, fold: flags.fold }))
  }

  private literal(written: string, codePoint: number, { fold }: Flags): PatternTree[] {
    if (codePoint > 0x10ffff) throw this.trouble(`names no character with '${written}'`, 'Use at most \\x{10FFFF}.')
    return this.took(written, { kind: 'literal', text: String.fromCodePoint(codePoint), fold })
  }

  private took(written: string, node: PatternTree): PatternTree[] {
    this.at += written.length
    return [node]
  }

  private take(sign: string): boolean {
    if (this.source[this.at] !== sign) return false
    this.at++
    return true
  }
}

const edges: Readonly<Record<string, 'start' | 'end' | 'word-edge' | 'no-word-edge'>> = {
  A: 'start',
  z: 'end',
  b: 'word-edge',
  B: 'no-word-edge',
}
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

function oneOf(kind: 'sequence' | 'either', parts: readonly PatternTree[]): PatternTree {
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : { kind, parts }
}

function flagged(flags: Flags, [, on = '', off = '']: RegExpExecArray): Flags {
  return { fold: off.includes('i') ? false : flags.fold || on.includes('i') }
}

function boundsOf([sign, from, comma, to]: RegExpExecArray): [number, number | null] {
  if (from === undefined) return sign === '?' ? [0, 1] : [sign === '+' ? 1 : 0, null]
  const min = Number(from)
  if (comma === '') return [min, min]
  return [min, to === '' || to === undefined ? null : Number(to)]
}

/** About how many instructions the pattern's program has: what it costs for each character, at the worst. */
export function weightOf(tree: PatternTree): number {
  switch (tree.kind) {
    case 'sequence':
    case 'either':
      return tree.parts.reduce((sum, part) => sum + weightOf(part) + (tree.kind === 'either' ? 1 : 0), 0)
    case 'repeat':
      return (weightOf(tree.part) + 1) * Math.max(1, tree.max ?? tree.min + 1)
    default:
      return 1
  }
}
