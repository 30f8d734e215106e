import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Anchor, anchorCode, anchorLine, anchorText } from '../../../shared/anchors/anchor.ts'
import { compareAnchor, type AnchoredJournal } from '../../../shared/anchors/compare.ts'
import { crc32 } from '../../../shared/anchors/crc32.ts'
import { readAnchors } from '../../../shared/anchors/read-anchors.ts'
import { RefusalError } from '../../../shared/refusal.ts'

const chain = 'c'.repeat(32)
const hash = '0123456789abcdef'.repeat(4)
const anchor: Anchor = {
  made: '2026-11-21T03:00:00.000Z',
  ledger: { incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWD', number: null, heads: [{ chain: 'd'.repeat(32), seq: 3, hash }] },
  incidents: [
    { incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWC', number: 'INC-2026-1121-0001', heads: [{ chain, seq: 12, hash }] },
  ],
}

test('a head is a word and its value on each line, with a checksum at the end', () => {
  expect(anchorText(anchor)).toMatchInlineSnapshot(`
    "MUSTER ANCHOR 1
    made 2026-11-21T03:00:00.000Z
    ledger 01KAHB7Q7N8S3H9F0V6Z2M4XWD
    chain dddddddddddddddddddddddddddddddd
    entry 3
    hash 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    incident 01KAHB7Q7N8S3H9F0V6Z2M4XWC
    number INC-2026-1121-0001
    chain cccccccccccccccccccccccccccccccc
    entry 12
    hash 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    sum e2a5ddab
    "
  `)
})

test('a number of another form is left out: its words would be taken for others', () => {
  const [incident] = anchor.incidents
  if (incident === undefined) throw new Error('no incident')
  for (const number of ['one two', 'sum 00000000', '', 'x'.repeat(41), 'INC-1\nsum']) {
    const odd: Anchor = { ...anchor, incidents: [{ ...incident, number }] }
    const plain: Anchor = { ...anchor, incidents: [{ ...incident, number: null }] }
    for (const spell of [anchorText, anchorLine, anchorCode]) expect(readAnchors(spell(odd), 'Read')).toEqual([plain])
  }
})

test('CRC-32 is the one of zip and PNG', () => {
  expect(crc32('123456789')).toBe('cbf43926')
})

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
const ulid = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
const heads = fc.array(fc.record({ chain: hex(32), seq: fc.integer({ min: 1, max: 1e15 - 1 }), hash: hex(64) }), {
  minLength: 1,
  maxLength: 3,
})
const made = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const anchors = fc.record({
  made,
  ledger: fc.record({ incident: ulid, number: fc.constant(null), heads }),
  incidents: fc.array(
    fc.record({ incident: ulid, number: fc.option(fc.stringMatching(/^INC-\d{4}-\d{4}-\d{4}(-[A-Z])?$/)), heads }),
    { maxLength: 3 },
  ),
})

test('what is written is read back, as text, as a line and as a code', () => {
  fc.assert(
    fc.property(anchors, (anchor) => {
      for (const text of [anchorText(anchor), anchorLine(anchor), anchorCode(anchor)]) {
        expect(readAnchors(text, 'Read')).toEqual([anchor])
      }
    }),
    { numRuns: 50 },
  )
})

test('no line of a text is longer than a mail allows, and a code has no character that a QR code packs badly', () => {
  fc.assert(
    fc.property(anchors, (anchor) => {
      expect(
        Math.max(
          ...anchorText(anchor)
            .split('\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(70)
      expect(anchorCode(anchor)).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
    }),
    { numRuns: 50 },
  )
})

test.each([
  [
    'a mail around it, quoted twice, with CRLF',
    (text: string) => `Hi,\r\n\r\n${text.replaceAll(/^/gm, '> > ').replaceAll('\n', '\r\n')}\r\n-- \r\nAna`,
  ],
  ['lines wrapped at 40 characters', (text: string) => text.replaceAll(/(.{40})/g, '$1\n')],
  ['lines wrapped and quoted', (text: string) => text.replaceAll(/(.{48})/g, '$1\n').replaceAll(/^/gm, '> ')],
  ['capital letters and more spaces', (text: string) => text.toUpperCase().replaceAll(' ', '   ')],
])('is read with %s', (_what, change) => {
  expect(readAnchors(change(anchorText(anchor)), 'Read')).toEqual([anchor])
})

test('a text may hold several', () => {
  expect(readAnchors(`${anchorLine(anchor)}\n${anchorLine(anchor)}\n`, 'Read')).toEqual([anchor, anchor])
})

const happenedOf = (text: string): string => {
  try {
    readAnchors(text, 'Read the anchor in mail.txt')
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.happened
    throw error
  }
  throw new Error('It was read')
}

test.each([
  [
    'one digit mistyped',
    (text: string) => text.replace('0123456789', '0123456780'),
    /Line \d+: the checksum is .* misread/,
  ],
  [
    'a digit left out',
    (text: string) => text.replace('0123456789', '012345678'),
    /Line 6: behind 'hash' belongs the 64 hex digits of a hash, .* \(63 characters\)/,
  ],
  [
    'a line left out',
    (text: string) => text.replace(/entry 3\n/, ''),
    /Line 5: 'entry' was expected, and 'hash' stands there/,
  ],
  ['its end left out', (text: string) => text.replace(/sum .*\n/, ''), /'sum' was expected, and the text ends/],
  ['another text altogether', () => 'Dear Ana, see you at nine.', /No line begins with 'MUSTER ANCHOR 1'/],
])('refuses %s, and says where', (_what, change, says) => {
  expect(happenedOf(change(anchorText(anchor)))).toMatch(says)
})

test('every change of one character is refused or read as the same', () => {
  const text = anchorText(anchor)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: text.length - 1 }),
      fc.constantFrom(...'0123456789abcdefXYZ \n>'.split('')),
      (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1)
        try {
          expect(readAnchors(changed, 'Read')).toEqual([anchor])
        } catch (error) {
          expect(error).toBeInstanceOf(RefusalError)
        }
      },
    ),
    { numRuns: 300 },
  )
})

