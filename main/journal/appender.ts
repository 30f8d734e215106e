import { randomBytes } from 'node:crypto'
import { canonicalJson } from '../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../shared/journal/chain.ts'
import type { ClockMark, Entry, Header, Mode, Person, SeenHead } from '../../shared/journal/header.ts'
import type { Draft } from '../../shared/journal/kind.ts'
import type { ArrivedEntry } from './rows.ts'
import { sha256 } from './sha256.ts'
import type { Connection } from './sqlite.ts'

/** A draft with everything that its header needs and only the writer knows. */
export interface Appendix {
  readonly incident: string
  readonly mode: Mode
  readonly recordedBy: Person
  readonly version: number
  readonly at: string
  readonly clock: ClockMark
  readonly draft: Draft
}

interface Head {
  readonly seq: number
  readonly hash: string
}

/** The chains of an incident, as of the row under which the newest entry stood then. */
interface SeenChains {
  readonly row: number
  readonly hash: string
  readonly chains: Set<string>
}

/** The journal's only way to write. Every method expects to run inside an IMMEDIATE transaction of its connection. */
export class Appender {
  readonly #insertEntry
  readonly #insertBody
  readonly #head
  readonly #lastAt
  readonly #newestRow
  readonly #hashOfRow
  readonly #chainsSince
  readonly #chains
  readonly #lamport
  readonly #ownChain
  readonly #claimChain
  readonly #seenChains = new Map<string, SeenChains>()

  constructor(db: Connection) {
    this.#insertEntry = db.prepare(
      `INSERT INTO entry (incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
        body_hash, "after", prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#insertBody = db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)')
    // `+?`: where a bare `?` meets the first column of an index, SQLite plans anew at each call (7 µs for 1).
    this.#head = db.prepare<[string], Head>('SELECT seq, hash FROM entry WHERE chain = +? ORDER BY seq DESC LIMIT 1')
    this.#lastAt = db
      .prepare<[string], string>('SELECT at FROM entry WHERE chain = +? ORDER BY seq DESC LIMIT 1')
      .pluck()
    this.#newestRow = db.prepare<[], { id: number; hash: string }>(
      'SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1',
    )
    this.#hashOfRow = db.prepare('SELECT hash FROM entry WHERE id = ?').pluck()
    this.#chainsSince = db
      .prepare<[number, string], string>('SELECT chain FROM entry WHERE id > ? AND +incident = ?')
      .pluck()
    this.#chains = db.prepare<[string], string>('SELECT DISTINCT chain FROM entry WHERE incident = ?').pluck()
    this.#lamport = db.prepare('SELECT coalesce(max(lamport), 0) FROM entry WHERE incident = +?').pluck()
    this.#ownChain = db.prepare<[string], string>('SELECT chain FROM own_chain WHERE incident = ?').pluck()
    this.#claimChain = db.prepare('INSERT INTO own_chain (incident, chain) VALUES (?, ?)')
  }

  /** The head of this desk's chain of an incident; null before its first entry. */
  ownHead(incident: string): (Head & { chain: string }) | null {
    const chain = this.#ownChain.get(incident)
    if (typeof chain !== 'string') return null
    const head = this.#head.get(chain)
    return head === undefined ? null : { chain, ...head }
  }

  /** When this desk's newest entry of an incident was logged (ISO UTC); null before its first. */
  ownLastAt(incident: string): string | null {
    const chain = this.#ownChain.get(incident)
    return typeof chain === 'string' ? (this.#lastAt.get(chain) ?? null) : null
  }

  /** Appends one entry and returns it as readers will get it. */
  append(appendix: Appendix): ArrivedEntry {
    const { incident, draft } = appendix
    const chain = this.#chainOf(incident)
    const head = this.#head.get(chain)
    const salt = randomBytes(16)
    const text = canonicalJson(draft.body)
    const bytes = Buffer.from(text, 'utf8')
    const header: Header = {
      incident,
      chain,
      seq: (head?.seq ?? 0) + 1,
      lamport: Number(this.#lamport.get(incident)) + 1,
      at: appendix.at,
      happened_at: draft.happenedAt ?? appendix.at,
      clock: appendix.clock,
      mode: appendix.mode,
      actor: draft.actor ?? appendix.recordedBy,
      recorded_by: appendix.recordedBy,
      kind: draft.kind,
      version: appendix.version,
      body_hash: hashBody(salt, bytes, sha256),
      after: this.#otherHeads(incident, chain),
    }
    const prev = head?.hash ?? firstPrev(chain, sha256)
    const hash = hashHeader(prev, header, sha256)
    const arrival = this.#store(header, prev, hash, { salt, bytes })
    return { arrival, entry: { ...header, prev, hash, body: JSON.parse(text) as Entry['body'] } }
  }

  #store(header: Header, prev: string, hash: string, body: { salt: Uint8Array; bytes: Uint8Array }): number {
    const { lastInsertRowid } = this.#insertEntry.run(
      header.incident,
      header.chain,
      header.seq,
      header.lamport,
      header.at,
      header.happened_at,
      canonicalJson(header.clock),
      header.mode,
      canonicalJson(header.actor),
      canonicalJson(header.recorded_by),
      header.kind,
      header.version,
      header.body_hash,
      canonicalJson(header.after),
      prev,
      hash,
    )
    this.#insertBody.run(lastInsertRowid, body.salt, body.bytes)
    return Number(lastInsertRowid)
  }

  #otherHeads(incident: string, own: string): SeenHead[] {
    const others = Array.from(this.#chainsOf(incident)).filter((chain) => chain !== own)
    return others.toSorted().flatMap((chain) => {
      const head = this.#head.get(chain)
      return head === undefined ? [] : [{ chain, ...head }]
    })
  }

  /**
   * Only rows that are new since the last look are read, as reading all of them made each append slower than the one
   * before. A row that is no longer what it was belonged to a transaction that was rolled back: then all are read again.
   */
  #chainsOf(incident: string): ReadonlySet<string> {
    const newest = this.#newestRow.get()
    if (newest === undefined) return new Set()
    const seen = this.#seenChains.get(incident)
    const stillStands = seen !== undefined && this.#hashOfRow.get(seen.row) === seen.hash
    const found = stillStands ? this.#chainsSince.all(seen.row, incident) : this.#chains.all(incident)
    const chains = new Set([...(stillStands ? seen.chains : []), ...found])
    this.#seenChains.set(incident, { row: newest.id, hash: newest.hash, chains })
    return chains
  }

  #chainOf(incident: string): string {
    const known = this.#ownChain.get(incident)
    if (typeof known === 'string') return known
    const chain = randomBytes(16).toString('hex')
    this.#claimChain.run(incident, chain)
    return chain
  }
}
