import { RE2JS, RE2JSException } from 're2js'
import { PatternError, type PatternTree, type PatternTrouble, readPatternTree, weightOf } from './pattern-tree.ts'

/** A pattern that runs in linear time: time grows with the text alone, never with how it fits. */
export interface Pattern {
  readonly source: string
  readonly tree: PatternTree
  /** Whether the text holds a match anywhere. Only the first `reach` characters are looked at. */
  test(text: string): boolean
  /** How many characters of a text are looked at, so that the heaviest pattern takes seconds for a line, not minutes. */
  readonly reach: number
}

export const patternCaps = { characters: 1_000, weight: 2_000, reach: 1_048_576 }
/** Characters times weight that a line may cost: some 3 s where the automaton's states explode (re2js 2.10, measured). */
const work = 250_000_000

/**
 * Compiles a pattern in RE2's syntax, which has no look-around and no references back. Answers with what is in the way
 * and where: also for patterns beyond 1,000 characters, or so large when repeats are written out that they would be
 * slow for each character.
 */
export function compilePattern(source: string): { pattern: Pattern } | { trouble: PatternTrouble } {
  try {
    if (source.length > patternCaps.characters) throw tooMuch(`is longer than ${patternCaps.characters} characters`)
    const tree = readPatternTree(source)
    // Before it is built: a thousand characters can mean a million instructions.
    if (weightOf(tree) > patternCaps.weight) throw tooMuch('is too large when its repeats are written out')
    const compiled = RE2JS.compile(source)
    const weight = compiled.programSize()
    if (weight > 2 * patternCaps.weight) throw tooMuch('is too large when its repeats are written out')
    const reach = Math.min(patternCaps.reach, Math.floor(work / weight))
    return {
      pattern: {
        source,
        tree,
        reach,
        test: (text) => compiled.test(text.length > reach ? text.slice(0, reach) : text),
      },
    }
  } catch (error) {
    if (error instanceof PatternError) return { trouble: error.trouble }
    if (error instanceof RE2JSException) return { trouble: troubleOf(source, error) }
    throw error
  }
}

function tooMuch(happened: string): PatternError {
  return new PatternError({ at: 0, happened, next: 'Split it, or look for less.' })
}

/** 'error parsing regexp: invalid character class range: `b-a`' */
function troubleOf(source: string, { message }: RE2JSException): PatternTrouble {
  const [, what = message, where = ''] = /^error parsing regexp: (.*?)(?:: `([^`]*)`)?$/.exec(message) ?? []
  return {
    at: Math.max(0, source.indexOf(where)),
    happened: `is not RE2 syntax: ${what}${where === '' ? '' : ` at '${where}'`}`,
    next: 'See https://github.com/google/re2/wiki/Syntax.',
  }
}
