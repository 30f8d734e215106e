import { hash, randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { migrations } from '../../main/journal/migrations.ts'
import { canonicalJson } from '../../shared/journal/canonical.ts'

/** Every twentieth entry of the incident is remembered by the ledger, as the journal does it. */
const LEDGER_EVERY = 20

/**
 * Makes a journal of one incident with that many entries, past its triggers and with hashes that are right: a hundred times
 * as fast as appending. Answers a header of the usual length.
 */
export function fillJournal(file: string, entries: number): string {
  const db = new Database(file)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  for (const { sql } of migrations) db.exec(sql)
  const triggers = db.prepare<[], { name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
  )
  const guards = triggers.all()
  for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`)
  const [incident, ledger] = ['01KAHB7Q7N8S3H9F0V6Z2M4XWC', '01KAHB7Q7N8S3H9F0V6Z2M4XWD']
  db.prepare('INSERT INTO desk (only, ledger) VALUES (1, ?)').run(ledger)
  const own = new Chain(db, incident, 'noted')
  const remembering = new Chain(db, ledger, 'head-recorded')
  db.exec('BEGIN')
  for (let number = 1; number <= entries; number += 1) {
    own.append({ text: `note ${number} ${'x'.repeat(290)}` })
    if (number % LEDGER_EVERY !== 1) continue
    const { chain, seq, head } = own
    remembering.append({ because: `every ${LEDGER_EVERY} entries`, chain, hash: head, incident, seq })
  }
  db.exec('COMMIT')
  for (const { sql } of guards) db.exec(sql)
  db.close()
  return own.header
}

class Chain {
  readonly #entry
  readonly #body
  readonly #incident: string
  readonly #kind: string
  readonly chain = randomBytes(16).toString('hex')
  seq = 0
  head = hash('sha256', this.chain, 'hex')
  header = ''

  constructor(db: Database.Database, incident: string, kind: string) {
    this.#incident = incident
    this.#kind = kind
    this.#entry = db.prepare(
      `INSERT INTO entry (incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
        body_hash, "after", prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, 'live', ?, ?, ?, 1, ?, '[]', ?, ?)`,
    )
    this.#body = db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)')
  }

  append(body: unknown): void {
    this.seq += 1
    const [salt, bytes] = [randomBytes(16), Buffer.from(canonicalJson(body))]
    const [at, seq, chain, incident] = ['2026-11-21T03:00:00.000Z', this.seq, this.chain, this.#incident]
    const bodyHash = hash('sha256', Buffer.concat([salt, bytes]), 'hex')
    const clock = '{"by_ms":null,"mark":"steady","skew_ms":null}'
    const person = '{"contact":null,"name":"Ana Ruiz"}'
    this.header = `{"actor":${person},"after":[],"at":"${at}","body_hash":"${bodyHash}","chain":"${chain}","clock":${clock},"happened_at":"${at}","incident":"${incident}","kind":"${this.#kind}","lamport":${seq},"mode":"live","recorded_by":${person},"seq":${seq},"version":1}`
    const prev = this.head
    this.head = hash('sha256', prev + this.header, 'hex')
    const places = [incident, chain, seq, seq, at, at, clock, person, person, this.#kind, bodyHash, prev, this.head]
    const { lastInsertRowid } = this.#entry.run(...places)
    this.#body.run(lastInsertRowid, salt, bytes)
  }
}