function journalWith(entries: Readonly<Record<string, { incident: string; hash: string }>>): AnchoredJournal {
  const [incident] = anchor.incidents
  const ledger = anchor.ledger?.incident ?? ''
  const all = new Map(Object.entries({ [`${'d'.repeat(32)} 3`]: { incident: ledger, hash }, ...entries }))
  return {
    ledger,
    entryAt: (of, seq) => all.get(`${of} ${seq}`) ?? null,
    lengthOf: (of) => {
      const seqs = [...all.keys()].filter((key) => key.startsWith(of)).map((key) => Number(key.slice(33)))
      return seqs.length === 0 ? null : Math.max(...seqs)
    },
    hasIncident: (id) => [...all.values()].some((entry) => entry.incident === id) && incident !== undefined,
  }
}

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const compared = (entries: Parameters<typeof journalWith>[0]) =>
  compareAnchor(anchor, journalWith(entries), 'the anchor').problems.join()

test('an anchor of which every head stands has no problems', () => {
  expect(compareAnchor(anchor, journalWith({ [`${chain} 12`]: { incident, hash } }), 'the anchor')).toEqual({
    heads: 2,
    problems: [],
  })
})

test.each([
  ['a cut tail', { [`${chain} 9`]: { incident, hash } }, /entries 10 to 12 are gone/],
  ['one entry cut', { [`${chain} 11`]: { incident, hash } }, /entry 12 is gone/],
  ['a missing incident', {}, /INC-2026-1121-0001: the anchor names it, and the journal holds nothing of it/],
  [
    'a chain rebuilt',
    { [`${chain} 12`]: { incident, hash: 'f'.repeat(64) } },
    /another entry 12: the chain was rebuilt/,
  ],
  ['a chain gone', { [`${'e'.repeat(32)} 1`]: { incident, hash } }, /the whole chain is gone/],
])('names %s', (_what, entries, says) => {
  expect(compared(entries)).toMatch(says)
})
