import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { openConnection } from '../../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { RefusalError } from '../../../../shared/refusal.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let folder = ''
let journal: JournalStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-bodies-'))
  journal = new JournalStore(folder, systemClock)
})

afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true })
})

/** Appends the body of a note: true where it was kept, false where it was refused. Anything else is a fault. */
function append(body: unknown): boolean {
  try {
    journal.append(incident, 'live', ana, () => [{ kind: notedKind.kind, body }])
    return true
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === 'bad-input') return false
    throw error
  }
}

/** The newest entry's body, as another process reads it from the file. */
function stored(): unknown {
  const reader = new JournalStore(folder, systemClock)
  try {
    return reader.allEntries(incident).at(-1)?.body
  } finally {
    reader.close()
  }
}

function count(): number {
  return journal.allEntries(incident).length
}

function problems(): readonly string[] {
  const db = openConnection(journalFile(folder), 'read')
  try {
    return verifyJournal(db).problems
  } finally {
    db.close()
  }
}

/** Any UTF-16 code units, so halves of surrogate pairs, NUL and the noncharacters among them. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f), fc.constantFrom(0, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfffe, 0xffff)), {
    minLength: 1,
    maxLength: 40,
  })
  .map((units) => String.fromCharCode(...units))

test('any text is stored exactly, or refused because it cannot be', () => {
  let before = 0
  fc.assert(
    fc.property(anyText, (text) => {
      expect(append({ text })).toBe(text.isWellFormed())
      if (text.isWellFormed()) expect(stored()).toEqual({ text })
      before += text.isWellFormed() ? 1 : 0
    }),
    { numRuns: 120 },
  )
  expect([count(), problems()]).toEqual([before, []])
})

const anyValue = fc.anything({
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'text')),
  values: [anyText, fc.double(), fc.bigInt(), fc.constant(undefined), fc.date(), fc.boolean()],
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withTypedArray: true,
})

test('a body of any other form is refused and leaves nothing behind', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      if (notedKind.body.safeParse(value).success) return
      expect(append(value)).toBe(false)
      expect(append({ text: 'x', more: value })).toBe(false)
    }),
    { numRuns: 300 },
  )
  expect([count(), problems()]).toEqual([0, []])
})

test.each([
  ['NUL in the middle', 'a\u0000b'],
  ['what ends a line for some', 'a\u2028b\u2029c\r\n'],
  ['a mebibyte', 'x'.repeat(1_048_576)],
  ['half a mebibyte of pairs', '𝄞'.repeat(524_288)],
  ['text that would be markup, SQL or a path', `'); DROP TABLE entry; --<script>../../etc/passwd`],
])('%s is stored exactly', (_what, text) => {
  expect([append({ text }), stored(), problems()]).toEqual([true, { text }, []])
})

test.each([
  ['more than a mebibyte', () => ({ text: 'x'.repeat(1_048_577) })],
  ['half of a surrogate pair', () => ({ text: 'a\ud800' })],
  ['a prototype of its own', () => JSON.parse('{"text":"x","__proto__":{"text":"y"}}') as unknown],
  ['nesting a hundred thousand deep', () => JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown],
  ['nesting in the place of text', () => ({ text: JSON.parse('['.repeat(1000) + ']'.repeat(1000)) as unknown })],
  ['something that goes round in a circle', circle],
])('%s is refused', (_what, body) => {
  expect([append(body()), count(), problems()]).toEqual([false, 0, []])
})

function circle(): unknown {
  const round: Record<string, unknown> = {}
  round['text'] = round
  return round
}

test.each([
  ['without a name', { contact: null, name: '' }],
  ['of a name as long as a page', { contact: null, name: 'x'.repeat(201) }],
  ['of half a surrogate pair', { contact: null, name: '\udc00' }],
])('a person %s is refused, and the journal opens afterwards', (_what, person) => {
  expect(() => journal.append(incident, 'live', person, () => [{ kind: notedKind.kind, body: { text: 'x' } }])).toThrow(
    RefusalError,
  )
  expect(append({ text: 'y' })).toBe(true)
  expect(stored()).toEqual({ text: 'y' })
})
