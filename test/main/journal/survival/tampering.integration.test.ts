import { beforeAll, expect, test } from 'vitest'
import type Database from 'better-sqlite3'
import { incidents } from './job.ts'
import {
  anchorOf,
  anchorProblemsAfter,
  cutTail,
  forge,
  problemsAfter,
  rebuild,
  removeFrom,
  sealedJournal,
  tamper,
} from './tampering.ts'

let sealed: Buffer

beforeAll(() => {
  sealed = sealedJournal()
})

test('a journal that nobody touched has no problems', () => {
  expect(problemsAfter(sealed, () => undefined)).toEqual([])
})

test('500 random changes: each is found (npm run soak -- tampering: 10,000)', () => {
  expect(tamper(500, 20_261_121).unseen).toEqual([])
})

test.each([
  ['a space', `UPDATE entry SET actor = replace(actor, ':', ': ')`],
  ['an escape in capital letters', `UPDATE entry SET recorded_by = replace(recorded_by, '\\u001b', '\\u001B')`],
  ['another order of keys', `UPDATE entry SET clock = '{"mark":"steady","by_ms":null,"skew_ms":null}'`],
])('the same thing spelt with %s is found too', (_what, sql) => {
  const problems = problemsAfter(sealed, (db) => {
    expect(db.prepare(`${sql} WHERE seq = 4`).run().changes).toBeGreaterThan(0)
  })
  expect(problems.join()).toMatch(/its hash does not fit/)
})

test('a whole incident that is taken out is found by the ledger', () => {
  const problems = problemsAfter(sealed, (db) => removeFrom(db, incidents[1], 1))
  expect(problems.join()).toMatch(/the ledger remembers entry/)
})

/**
 * What docs/journal-format.md says that the journal alone cannot prove. That it is not found must stay true for as long as
 * it says so; an anchor from outside finds each.
 */
test.each([
  [
    'the newest entries, cut off together with the ledger’s memory of them',
    (db: Database.Database) => cutTail(db, incidents[0], 10),
    /cut off/,
  ],
  [
    'an incident, taken out together with the ledger’s memory of it',
    (db: Database.Database) => cutTail(db, incidents[0], 1),
    /the journal holds nothing of it: it was taken out/,
  ],
  [
    'another story, rebuilt from the beginning',
    (db: Database.Database) => {
      db.prepare(`UPDATE body SET bytes = CAST(replace(CAST(bytes AS TEXT), 'é', 'a lie') AS BLOB)`).run()
      const told = db.prepare('SELECT count(*) FROM body WHERE CAST(bytes AS TEXT) LIKE ?').pluck().get('%é%')
      expect(told).toBe(0)
      rebuild(db)
    },
    /the chain was rebuilt since/,
  ],
])('not found without an anchor, and found with one: %s', (_what, change, says) => {
  expect(problemsAfter(sealed, change)).toEqual([])
  expect(anchorProblemsAfter(sealed, anchorOf(sealed), change).join('\n')).toMatch(says)
})

test('an anchor says nothing against the journal that it was made of, nor against what followed it', () => {
  expect(anchorProblemsAfter(sealed, anchorOf(sealed), () => undefined)).toEqual([])
})

test('500 random forgeries that leave a journal which verifies: an anchor finds each (soak: 10,000)', () => {
  expect(forge(500, 20_261_121)).toMatchObject({ unseen: [], seenWithout: [] })
})
