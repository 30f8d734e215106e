import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { anchoredJournal, headsOf, ledgerOf } from '../../../../main/journal/heads.ts'
import { sha256 } from '../../../../main/journal/sha256.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'
import { chanceHex, chanceInt } from '../../../../shared/exercises/chance.ts'
import type { Anchor } from '../../../../shared/anchors/anchor.ts'
import { compareAnchor } from '../../../../shared/anchors/compare.ts'
import { canonicalJson } from '../../../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../../../shared/journal/chain.ts'
import { draftOf } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { impactStatedKind } from '../../../../shared/incident/entries.ts'
import { incidents } from './job.ts'

type Db = Database.Database

/** A journal of two incidents, as the bytes of its file; the ledger remembers both heads. */
export function sealedJournal(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'muster-tampering-'))
  try {
    const journal = new JournalStore(folder, systemClock)
    for (let number = 0; number < 48; number += 1) {
      const incident = incidents[number % 3 === 0 ? 1 : 0]
      // Text that JSON writes with escapes: the same text could be spelt in other bytes.
      const person = { contact: number % 5 === 0 ? `c\u001f${number}` : null, name: `Ana \u001b ü 𝄞 ${number % 4}` }
      const text = `${number} \u001d "é" ${chanceHex(number * 7, 1, number)}`
      const kind = number % 4 === 0 ? impactStatedKind : notedKind
      journal.append(incident, 'live', person, () => [
        draftOf(kind, { text }, { actor: { contact: null, name: 'B\u007f\u0001' } }),
      ])
    }
    for (const incident of incidents) journal.recordHead(incident, 'test')
    journal.close()
    const db = new Database(journalFile(folder))
    db.pragma('journal_mode = DELETE')
    const bytes = db.serialize()
    db.close()
    return bytes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What verification says of a journal after somebody with all rights on the file has changed it. */
export function problemsAfter(sealed: Buffer, change: (db: Db) => void): readonly string[] {
  const db = new Database(sealed)
  try {
    db.pragma('foreign_keys = OFF')
    db.pragma('ignore_check_constraints = ON')
    const triggers = db
      .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
      .all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    change(db)
    for (const { sql } of triggers) db.exec(sql)
    return verifyJournal(db).problems
  } finally {
    db.close()
  }
}

/** Every column of an entry that its hash covers, and the links themselves. */
const texts = [
  'incident',
  'chain',
  'at',
  'happened_at',
  'clock',
  'mode',
  'actor',
  'recorded_by',
  'kind',
  'body_hash',
  '"after"',
  'prev',
  'hash',
]
const numbers = ['seq', 'lamport', 'version']
const blobs = ['salt', 'bytes']

interface Change {
  readonly what: string
  readonly change: (db: Db) => void
}

/** One random change of one byte of one stored entry. */
export function changedByte(sealed: Buffer, seed: number): Change {
  const id = chanceInt([1, countOf(sealed)], seed, 'id')
  const columns = [...texts, ...numbers, ...blobs]
  const column = columns[chanceInt([0, columns.length - 1], seed, 'column')] ?? ''
  const { table, key } = blobs.includes(column) ? { table: 'body', key: 'entry' } : { table: 'entry', key: 'id' }
  return {
    what: `${column} of row ${id}`,
    change(db) {
      if (numbers.includes(column)) {
        // A number that is taken in the chain already, SQLite itself refuses.
        const bit = chanceInt([column === 'seq' ? 6 : 0, 30], seed, 'bit')
        db.prepare(`UPDATE entry SET ${column} = (${column} | :bit) - (${column} & :bit) WHERE id = :id`).run({
          bit: BigInt(2 ** bit),
          id,
        })
        return
      }
      const bytes = db
        .prepare(`SELECT CAST(${column} AS BLOB) FROM ${table} WHERE ${key} = ?`)
        .pluck()
        .get(id) as Buffer
      const place = chanceInt([0, bytes.length - 1], seed, 'place')
      bytes[place] = (bytes[place] ?? 0) ^ chanceInt([1, 255], seed, 'byte')
      const value = blobs.includes(column) ? '?' : 'CAST(? AS TEXT)'
      db.prepare(`UPDATE ${table} SET ${column} = ${value} WHERE ${key} = ?`).run(bytes, id)
    },
  }
}

/** One random insertion, deletion, swap or truncation of entries or bodies. */
export function movedEntry(sealed: Buffer, seed: number): Change {
  const ways = [
    'insert',
    'delete',
    'swap entries',
    'swap bodies',
    'truncate',
    'delete body',
    'move to another chain',
  ] as const
  const way = ways[chanceInt([0, ways.length - 1], seed, 'way')] ?? 'insert'
  const one = chanceInt([1, countOf(sealed)], seed, 'one')
  const other = ((one - 1 + chanceInt([1, countOf(sealed) - 1], seed, 'other')) % countOf(sealed)) + 1
  return { what: `${way}, rows ${one} and ${other}`, change: (db) => move(db, way, one, other) }
}

function move(db: Db, way: string, one: number, other: number): void {
  const { chain, seq } = rowOf(db, one)
  switch (way) {
    case 'insert': {
      shift(db, chain, seq, 1)
      db.prepare(
        `INSERT INTO entry SELECT 1000, incident, chain, ?, lamport, at, happened_at, clock, mode, actor, recorded_by,
          kind, version, body_hash, "after", prev, replace(hash, substr(hash, 1, 8), '00000000') FROM entry WHERE id = ?`,
      ).run(seq, one)
      db.prepare('INSERT INTO body SELECT 1000, salt, bytes FROM body WHERE entry = ?').run(one)
      return
    }
    case 'delete':
      if (seq === lengthOf(db, chain)) return move(db, 'insert', one, other)
      db.prepare('DELETE FROM entry WHERE id = ?').run(one)
      db.prepare('DELETE FROM body WHERE entry = ?').run(one)
      return shift(db, chain, seq + 1, -1)
    case 'swap entries': {
      const there = rowOf(db, other)
      const place = db.prepare('UPDATE entry SET chain = ?, seq = ? WHERE id = ?')
      place.run(chain, 100_000, one)
      place.run(chain, seq, other)
      place.run(there.chain, there.seq, one)
      return
    }
    case 'swap bodies': {
      const place = db.prepare('UPDATE body SET entry = ? WHERE entry = ?')
      place.run(100_000, one)
      place.run(one, other)
      place.run(other, 100_000)
      return
    }
    case 'truncate': {
      // The ledger's own end is what the next ledger entry would tell; a chain's end is what the ledger tells.
      const of = isLedger(db, chain) ? rowOf(db, 1) : { chain, seq }
      db.prepare('DELETE FROM body WHERE entry IN (SELECT id FROM entry WHERE chain = ? AND seq >= ?)').run(
        of.chain,
        of.seq,
      )
      db.prepare('DELETE FROM entry WHERE chain = ? AND seq >= ?').run(of.chain, of.seq)
      return
    }
    case 'delete body':
      db.prepare('DELETE FROM body WHERE entry = ?').run(one)
      return
    default:
      db.prepare('UPDATE entry SET chain = ?, seq = seq + 1000 WHERE id = ?').run('f'.repeat(32), one)
  }
}

/** Moves the entries from `seq` on up or down by one. */
function shift(db: Db, chain: string, seq: number, by: number): void {
  db.prepare('UPDATE entry SET seq = seq + 100000 WHERE chain = ? AND seq >= ?').run(chain, seq)
  db.prepare('UPDATE entry SET seq = seq - 100000 + ? WHERE chain = ? AND seq >= 100000').run(by, chain)
}

export function countOf(sealed: Buffer): number {
  const db = new Database(sealed, { readonly: true })
  try {
    return Number(db.prepare('SELECT count(*) FROM entry').pluck().get())
  } finally {
    db.close()
  }
}

function rowOf(db: Db, id: number): { chain: string; seq: number } {
  const row = db.prepare<[number], { chain: string; seq: number }>('SELECT chain, seq FROM entry WHERE id = ?').get(id)
  if (row === undefined) throw new Error(`There is no row ${id}`)
  return row
}

function lengthOf(db: Db, chain: string): number {
  return Number(db.prepare('SELECT max(seq) FROM entry WHERE chain = ?').pluck().get(chain))
}

export function isLedger(db: Db, chain: string): boolean {
  return db.prepare('SELECT 1 FROM entry, desk WHERE incident = ledger AND chain = ?').get(chain) !== undefined
}

/** The heads of a sealed journal, as somebody noted them elsewhere. */
export function anchorOf(sealed: Buffer): Anchor {
  const db = new Database(sealed, { readonly: true })
  try {
    const heads = headsOf(db)
    const ledger = ledgerOf(db)
    const of = (incident: string) => ({
      incident,
      number: null,
      heads: heads.filter((head) => head.incident === incident).map(({ chain, seq, hash }) => ({ chain, seq, hash })),
    })
    return {
      made: '2026-11-21T03:00:00.000Z',
      ledger: ledger === null ? null : of(ledger),
      incidents: Array.from(new Set(heads.map(({ incident }) => incident)))
        .filter((incident) => incident !== ledger)
        .map(of),
    }
  } finally {
    db.close()
  }
}

/** What the anchor says of a journal after somebody with all rights has changed it. */
export function anchorProblemsAfter(sealed: Buffer, anchor: Anchor, change: (db: Db) => void): readonly string[] {
  const db = new Database(sealed)
  try {
    db.pragma('foreign_keys = OFF')
    for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
      db.exec(`DROP TRIGGER ${String(name)}`)
    }
    change(db)
    return compareAnchor(anchor, anchoredJournal(db), 'the anchor').problems
  } finally {
    db.close()
  }
}

