import { zstdCompressSync } from 'node:zlib'
import { evidenceKeptKind } from '../../shared/evidence/entries.ts'
import type { EvidenceItem } from '../../shared/evidence/entries.ts'
import { RefusalError } from '../../shared/refusal.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import type { Connection } from '../journal/sqlite.ts'
import { bodyAs } from './body-as.ts'
import { facetsOf } from './entry-indexer.ts'
import type { Facets } from './facets.ts'
import type { JournalReader, SaidEntry } from './journal-reader.ts'
import { cutIntoPieces, ITEM_CAP, piecesOf, textOfItem } from './pieces.ts'
import type { Shards } from './shards.ts'

interface Parts {
  readonly db: Connection
  readonly journal: JournalReader
  readonly facets: Facets
  readonly pieces: Shards
  readonly store: Pick<EvidenceStore, 'stream'>
  /** Runs work in a transaction of the index; false where another process was in the way. */
  readonly write: (work: () => void) => boolean
}

interface Piece {
  readonly id: number
  readonly item: string
  readonly text: string
}

/** Pieces that go into one transaction: others wait no longer than for these. */
const AT_ONCE = 24
/** Evidence that was not there, or not readable, is tried again after this long. */
const AGAIN_AFTER_MS = 60_000

/** Brings text that was kept as evidence into the index, one bundle after the other. */
export class EvidenceIndexer {
  readonly #parts: Parts
  readonly #notBefore = new Map<number, number>()
  readonly #waiting
  readonly #isWaiting
  readonly #done
  readonly #failed
  readonly #insert

  constructor(parts: Parts) {
    const { db } = parts
    this.#parts = parts
    this.#waiting = db.prepare<[], number>('SELECT entry FROM waiting ORDER BY tries, entry LIMIT 200').pluck()
    this.#isWaiting = db.prepare('SELECT 1 FROM waiting WHERE entry = ?').pluck()
    this.#done = db.prepare('DELETE FROM waiting WHERE entry = ?')
    this.#failed = db.prepare('UPDATE waiting SET tries = tries + 1 WHERE entry = ?')
    this.#insert = db.prepare('INSERT OR IGNORE INTO piece (id, item, text) VALUES (?, ?, ?)')
  }

  /** Reads the evidence of one entry that waits for it. Answers whether there was one. `pause` lets others go first. */
  async readNext(nowMs: number, pause: () => Promise<void>): Promise<boolean> {
    const arrival = this.#waiting.all().find((entry) => (this.#notBefore.get(entry) ?? 0) <= nowMs)
    if (arrival === undefined) return false
    const entry = this.#parts.journal.at(arrival)
    const isRead = entry === null || (await this.#read(arrival, entry, pause))
    this.#notBefore.set(arrival, nowMs + AGAIN_AFTER_MS)
    this.#parts.write(() => void (isRead ? this.#done : this.#failed).run(arrival))
    if (isRead) this.#notBefore.delete(arrival)
    return true
  }

  /** False where the bundle is not there, or cannot be read. */
  async #read(arrival: number, entry: SaidEntry, pause: () => Promise<void>): Promise<boolean> {
    const kept = bodyAs(evidenceKeptKind, entry)
    if (kept === null) return true
    let id = piecesOf(arrival).from
    const last = piecesOf(arrival).to
    try {
      for await (const { item, bytes } of itemsIn(this.#parts.store, kept)) {
        const texts = cutIntoPieces(textOfItem(bytes) ?? '').slice(0, last - id + 1)
        const pieces = texts.map((text): Piece => ({ id: id++, item: item.name, text }))
        for (let at = 0; at < pieces.length; at += AT_ONCE) {
          if (!this.#keep(arrival, entry, pieces.slice(at, at + AT_ONCE))) return false
          await pause()
        }
      }
      return true
    } catch (error) {
      if (error instanceof RefusalError || isUnreadable(error)) return false
      throw error
    }
  }

  #keep(arrival: number, entry: SaidEntry, some: readonly Piece[]): boolean {
    const { facets, pieces } = this.#parts
    return this.#parts.write(() => {
      // Erased in between, or read by another process: nothing is to be added any more.
      if (this.#isWaiting.get(arrival) === undefined) return
      const tokens = facets.tokens(facetsOf(entry), arrival)
      for (const { id, item, text } of some) {
        const isNew = this.#insert.run(BigInt(id), item, zstdCompressSync(text)).changes > 0
        if (isNew) pieces.insert(id, text, tokens)
      }
    })
  }
}

/** The first bytes of each item that may be text, in one pass over the bundle. What Muster derived from the others repeats them. */
async function* itemsIn(
  store: Pick<EvidenceStore, 'stream'>,
  { bundle, items }: { readonly bundle: string; readonly items: readonly EvidenceItem[] },
): AsyncGenerator<{ item: EvidenceItem; bytes: Uint8Array }> {
  const wanted = items
    .filter(({ kind, size }) => kind !== 'derived' && size > 0)
    .map((item) => ({
      item,
      from: item.offset,
      to: item.offset + Math.min(item.size, ITEM_CAP),
      parts: [] as Uint8Array[],
    }))
    .toSorted((a, b) => a.from - b.from)
  const end = Math.max(0, ...wanted.map(({ to }) => to))
  let at = 0
  for await (const part of store.stream(bundle, 0, end)) {
    const next = at + part.length
    for (const one of wanted) {
      if (one.from >= next) break
      // The store may use its buffer again.
      if (one.to > at) one.parts.push(Buffer.from(part.subarray(Math.max(0, one.from - at), Math.max(0, one.to - at))))
    }
    at = next
    for (let first = wanted[0]; first !== undefined && first.to <= at; first = wanted[0]) {
      wanted.shift()
      yield { item: first.item, bytes: Buffer.concat(first.parts) }
    }
  }
}

/** Of the file system, or of a compression that does not hold what it promised. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(E[A-Z]+|Z_|ZSTD_|ERR_)/.test(error.code)
  )
}
