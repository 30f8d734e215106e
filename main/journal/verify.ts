import { hash as hashOf } from 'node:crypto'
import { z } from 'zod'
import { erasedKind } from '../../shared/erasure/entries.ts'
import { evidenceKeptKind } from '../../shared/evidence/entries.ts'
import { neverErased } from '../../shared/erasure/rules.ts'
import { declaredKind } from '../../shared/incident/entries.ts'
import { compareEntries, firstPrev } from '../../shared/journal/chain.ts'
import type { Kind } from '../../shared/journal/kind.ts'
import { headRecordedKind } from '../../shared/ledger/entries.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { missingGuards } from './guards.ts'
import { ledgerOf } from './heads.ts'
import { Problems } from './problems.ts'
import { readRow } from './rows.ts'
import { sha256 } from './sha256.ts'
import type { Connection } from './sqlite.ts'
import { bodyProblem, readStoredBody } from './stored-body.ts'
import { linkForm, linkSql } from './stored-header.ts'

/** The head of one chain, as found. */
export interface FoundHead {
  readonly incident: string
  readonly chain: string
  readonly seq: number
  readonly hash: string
}

/** A bundle that the journal says is kept. `size` in bytes. */
export interface FoundBundle {
  readonly bundle: string
  readonly size: number
  readonly number: string
  /** Where the journal says that its bytes were erased: the entry that does, as 'INC-2026-1121-0001 #12'. */
  readonly erasedBy: string | null
}

/** What a walk over the whole journal found. `problems` is empty where everything is as it was written. */
export interface JournalVerification {
  readonly chains: number
  readonly entries: number
  /** How many bodies are gone by an entry that says so. */
  readonly erased: number
  /** Which: 'INC-2026-1121-0001 #7: erased by #12.' */
  readonly erasures: readonly string[]
  readonly problems: readonly string[]
  readonly heads: readonly (FoundHead & { readonly number: string })[]
  readonly bundles: readonly FoundBundle[]
}

/** Where an entry stands. */
type Standing = Pick<FoundHead, 'incident' | 'chain' | 'seq'>

/** Where an entry stands in the order of the fold. */
interface Placed extends Standing {
  readonly lamport: number
}

interface Row extends Placed {
  readonly id: number
  readonly kind: string
  readonly version: number
  readonly prev: string
  readonly hash: string
  readonly body_hash: string
  /** `prev ‖ header`, as the columns spell it. */
  readonly link: string
  /** `salt ‖ bytes`; null where the body is gone. */
  readonly sealed: Buffer | null
}

/** As many rows as are read at once: some 6 ms of work. A bound LIMIT would be planned anew at each call. */
const SLICE = 1_000
const SALT_BYTES = 16

/** Checks everything that `JournalWalk` does, in one go. */
export function verifyJournal(db: Connection): JournalVerification {
  const walk = new JournalWalk(db)
  while (walk.step());
  return walk.finish()
}

/**
 * Checks every chain link by link (numbers in order, each hash over its header and the one before, each body against its
 * hash, header and body in their canonical form), the ledger's memory of heads, bodies that are gone against the entries
 * that erased them, and that the triggers which forbid changes are in place.
 *
 * Goes by arrival, a slice at each `step`, and holds no transaction in between (a long one keeps the write-ahead log from
 * being reset): entries are never changed and arrive at the end, so a writer at work beside it does no harm. What was erased
 * meanwhile is known when the walk has come to its end.
 */
