import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readPack } from '../../../main/packs/pack-file.ts'
import { packBytesCap } from '../../../shared/packs/calls.ts'
import { type Refusal, RefusalError } from '../../../shared/refusal.ts'
import { infinityText } from './requirements.ts'

const mebibyte = 1_048_576

function refusalFor(bytes: Uint8Array | string): Refusal | null {
  try {
    readPack(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, 'hostile.yaml')
    return null
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    throw error
  }
}

const inTitle = (text: string) => infinityText.replace('title: Infinity OS', () => `title: ${text}`)
const filled = (piece: string) => piece.repeat(Math.floor(mebibyte / piece.length))
const numbered = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n')

describe('text that would exhaust a parser', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (const [of, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((two) => two.split(''))) {
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`)
  }
  const texts: Record<string, string> = {
    'an alias bomb': bomb.join('\n'),
    'an alias bomb in a known place': inTitle('&t x').replace(
      'scope: ',
      `scope: [${Array(101).fill('*t').join(',')}] # `,
    ),
    'a list that holds itself': inTitle('&t [*t]'),
    'a map that holds itself far below': inTitle('&t {a: [{b: [x, *t]}]}'),
    'brackets closed too often by a few': `a: [1]${']'.repeat(200_000)}`,
    'many errors': '\n[a]'.repeat(90_000),
    'many aliases': numbered(30_000, (i) => `- &a${i} 1\n- *a${i}`),
    'many anchors': numbered(60_000, (i) => `- &a${i} 1`),
    'deep lists in brackets': filled('['),
    'deep maps in braces': filled('{a: '),
    'deep lists by dashes': filled('- '),
    'deep keys by question marks': filled('? '),
    'deep maps by indentation': numbered(1_300, (i) => `${' '.repeat(i)}a:`),
    'closing brackets': filled(']'),
    commas: `[${filled(',').slice(2)}`,
    'empty quotes': filled('""'),
    'broken escapes': `a: "${filled('\\x').slice(8)}`,
    directives: filled('%A\n'),
    documents: filled('---\n'),
    'many keys': numbered(120_000, (i) => `k${i}:`).slice(0, mebibyte),
    'many unknown keys in a known place': infinityText + numbered(90_000, (i) => `k${i}: 1`),
    'many empty items in a known place': infinityText.replace(
      'severities:\n',
      `severities:\n${'  - {}\n'.repeat(60_000)}`,
    ),
    'many wrong steps': infinityText.replace(
      '        steps:\n          - id: health\n',
      `        steps:\n${'          - { type: probe, call: {} }\n'.repeat(18_000)}          - id: health\n`,
    ),
    'many right items': infinityText.replace(
      'roles:\n',
      `roles:\n${numbered(18_000, (i) => `  - { id: role-${i}, title: Role ${i} }`)}\n`,
    ),
    'empty lines': filled('\n'),
    'broken lines': filled('a: b: c\n'),
    tags: filled('!a '),
  }

  test.each(Object.entries(texts))('%s is refused in time', (_, text) => {
    const begun = process.cpuUsage()
    const refusal = refusalFor(text)
    expect(refusal?.code).toMatch(/^(?:bad-input|too-large)$/)
    expect((refusal?.happened.length ?? 0) + (refusal?.next.length ?? 0)).toBeLessThan(5_000)
    // Processor time, since the machine may be busy. Without the guard the worst of them take more than ten seconds.
    const { user, system } = process.cpuUsage(begun)
    expect((user + system) / 1_000).toBeLessThan(5_000)
  })

  it('does not look into a file over the cap', () => {
    expect(refusalFor(new Uint8Array(50 * mebibyte))).toMatchObject({ code: 'too-large' })
    expect(refusalFor(new Uint8Array(packBytesCap + 1))).toMatchObject({ code: 'too-large' })
  })
})

