import { canonicalJson } from '../../shared/journal/canonical.ts'
import { firstPrev, hashBody } from '../../shared/journal/chain.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { readAs } from '../../shared/journal/kind.ts'
import { headRecordedKind } from '../../shared/ledger/entries.ts'
import { declaredKind } from '../../shared/incident/entries.ts'
import { evidenceKeptKind } from '../../shared/evidence/entries.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { missingGuards } from './guards.ts'
import { readRow } from './rows.ts'
import { sha256 } from './sha256.ts'
import type { Connection } from './sqlite.ts'

/** The head of one chain, as found. */
interface FoundHead {
  readonly incident: string
  readonly chain: string
  readonly seq: number
  readonly hash: string
}

/** What a walk over the whole journal found. `problems` is empty where everything is as it was written. */
export interface JournalVerification {
  readonly chains: number
  readonly entries: number
  readonly problems: readonly string[]
  readonly heads: readonly (FoundHead & { readonly number: string })[]
  /** Every bundle that the journal says is kept. */
  readonly bundles: readonly { readonly bundle: string; readonly number: string }[]
}

/** Problems past this many are counted, not listed. */
const LISTED_PROBLEMS = 200

/**
 * Checks every chain link by link (numbers in order, each hash over its header and the one before, each body against
 * its hash), the ledger's memory of heads, and that the triggers which forbid changes are in place. Reads in one
 * transaction, so a writer at work beside it does no harm.
 */
export function verifyJournal(db: Connection): JournalVerification {
  return db.transaction(() => new Walk(db).run())()
}

class Walk {
  readonly #db: Connection
  /** The incident id of the ledger's chain; null where the row that says it is gone. */
  readonly #ledger: string | null
  readonly #problems: string[] = []
  readonly #heads = new Map<string, FoundHead>()
  readonly #numbers = new Map<string, string>()
  readonly #remembered: { incident: string; chain: string; seq: number; hash: string }[] = []
  readonly #bundles: { bundle: string; incident: string }[] = []
  #unlisted = 0
  #entries = 0

  constructor(db: Connection) {
    this.#db = db
    const ledger = db.prepare('SELECT ledger FROM desk').pluck().get()
    this.#ledger = typeof ledger === 'string' ? ledger : null
  }

  run(): JournalVerification {
    this.#checkGuards()
    this.#walkChains()
    this.#checkLedger()
    if (this.#unlisted > 0) this.#problems.push(`… and ${this.#unlisted} more.`)
    return {
      chains: this.#heads.size,
      entries: this.#entries,
      problems: this.#problems,
      heads: Array.from(this.#heads.values(), (head) => ({ ...head, number: this.#numberOf(head.incident) })),
      bundles: this.#bundles.map(({ bundle, incident }) => ({ bundle, number: this.#numberOf(incident) })),
    }
  }

  #checkGuards(): void {
    for (const trigger of missingGuards(this.#db)) {
      this.#report(`The trigger '${trigger}' is gone or changed: entries could be changed unseen.`)
    }
    if (this.#ledger === null) this.#report('The ledger of this folder is gone: lost incidents cannot be seen.')
  }

  #walkChains(): void {
    const rows = this.#db.prepare(
      `SELECT e.*, b.salt, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id ORDER BY e.chain, e.seq`,
    )
    for (const row of rows.iterate()) {
      this.#entries += 1
      try {
        // readRow has just looked at the types of these columns.
        this.#checkEntry(readRow(row).entry, row as StoredRow)
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error
        this.#report(`${error.refusal.tried}: ${error.refusal.happened}`)
      }
    }
  }

  #checkEntry(entry: Entry, stored: StoredRow): void {
    const name = `Entry ${entry.seq} of chain ${entry.chain.slice(0, 8)}`
    const before = this.#heads.get(entry.chain)
    const expectedPrev = before?.hash ?? firstPrev(entry.chain, sha256)
    if (entry.seq !== (before?.seq ?? 0) + 1) this.#report(`${name}: ${(before?.seq ?? 0) + 1} was expected here.`)
    if (entry.prev !== expectedPrev) this.#report(`${name} does not follow the entry before it.`)
    if (before !== undefined && before.incident !== entry.incident) this.#report(`${name} belongs to another incident.`)
    if (sha256(entry.prev, storedHeader(stored)) !== entry.hash)
      this.#report(`${name} was changed: its hash does not fit.`)
    this.#checkBody(name, entry, stored)
    this.#heads.set(entry.chain, { incident: entry.incident, chain: entry.chain, seq: entry.seq, hash: entry.hash })
    this.#remember(entry)
  }

  #checkBody(name: string, entry: Entry, { salt, bytes }: StoredRow): void {
    if (salt === null || bytes === null) this.#report(`${name}: its body is gone.`)
    else if (hashBody(salt, bytes, sha256) !== entry.body_hash) this.#report(`${name}: its body was changed.`)
    else if (canonicalJson(entry.body) !== Buffer.from(bytes).toString('utf8'))
      this.#report(`${name}: its body is not canonical.`)
  }

  #remember(entry: Entry): void {
    const declared = readAs(declaredKind, entry)
    if (declared !== null) this.#numbers.set(entry.incident, declared.body.number)
    const head = readAs(headRecordedKind, entry)
    if (head !== null) this.#remembered.push(head.body)
    const kept = readAs(evidenceKeptKind, entry)
    if (kept !== null) this.#bundles.push({ bundle: kept.body.bundle, incident: entry.incident })
  }

  /** Each head that the ledger remembers must still stand in its chain, under the same hash. */
  #checkLedger(): void {
    const at = this.#db.prepare('SELECT hash FROM entry WHERE chain = ? AND seq = ?').pluck()
    for (const { incident, chain, seq, hash } of this.#remembered) {
      const found = at.get(chain, seq)
      const name = `${this.#numberOf(incident)}, chain ${chain.slice(0, 8)}`
      if (found === undefined) this.#report(`${name}: the ledger remembers entry ${seq}, and it is gone.`)
      else if (found !== hash)
        this.#report(`${name}: the ledger remembers another entry ${seq}; the chain was rebuilt.`)
    }
  }

  #numberOf(incident: string): string {
    return this.#numbers.get(incident) ?? (incident === this.#ledger ? 'the ledger' : incident)
  }

  #report(problem: string): void {
    if (this.#problems.length < LISTED_PROBLEMS) this.#problems.push(problem)
    else this.#unlisted += 1
  }
}

/** A row of the two tables, as stored; columns with JSON in them as text. */
interface StoredRow {
  readonly salt: Uint8Array | null
  readonly bytes: Uint8Array | null
  readonly [column: string]: unknown
}

const textColumns = ['at', 'body_hash', 'chain', 'happened_at', 'incident', 'kind', 'mode'] as const
const jsonColumns = ['actor', 'after', 'clock', 'lamport', 'recorded_by', 'seq', 'version'] as const
const columnsOfHeader = [...textColumns, ...jsonColumns].toSorted()
const isText: ReadonlySet<string> = new Set(textColumns)

/**
 * The header as its columns spell it: the canonical JSON that was hashed, if nobody has spelt the same values in other
 * bytes since (another order of keys, an escape, a space).
 */
function storedHeader(row: StoredRow): string {
  const members = columnsOfHeader.map(
    (column) => `"${column}":${isText.has(column) ? JSON.stringify(row[column]) : String(row[column])}`,
  )
  return `{${members.join(',')}}`
}