interface Row {
  readonly id: number
  readonly chain: string
  readonly seq: number
  readonly [column: string]: unknown
}

/** What a forger with all rights and this source code would do: every hash anew, the ledger's memory last. */
export function rebuild(db: Db): void {
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

/** Takes an incident's entries from `seq` on, and the ledger from where it first speaks of them. */
export function cutTail(db: Db, incident: string, seq: number): void {
  const ledger = String(db.prepare('SELECT ledger FROM desk').pluck().get())
  const first = db
    .prepare(
      `SELECT min(e.seq) FROM entry e JOIN body b ON b.entry = e.id WHERE e.incident = ?
        AND json_extract(CAST(b.bytes AS TEXT), '$.incident') = ? AND json_extract(CAST(b.bytes AS TEXT), '$.seq') >= ?`,
    )
    .pluck()
    .get(ledger, incident, seq)
  removeFrom(db, incident, seq)
  if (first !== null) removeFrom(db, ledger, Number(first))
  if (seq === 1) db.prepare('DELETE FROM own_chain WHERE incident = ?').run(incident)
}

export function removeFrom(db: Db, incident: string, seq: number): number {
  db.prepare('DELETE FROM body WHERE entry IN (SELECT id FROM entry WHERE incident = ? AND seq >= ?)').run(
    incident,
    seq,
  )
  return db.prepare('DELETE FROM entry WHERE incident = ? AND seq >= ?').run(incident, seq).changes
}

/**
 * One random change that leaves a journal which verifies by itself: a tail cut off with the ledger's memory of it, the newest
 * incident taken out likewise, or everything rebuilt around a changed text.
 */
export function forgery(sealed: Buffer, seed: number): Change {
  const ways = ['cut tail', 'take out', 'rebuild'] as const
  const way = ways[chanceInt([0, ways.length - 1], seed, 'forgery')] ?? 'rebuild'
  const incident = incidents[chanceInt([0, 1], seed, 'incident')] ?? incidents[0]
  return {
    what: `${way}, incident ${incident}`,
    change(db) {
      if (way === 'cut tail') {
        const length = Number(db.prepare('SELECT max(seq) FROM entry WHERE incident = ?').pluck().get(incident))
        cutTail(db, incident, chanceInt([2, length], seed, 'seq'))
      } else if (way === 'take out') {
        // The one that the ledger heard of last: with the other it would lose both.
        cutTail(db, incidents[0], 1)
      } else {
        const id = chanceInt([1, countOf(sealed)], seed, 'id')
        const told = db.prepare(`SELECT min(entry) FROM body WHERE entry >= ? AND CAST(bytes AS TEXT) LIKE '%"text"%'`)
        const entry = Number(told.pluck().get(id) ?? 1)
        const text = canonicalJson({ text: `another story, ${seed}` })
        db.prepare('UPDATE body SET bytes = ? WHERE entry = ?').run(Buffer.from(text), entry)
        rebuild(db)
      }
    },
  }
}

export interface TamperingReport {
  readonly changes: number
  /** What was changed and not found, with the seed that did it. */
  readonly unseen: readonly string[]
}

/** As `tamper`, of changes that only an anchor can find: `seenWithout` are those that verification found by itself. */
export function forge(
  changes: number,
  firstSeed: number,
): TamperingReport & { readonly seenWithout: readonly string[] } {
  const sealed = sealedJournal()
  const anchor = anchorOf(sealed)
  const unseen: string[] = []
  const seenWithout: string[] = []
  for (let seed = firstSeed; seed < firstSeed + changes; seed += 1) {
    const { what, change } = forgery(sealed, seed)
    const alone = problemsAfter(sealed, change)
    if (alone.length > 0) seenWithout.push(`${what}, seed ${seed}: ${alone[0]}`)
    if (anchorProblemsAfter(sealed, anchor, change).length === 0) unseen.push(`${what}, seed ${seed}`)
  }
  return { changes, unseen, seenWithout }
}

/** Tries `changes` random changes, half of them of single bytes, each on a fresh copy of the same journal. */
export function tamper(changes: number, firstSeed: number): TamperingReport {
  const sealed = sealedJournal()
  const unseen: string[] = []
  for (let seed = firstSeed; seed < firstSeed + changes; seed += 1) {
    const { what, change } = seed % 2 === 0 ? changedByte(sealed, seed) : movedEntry(sealed, seed)
    if (problemsAfter(sealed, change).length === 0) unseen.push(`${what}, seed ${seed}`)
  }
  return { changes, unseen }
}