export class JournalWalk {
  readonly #db: Connection
  /** The incident id of the ledger's chain; null where the row that says it is gone. */
  readonly #ledger: string | null
  readonly #problems = new Problems()
  readonly #heads = new Map<string, FoundHead>()
  readonly #numbers = new Map<string, string>()
  readonly #tangled = new Set<string>()
  readonly #remembered = new Set<string>()
  readonly #bundles: { bundle: string; size: number; incident: string }[] = []
  readonly #bodiless: (Standing & { hash: string; kind: string })[] = []
  readonly #erasedEntries = new Map<string, Standing>()
  /** The last entry in the order of the fold about the bytes of a bundle in an incident, and whether it erased them. */
  readonly #lastOfBundle = new Map<string, Placed & { isErased: boolean }>()
  readonly #slice
  readonly #hashAt
  #last = Number.MIN_SAFE_INTEGER
  #of: number
  #entries = 0

  constructor(db: Connection) {
    this.#db = db
    this.#ledger = ledgerOf(db)
    this.#of = Number(db.prepare('SELECT coalesce(max(id), 0) FROM entry').pluck().get())
    this.#hashAt = db.prepare('SELECT hash FROM entry WHERE chain = +? AND seq = ?').pluck()
    // A salt of another length would let bytes pass from body to salt under the same hash.
    this.#slice = db.prepare<[number], Row>(
      `SELECT e.id, e.chain, e.seq, e.lamport, e.incident, e.kind, e.version, e.prev, e.hash, e.body_hash, ${linkSql} AS link,
          CASE WHEN b.entry IS NULL THEN NULL WHEN length(b.salt) = ${SALT_BYTES} THEN CAST(b.salt || b.bytes AS BLOB) ELSE x'' END AS sealed
         FROM entry e LEFT JOIN body b ON b.entry = e.id WHERE e.id > ? ORDER BY e.id LIMIT ${SLICE}`,
    )
    this.#checkGuards()
  }

  /** How many rows are done, of how many there were at the start. */
  get progress(): { readonly done: number; readonly of: number } {
    return { done: Math.max(0, Math.min(this.#last, this.#of)), of: this.#of }
  }

  /** Checks the next slice. Answers false where nothing is left. */
  step(): boolean {
    const rows = this.#slice.all(this.#last)
    for (const row of rows) this.#check(row)
    const last = rows.at(-1)?.id
    if (last === undefined || rows.length < SLICE) return false
    // A number that JavaScript cannot tell from the one before would be read for ever.
    if (last <= this.#last) {
      this.#problems.add(`The rows after number ${last} cannot be told apart: this journal was not written by Muster.`)
      return false
    }
    this.#last = last
    return true
  }

  /** What needs all rows to have been seen; to be called once, after the last step. */
  finish(): JournalVerification {
    for (const chain of this.#tangled) this.#walkInOrder(chain)
    this.#checkLedgerKnows()
    const erasures = this.#checkBodiless()
    this.#checkErased()
    return {
      chains: this.#heads.size,
      entries: this.#entries,
      erased: erasures.length,
      erasures,
      problems: this.#problems.told(),
      heads: Array.from(this.#heads.values(), (head) => ({ ...head, number: this.#numberOf(head.incident) })),
      bundles: this.#bundles.map(({ bundle, size, incident }) => {
        const last = this.#lastOfBundle.get(`${incident} ${bundle}`)
        const number = this.#numberOf(incident)
        return { bundle, size, number, erasedBy: last?.isErased === true ? `${number} #${last.seq}` : null }
      }),
    }
  }

  #checkGuards(): void {
    for (const trigger of missingGuards(this.#db)) {
      this.#problems.add(`The trigger '${trigger}' is gone or changed: entries could be changed unseen.`)
    }
    if (this.#ledger === null) this.#problems.add('The ledger of this folder is gone: lost incidents cannot be seen.')
  }

  #check(row: Row): void {
    this.#entries += 1
    this.#checkLink(row)
    if (hashOf('sha256', row.link, 'hex') !== row.hash) this.#report(row, 'it was changed, its hash does not fit.')
    if (!linkForm.test(row.link)) this.#reportForm(row)
    this.#checkBody(row)
  }

  /** A chain of which the rows did not arrive in their order is walked again, in its own, at the end. */
  #checkLink(place: Standing & { readonly prev: string; readonly hash: string }): void {
    const { chain, seq, incident, prev, hash } = place
    if (this.#tangled.has(chain)) return
    const before = this.#heads.get(chain)
    if (seq !== (before?.seq ?? 0) + 1) {
      this.#tangled.add(chain)
      return
    }
    if (prev !== (before?.hash ?? firstPrev(chain, sha256))) {
      this.#report(place, 'it does not follow the entry before it.')
    }
    if (before !== undefined && before.incident !== incident) {
      this.#report(place, 'it belongs to another incident.')
    }
    this.#heads.set(chain, { incident, chain, seq, hash })
  }

  #walkInOrder(chain: string): void {
    const rows = this.#db.prepare<[string], Standing & { prev: string; hash: string }>(
      'SELECT incident, chain, seq, prev, hash FROM entry WHERE chain = ? ORDER BY seq',
    )
    this.#tangled.delete(chain)
    this.#heads.delete(chain)
    for (const row of rows.iterate(chain)) {
      const before = this.#heads.get(chain)
      const expected = (before?.seq ?? 0) + 1
      if (row.seq !== expected) {
        this.#report(row, `${expected} was expected here.`)
        this.#heads.set(chain, { incident: row.incident, chain, hash: '', ...before, seq: row.seq - 1 })
      }
      this.#checkLink(row)
    }
  }

  #checkBody(row: Row): void {
    const { sealed, incident, chain, seq, lamport, hash, kind, version } = row
    if (sealed === null) {
      this.#bodiless.push({ incident, chain, seq, hash, kind })
      return
    }
    if (hashOf('sha256', sealed, 'hex') !== row.body_hash) return this.#report(row, 'its body was changed.')
    if (!neededKinds.has(kind)) {
      const problem = bodyProblem(sealed, SALT_BYTES)
      if (problem !== null) this.#report(row, problem)
      return
    }
    const read = readStoredBody(sealed, SALT_BYTES)
    if (read.problem === null) this.#remember({ incident, chain, seq, lamport }, { kind, version, value: read.value })
    else this.#report(row, read.problem)
  }

  #remember(place: Placed, body: { kind: string; version: number; value: unknown }): void {
    switch (body.kind) {
      case declaredKind.kind: {
        const declared = readBody(declaredKind, body)
        if (declared !== null) this.#numbers.set(place.incident, declared.number)
        return
      }
      case headRecordedKind.kind: {
        const head = readBody(headRecordedKind, body)
        if (head !== null) this.#checkRemembered(head)
        return
      }
      case evidenceKeptKind.kind: {
        const kept = readBody(evidenceKeptKind, body)
        if (kept === null) return
        this.#bundles.push({ bundle: kept.bundle, size: kept.size, incident: place.incident })
        this.#rememberBundle(kept.bundle, { ...place, isErased: false })
        return
      }
      default: {
        const isNewer = body.version > erasedKind.version
        const erased = isNewer ? (newerErased.safeParse(body.value).data ?? null) : readBody(erasedKind, body)
        if (erased === null) return
        if (erased.entry !== null) this.#erasedEntries.set(erased.entry, place)
        if (erased.bundle !== null) this.#rememberBundle(erased.bundle, { ...place, isErased: true })
      }
    }
  }

  /** What was erased may have been kept again. */
  #rememberBundle(bundle: string, said: Placed & { isErased: boolean }): void {
    const key = `${said.incident} ${bundle}`
    const last = this.#lastOfBundle.get(key)
    if (last === undefined || compareEntries(last, said) < 0) this.#lastOfBundle.set(key, said)
  }

  /** Each head that the ledger remembers was there before it, and must still stand in its chain, under the same hash. */
  #checkRemembered({ incident, chain, seq, hash }: FoundHead): void {
    this.#remembered.add(chain)
    // It is written together with the entry that it names, so that is the chain's last one so far.
    const last = this.#heads.get(chain)
    if (last?.seq === seq && last.hash === hash) return
    const found = this.#hashAt.get(chain, seq)
    if (found === hash) return
    const name = `${this.#numberOf(incident)}, chain ${chain.slice(0, 8)}`
    this.#problems.add(
      found === undefined
        ? `${name}: the ledger remembers entry ${seq}, and it is gone.`
        : `${name}: the ledger remembers another entry ${seq}; the chain was rebuilt.`,
    )
  }

  /** What this desk wrote, its ledger remembers from the first entry on. */
  #checkLedgerKnows(): void {
    const own = this.#db.prepare<[], { incident: string; chain: string }>('SELECT incident, chain FROM own_chain').all()
    for (const { incident, chain } of own) {
      if (incident === this.#ledger || this.#remembered.has(chain) || !this.#heads.has(chain)) continue
      const name = `${this.#numberOf(incident)}, chain ${chain.slice(0, 8)}`
      this.#problems.add(`${name}: this desk wrote it, and its ledger does not remember it: the ledger was cut off.`)
    }
  }

  /** Answers which of the bodies that are gone went with an entry that says so; the others are problems. */
  #checkBodiless(): string[] {
    const erasures: string[] = []
    for (const place of this.#bodiless) {
      const eraser = this.#erasedEntries.get(place.hash)
      if (eraser !== undefined && eraser.incident === place.incident && !neverErased.has(place.kind)) {
        erasures.push(`${this.#numberOf(place.incident)} #${place.seq}: erased by #${eraser.seq}.`)
      } else this.#report(place, 'its body is gone.')
    }
    return erasures
  }

  #checkErased(): void {
    const stillThere = this.#db.prepare<[string], Standing & { kind: string }>(
      `SELECT e.chain, e.seq, e.incident, e.kind FROM entry e JOIN body b ON b.entry = e.id WHERE e.hash = ?`,
    )
    for (const [hash, eraser] of this.#erasedEntries) {
      const place = stillThere.get(hash)
      if (place !== undefined && place.incident === eraser.incident && !neverErased.has(place.kind)) {
        this.#report(place, `#${eraser.seq} says that its body was erased, and it is still there.`)
      }
    }
  }

  /** A row that is not of the journal's form is named with what its reader says of it. */
  #reportForm(row: Row): void {
    const whole = this.#db
      .prepare('SELECT e.*, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id WHERE e.id = ?')
      .get(row.id)
    try {
      readRow(whole)
      this.#report(row, 'its header is not canonical.')
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      this.#problems.add(`${error.refusal.tried}: ${error.refusal.happened}`)
    }
  }

  #report(place: Standing, problem: string): void {
    this.#problems.add(`${nameOf(place)}: ${problem}`)
  }

  #numberOf(incident: string): string {
    return this.#numbers.get(incident) ?? (incident === this.#ledger ? 'the ledger' : incident)
  }
}

function nameOf({ chain, seq }: Standing): string {
  return `Entry ${seq} of chain ${chain.slice(0, 8)}`
}

const neededKinds: ReadonlySet<string> = new Set(
  [declaredKind, headRecordedKind, evidenceKeptKind, erasedKind].map(({ kind }) => kind),
)

/** A newer Muster's entry erases too: the triggers go by these two alone. */
const newerErased = z.looseObject({
  entry: z.string().nullable().catch(null),
  bundle: z.string().nullable().catch(null),
})

/** A body read by its kind; null where it is newer than this Muster knows, or not of its form. */
function readBody<Body>(
  kind: Kind<string, Body>,
  { version, value }: { readonly version: number; readonly value: unknown },
): Body | null {
  if (version > kind.version) return null
  const lifted = version === kind.version ? value : kind.upcast(value, version)
  const parsed: z.ZodSafeParseResult<Body> = kind.body.safeParse(lifted)
  return parsed.success ? parsed.data : null
}