describe('text that means more than it says', () => {
  const texts: Record<string, string> = {
    'a key of every object': `${infinityText}__proto__: { polluted: true }\n`,
    'a key of every object in quotes': `${infinityText}"__proto__": { polluted: true }\n`,
    'a key of every object by escapes': `${infinityText}"\\x5f_proto__": { polluted: true }\n`,
    'a constructor': `${infinityText}constructor: { prototype: { polluted: true } }\n`,
    'a key of every object inside': infinityText.replace('yes: { lowerBy: 1 }', 'yes: { lowerBy: 1, __proto__: {} }'),
    'a merge key': `${infinityText}x: &x { id: y }\n<<: *x\n`,
    'a key that is a list': `${infinityText}? [a, b]\n: c\n`,
    'a tag of a program': inTitle('!!js/function "x"'),
    'a binary tag': inTitle('!!binary "AAAA"'),
    'a directive for YAML 1.1': `%YAML 1.1\n---\n${infinityText}`,
    'a directive for tags': `%TAG ! tag:example.com,2026:\n---\n${infinityText}`,
    'a second document': `${infinityText}---\n${infinityText}`,
    'a second document after an end': `${infinityText}...\nid: other\n`,
    'an unknown key that hides': `${infinityText}"a\\u202e\\x1b[2Jb": 1\n`,
    'a raw NUL': inTitle('a\u0000b'),
    'a NUL by escape': inTitle('"a\\0b"'),
    'a terminal escape': inTitle('"\\e[2J"'),
    'a raw terminal escape': inTitle('\u001b[2J'),
    'a C1 control': inTitle('"\\x9b2J"'),
    'a bell in a comment': `${infinityText}# \u0007\n`,
    'text turned round': inTitle('"safe \\u202e elif"'),
    'text turned round, raw': inTitle('safe \u202e elif'),
    'text turned round in a comment': `${infinityText}# \u2066 hidden\n`,
    'a zero-width space': inTitle('"a\\u200bb"'),
    'a tag character': inTitle('"a\\U000E0041"'),
    'a lone surrogate': inTitle('"a\\uD800"'),
    'a line break in a title': inTitle('"a\\nb"'),
    'a carriage return': inTitle('"a\\rb"'),
    'a secret in a command': infinityText.replace('"$DATABASE_URL"', '"${DATABASE_URL}"'),
    'a parameter that there is not': infinityText.replace('https://${DOMAIN}/health', 'https://${HOME}/health'),
    'a number beyond measure': infinityText.replace('respondWithinMinutes: 15', 'respondWithinMinutes: 1e999'),
    'no number': infinityText.replace('respondWithinMinutes: 15', 'respondWithinMinutes: .nan'),
    'a time below nothing': infinityText.replace('respondWithinMinutes: 15', 'respondWithinMinutes: -5'),
    'a title beyond measure': inTitle('x'.repeat(301)),
  }

  test.each(Object.entries(texts))('%s is refused', (_, text) => {
    expect(text).not.toBe(infinityText)
    expect(refusalFor(text)).toMatchObject({ code: 'bad-input', tried: 'Read the pack hostile.yaml' })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(refusalFor(Uint8Array.of(0x61, 0x3a, 0x20, 0xc3, 0x28))).toMatchObject({ code: 'bad-input' })
    expect(refusalFor(new Uint8Array(100))).toMatchObject({ code: 'bad-input' })
  })

  it('shows no hidden character of the pack in its refusals', () => {
    for (const text of Object.values(texts)) {
      expect(JSON.stringify(refusalFor(text))).not.toMatch(/[\p{Cc}\p{Cf}]|\\u00|\\ud/u)
    }
  })
})

it('answers any text with a pack or a refusal', () => {
  const words = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '? ',
    '&a',
    '*a',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '|',
    '>',
    '#',
    '!',
    '%',
    ',',
    '---',
    '\t',
    '\\',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (pieces) => {
      expect(refusalFor(pieces.join(''))?.code).toBe('bad-input')
    }),
    { numRuns: 2_000 },
  )
})

it('answers any damage to a pack with a pack or a refusal', () => {
  fc.assert(
    fc.property(
      fc.nat(infinityText.length - 1),
      fc.nat(30),
      fc.string({ unit: 'binary', maxLength: 8 }),
      (at, cut, put) => {
        const text = infinityText.slice(0, at) + put + infinityText.slice(at + cut)
        const refusal = refusalFor(text)
        if (refusal !== null) expect(refusal.happened).toMatch(/^(?:Line \d+, column \d+|Its bytes)/)
      },
    ),
    { numRuns: 150 },
  )
})
