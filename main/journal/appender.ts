import { randomBytes } from 'node:crypto'
import { canonicalJson } from '../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../shared/journal/chain.ts'
import type { ClockMark, Header, Mode, Person, SeenHead } from '../../shared/journal/header.ts'
import type { Draft } from '../../shared/journal/kind.ts'
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

/** The journal's only way to write. Every method expects to run inside an IMMEDIATE transaction of its connection. */
export class Appender {
  readonly #insertEntry
  readonly #insertBody
  readonly #head
  readonly #otherHeads
  readonly #lamport
  readonly #ownChain
  readonly #claimChain

  constructor(db: Connection) {
    this.#insertEntry = db.prepare(
      `INSERT INTO entry (incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
        body_hash, "after", prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#insertBody = db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)')
    this.#head = db.prepare<[string], Head>('SELECT seq, hash FROM entry WHERE chain = ? ORDER BY seq DESC LIMIT 1')
    this.#otherHeads = db.prepare<[string, string], SeenHead>(
      `SELECT chain, max(seq) AS seq, hash FROM entry WHERE incident = ? AND chain <> ? GROUP BY chain ORDER BY chain`,
    )
    this.#lamport = db.prepare('SELECT coalesce(max(lamport), 0) FROM entry WHERE incident = ?').pluck()
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

  /** Appends one entry and returns its header and hash. */
  append(appendix: Appendix): { header: Header; hash: string } {
    const { incident, draft } = appendix
    const chain = this.#chainOf(incident)
    const head = this.#head.get(chain)
    const salt = randomBytes(16)
    const bytes = Buffer.from(canonicalJson(draft.body), 'utf8')
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
      after: this.#otherHeads.all(incident, chain),
    }
    const prev = head?.hash ?? firstPrev(chain, sha256)
    const hash = hashHeader(prev, header, sha256)
    this.#store(header, prev, hash, { salt, bytes })
    return { header, hash }
  }

  #store(header: Header, prev: string, hash: string, body: { salt: Uint8Array; bytes: Uint8Array }): void {
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
  }

  #chainOf(incident: string): string {
    const known = this.#ownChain.get(incident)
    if (typeof known === 'string') return known
    const chain = randomBytes(16).toString('hex')
    this.#claimChain.run(incident, chain)
    return chain
  }
}
