import { Lexer } from 'yaml'
import { findHidden } from '../../shared/packs/text.ts'

/** Something wrong at a place of the text; `offset` counts UTF-16 units from its start. */
export interface Trouble {
  readonly offset: number
  readonly happened: string
  readonly next: string
}

const caps = { lexemes: 500_000, lexeme: 16_384, indent: 100, depth: 32, anchors: 1_000, aliases: 100 }

/** The words of a text that may be parsed, as the library's lexer reads them. */
export interface GuardedWords {
  readonly lexemes: readonly string[]
  readonly hasAliases: boolean
}

/**
 * Looks through YAML before anything is built from it, so that the text itself can neither hang nor exhaust the parser
 * (measured with yaml 2.9.1: 1 MiB of `]` costs it 11 s, of anchors and aliases 15 s). Answers the words for the parser,
 * or the first thing that may not be parsed.
 *
 * Refused are hidden characters, tags, directives other than `%YAML 1.2`, a second document, deep nesting, and more
 * anchors, aliases or words than a pack can use.
 */
export function guardYaml(text: string): GuardedWords | Trouble {
  return hiddenIn(text) ?? wordsOf(text)
}

function hiddenIn(text: string): Trouble | null {
  // A byte-order mark may stand first, and lines may end in CR LF: both are YAML's own.
  const hidden = findHidden(text.replace(/^\ufeff/, ' ').replaceAll('\r\n', ' \n'))
  if (hidden === null) return null
  return {
    offset: hidden.index,
    happened: `the unseen character ${hidden.name} stands here`,
    next: 'Remove it. Text that hides or reorders itself is not taken.',
  }
}

function wordsOf(text: string): GuardedWords | Trouble {
  const lexemes: string[] = []
  const seen = {
    lexemes: 0,
    anchors: 0,
    aliases: 0,
    documents: 0,
    flow: 0,
    lacksValue: false,
    dashes: 0,
    atLineStart: true,
  }
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    const found = excessOf(lexeme, seen)
    if (found !== null) return { offset, ...found }
    lexemes.push(lexeme)
    if (!isOwnMark(lexeme)) offset += lexeme.length
  }
  return { lexemes, hasAliases: seen.aliases > 0 }
}

/** The lexer's own marks have no length in the text: document, end of a broken flow, start of a scalar. */
function isOwnMark(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f'
}

type Excess = Omit<Trouble, 'offset'>

interface Seen {
  lexemes: number
  anchors: number
  aliases: number
  documents: number
  /** Open brackets and braces. */
  flow: number
  /** Whether a comma that comes now would follow no value. */
  lacksValue: boolean
  /** Block markers (`-`, `?`) on the line so far. */
  dashes: number
  atLineStart: boolean
}

function excessOf(lexeme: string, seen: Seen): Excess | null {
  seen.lexemes++
  if (seen.lexemes > caps.lexemes) return tooMany('words', caps.lexemes)
  if (lexeme.length > caps.lexeme) return tooMany('characters in one word', caps.lexeme)
  const atLineStart = seen.atLineStart
  seen.atLineStart = false
  switch (lexeme[0]) {
    case '\n':
    case '\r':
      seen.dashes = 0
      seen.atLineStart = true
      return null
    case ' ':
      return atLineStart && lexeme.length > caps.indent ? tooMany('spaces before a line', caps.indent) : null
    case '[':
    case '{':
      seen.flow++
      seen.lacksValue = true
      return seen.flow > caps.depth ? tooMany('levels inside each other', caps.depth) : null
    case ']':
    case '}':
      seen.flow--
      seen.lacksValue = false
      // Each one too many costs the parser more than the one before.
      return seen.flow < 0 ? breaks(`'${lexeme}' closes what nothing opened`) : null
    case ',':
      if (seen.lacksValue) return breaks('a comma follows no value')
      seen.lacksValue = true
      return null
    case '#':
      return null
    case '&':
      seen.anchors++
      seen.lacksValue = false
      return seen.anchors > caps.anchors ? tooMany('anchors', caps.anchors) : null
    case '*':
      seen.aliases++
      seen.lacksValue = false
      return seen.aliases > caps.aliases ? tooMany('aliases', caps.aliases) : null
    case '!':
      return {
        happened: `the tag ${lexeme.slice(0, 40)} stands here`,
        next: 'Remove the tag. Packs hold plain values.',
      }
    case '%':
      return lexeme.trimEnd() === '%YAML 1.2'
        ? null
        : { happened: `the directive ${lexeme.slice(0, 40)} stands here`, next: 'Remove it, or write %YAML 1.2.' }
    default:
      return blockExcess(lexeme, seen)
  }
}

function blockExcess(lexeme: string, seen: Seen): Excess | null {
  seen.lacksValue = false
  if (lexeme === '-' || lexeme === '?') {
    seen.dashes++
    return seen.dashes > caps.depth ? tooMany('levels inside each other', caps.depth) : null
  }
  if (lexeme === '---') {
    seen.documents++
    return seen.documents > 1 ? { happened: 'a second document begins here', next: 'Keep one pack in one file.' } : null
  }
  return null
}

function breaks(how: string): Excess {
  return { happened: `the YAML breaks here: ${how}`, next: 'Check the brackets and commas around it.' }
}

function tooMany(what: string, cap: number): Excess {
  return { happened: `more than ${cap.toLocaleString('en')} ${what}`, next: 'Make the pack smaller.' }
}
