import { beforeAll, expect, test } from 'vitest'
import type Database from 'better-sqlite3'
import { sha256 } from '../../../../main/journal/sha256.ts'
import { canonicalJson } from '../../../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../../../shared/journal/chain.ts'
import { incidents } from './job.ts'
import { isLedger, problemsAfter, sealedJournal, tamper } from './tampering.ts'

let sealed: Buffer

beforeAll(() => {
  sealed = sealedJournal()
})

test('a journal that nobody touched has no problems', () => {
  expect(problemsAfter(sealed, () => undefined)).toEqual([])
})

test('500 random changes: each is found (npm run soak -- tampering: 10,000)', () => {
  expect(tamper(500, 20_261_121).unseen).toEqual([])
}, 60_000)

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
 * What docs/journal-format.md says that the journal alone cannot prove. These must pass for as long as it says so: an
 * anchor outside is what finds them.
 */
test('not found without an anchor: the newest entries, cut off together with the ledger’s memory of them', () => {
  const problems = problemsAfter(sealed, (db) => {
    removeFrom(db, incidents[0], 10)
    const ledger = String(db.prepare('SELECT ledger FROM desk').pluck().get())
    const last = db
      .prepare(
        `SELECT min(e.seq) FROM entry e JOIN body b ON b.entry = e.id WHERE e.incident = ?
          AND json_extract(CAST(b.bytes AS TEXT), '$.incident') = ? AND json_extract(CAST(b.bytes AS TEXT), '$.seq') >= 10`,
      )
      .pluck()
      .get(ledger, incidents[0])
    removeFrom(db, ledger, Number(last))
  })
  expect(problems).toEqual([])
})

test('not found without an anchor: another story, rebuilt from the beginning', () => {
  const problems = problemsAfter(sealed, (db) => {
    db.prepare(`UPDATE body SET bytes = CAST(replace(CAST(bytes AS TEXT), 'é', 'a lie') AS BLOB)`).run()
    const told = db.prepare('SELECT count(*) FROM body WHERE CAST(bytes AS TEXT) LIKE ?').pluck().get('%é%')
    expect(told).toBe(0)
    rebuild(db)
  })
  expect(problems).toEqual([])
})

function removeFrom(db: Database.Database, incident: string, seq: number): void {
  db.prepare('DELETE FROM body WHERE entry IN (SELECT id FROM entry WHERE incident = ? AND seq >= ?)').run(
    incident,
    seq,
  )
  expect(db.prepare('DELETE FROM entry WHERE incident = ? AND seq >= ?').run(incident, seq).changes).toBeGreaterThan(0)
}

interface Row {
  readonly id: number
  readonly chain: string
  readonly seq: number
  readonly [column: string]: unknown
}

/** What a forger with all rights and this source code would do: every hash anew, the ledger's memory last. */
function rebuild(db: Database.Database): void {
  const heads = new Map<string, string>()
  const rows = db
    .prepare<[], Row>('SELECT e.*, b.salt, b.bytes FROM entry e JOIN body b ON b.entry = e.id ORDER BY e.id')
    .all()
  const ofLedger = (row: Row): boolean => isLedger(db, row.chain)
  for (const row of [...rows.filter((row) => !ofLedger(row)), ...rows.filter(ofLedger)]) {
    const { id, prev: _prev, hash: _hash, salt, bytes, ...columns } = row
    const body = ofLedger(row) ? remembered(bytes as Buffer, heads) : (bytes as Buffer)
    const bodyHash = hashBody(salt as Buffer, body, sha256)
    const header: Record<string, unknown> = { ...columns, body_hash: bodyHash }
    for (const name of ['clock', 'actor', 'recorded_by', 'after']) header[name] = JSON.parse(String(columns[name]))
    const prev = heads.get(`${row.chain}/${row.seq - 1}`) ?? firstPrev(row.chain, sha256)
    const hash = hashHeader(prev, header as never, sha256)
    heads.set(`${row.chain}/${row.seq}`, hash)
    db.prepare('UPDATE entry SET body_hash = ?, prev = ?, hash = ? WHERE id = ?').run(bodyHash, prev, hash, id)
    db.prepare('UPDATE body SET bytes = ? WHERE entry = ?').run(body, id)
  }
}

function remembered(bytes: Buffer, heads: ReadonlyMap<string, string>): Buffer {
  const body = JSON.parse(bytes.toString()) as { chain: string; seq: number }
  return Buffer.from(canonicalJson({ ...body, hash: heads.get(`${body.chain}/${body.seq}`) }))
}
