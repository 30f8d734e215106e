import { zstdDecompressSync } from 'node:zlib'
import { evidenceKeptKind } from '../../shared/evidence/entries.ts'
import { excerptOf } from '../../shared/search/excerpt.ts'
import { type ReadFilters, readFilters } from '../../shared/search/filters.ts'
import type { Found, Hit } from '../../shared/search/found.ts'
import type { Here } from '../../shared/search/moments.ts'
import { asksNothing, type Query } from '../../shared/search/query.ts'
import { textOf } from '../../shared/search/text-of.ts'
import type { Connection } from '../journal/sqlite.ts'
import { bodyAs } from './body-as.ts'
import { SPAN } from './entry-indexer.ts'
import { type Expression, expressionOf } from './expression.ts'
import type { Facets } from './facets.ts'
import type { JournalReader, SaidEntry } from './journal-reader.ts'
import { arrivalOfPiece, piecesOf } from './pieces.ts'
import type { Range, Row, Shards } from './shards.ts'

export interface Question {
  readonly query: Query
  readonly here: Here
  /** The ids of the incidents that each value of `in:` stands for. */
  readonly incidents: ReadonlyMap<string, readonly string[]>
  readonly ranked: boolean
  readonly limit: number
}

/** A hit without what the index does not know of its incident. */
export type FoundHit = Omit<Hit, 'number' | 'title'>
export type FoundThere = Omit<Found, 'hits' | 'index'> & { readonly hits: readonly FoundHit[] }

interface Parts {
  readonly db: Connection
  readonly journal: JournalReader
  readonly facets: Facets
  readonly words: Shards
  readonly pieces: Shards
}

/** A place in the index: an entry, or a piece of evidence that one kept. */
interface Candidate {
  readonly arrival: number
  readonly piece: number | null
  readonly score: number
}

/** After this long, ranking looks at no older shard. */
const RANKING_MS = 60
/** Words and filters of a question without an answer that are tried one by one. */
const TRIED = 8

/** Answers questions to the index. Reads only. */
export class Finder {
  readonly #parts: Parts
  readonly #piece
  readonly #spans
  readonly #isStarred

  constructor(parts: Parts) {
    this.#parts = parts
    const { db } = parts
    this.#piece = db.prepare<[bigint], { item: string; text: Uint8Array }>('SELECT item, text FROM piece WHERE id = +?')
    this.#spans = db.prepare<[string, string], { first: number | null; last: number | null }>(
      'SELECT min(no) AS first, max(no) AS last FROM span WHERE last_at >= ? AND first_at < ?',
    )
    this.#isStarred = db.prepare('SELECT 1 FROM star WHERE hash = +?').pluck()
  }

  find(question: Question): FoundThere {
    const read = readFilters(question.query, question.here)
    const problems = [...question.query.problems, ...read.problems]
    const nothing = { hits: [], more: false, rankedSince: null, drop: [], problems }
    if (asksNothing(question.query)) return { ...nothing, problems: [...problems, ...onlyUnwanted(question.query)] }
    const found = this.#search(question, read)
    if (found.hits.length > 0) return { ...nothing, ...found }
    return { ...nothing, drop: this.#worthDropping(question) }
  }

  #search(question: Question, read: ReadFilters): Pick<FoundThere, 'hits' | 'more' | 'rankedSince'> {
    const expression = expressionOf(question.query, read, this.#parts.facets, question.incidents)
    const range = expression === null ? null : this.#rangeOf(expression.range, read)
    if (expression === null || range === null) return { hits: [], more: false, rankedSince: null }
    return question.ranked
      ? this.#ranked({ ...expression, range }, question, read)
      : { ...this.#newest({ ...expression, range }, question, read), rankedSince: null }
  }

  #newest(expression: Expression, question: Question, read: ReadFilters) {
    const hits: FoundHit[] = []
    const items = new Set<string>()
    for (const candidate of this.#candidates(expression, question.limit + 1, read)) {
      const hit = this.#hitOf(candidate, question.query, read)
      if (hit === null || isKnown(items, hit)) continue
      if (hits.length === question.limit) return { hits, more: true }
      hits.push(hit)
    }
    return { hits, more: false }
  }

  /** Entries and pieces of evidence as one row, newest first, fetched in growing portions. */
  *#candidates(expression: Expression, portion: number, { places }: ReadFilters): Generator<Candidate> {
    const entries = places.includes('entries') ? this.#entries(expression, portion) : none()
    const pieces = places.includes('evidence') ? this.#pieces(expression, portion) : none()
    let [entry, piece] = [entries.next(), pieces.next()]
    while (entry.done !== true || piece.done !== true) {
      const isPieceFirst = entry.done === true || (piece.done !== true && piece.value.arrival > entry.value.arrival)
      if (isPieceFirst && piece.done !== true) {
        yield piece.value
        piece = pieces.next()
      } else if (entry.done !== true) {
        yield entry.value
        entry = entries.next()
      }
    }
  }

  *#entries({ text, range }: Expression, portion: number): Generator<Candidate> {
    for (const id of inPortions(this.#parts.words, text, range, portion)) yield { arrival: id, piece: null, score: 0 }
  }

  *#pieces({ text, range }: Expression, portion: number): Generator<Candidate> {
    const ids = inPortions(this.#parts.pieces, text, pieceRange(range), portion)
    for (const id of ids) yield { arrival: arrivalOfPiece(id), piece: id, score: 0 }
  }

  #ranked(expression: Expression, question: Question, read: ReadFilters) {
    const deadline = performance.now() + RANKING_MS
    const mayGoOn = () => performance.now() < deadline
    const { text, range } = expression
    // Some of them may be of one item, or fall to a filter of time.
    const wanted = question.limit * 2 + 1
    const entries = this.#best(read, 'entries', () => this.#parts.words.best(text, range, wanted, mayGoOn))
    const pieces = this.#best(read, 'evidence', () => this.#parts.pieces.best(text, pieceRange(range), wanted, mayGoOn))
    const candidates = [
      ...entries.rows.map(({ id, score }): Candidate => ({ arrival: id, piece: null, score })),
      ...pieces.rows.map(({ id, score }): Candidate => ({ arrival: arrivalOfPiece(id), piece: id, score })),
    ].toSorted((a, b) => a.score - b.score || b.arrival - a.arrival)
    const hits: FoundHit[] = []
    const items = new Set<string>()
    for (const candidate of candidates) {
      const hit = this.#hitOf(candidate, question.query, read)
      if (hit !== null && !isKnown(items, hit)) hits.push(hit)
      if (hits.length > question.limit) break
    }
    const from = Math.max(entries.from, arrivalOfPiece(pieces.from))
    const rankedSince = from > range.from ? this.#timeFrom(from) : null
    return { hits: hits.slice(0, question.limit), more: hits.length > question.limit, rankedSince }
  }

  #best({ places }: ReadFilters, place: 'entries' | 'evidence', look: () => { rows: Row[]; from: number }) {
    return places.includes(place) ? look() : { rows: [], from: 0 }
  }

  /** Null where the entry no longer fits: its body was erased a moment ago, or it was logged at another time. */
  #hitOf({ arrival, piece }: Candidate, query: Query, { after, before }: ReadFilters): FoundHit | null {
    const { journal } = this.#parts
    if (after !== null || before !== null) {
      const at = journal.timeAt(arrival)
      if (at === null || (after !== null && at < after) || (before !== null && at >= before)) return null
    }
    const entry = journal.at(arrival)
    if (entry === null || (entry.body === null && query.wanted.length > 0)) return null
    const evidence = piece === null ? null : this.#evidenceOf(entry, piece)
    if (piece !== null && evidence === null) return null
    return {
      incident: entry.incident,
      mode: entry.mode,
      hash: entry.hash,
      at: entry.at,
      happenedAt: entry.happened_at,
      by: entry.actor.name,
      kind: entry.kind,
      starred: this.#isStarred.get(entry.hash) !== undefined,
      evidence: evidence === null ? null : { bundle: evidence.bundle, item: evidence.item },
      excerpt: excerptOf(evidence?.text ?? textOf(entry), query.wanted),
    }
  }

  #evidenceOf(entry: SaidEntry, piece: number): { bundle: string; item: string; text: string } | null {
    const row = this.#piece.get(BigInt(piece))
    const kept = bodyAs(evidenceKeptKind, entry)
    if (row === undefined || kept === null) return null
    return { bundle: kept.bundle, item: row.item, text: zstdDecompressSync(row.text).toString('utf8') }
  }

  /** The arrivals that may be of these times; null where none is. Merged entries widen it, so each is still looked at. */
  #rangeOf(range: Range, { after, before }: ReadFilters): Range | null {
    const to = Math.min(range.to, this.#parts.journal.last())
    if (after === null && before === null) return { from: range.from, to }
    const { first, last } = this.#spans.get(after ?? '', before ?? '~') ?? { first: null, last: null }
    if (first === null || last === null) return null
    return { from: Math.max(range.from, first * SPAN), to: Math.min(to, (last + 1) * SPAN - 1) }
  }

  /** What, left out alone, would find something. */
  #worthDropping(question: Question): string[] {
    const { query } = question
    const parts = [...query.wanted, ...query.unwanted, ...query.filters]
    if (parts.length < 2) return []
    return parts.slice(0, TRIED).flatMap((part) => {
      const fewer: Query = {
        wanted: query.wanted.filter((term) => term !== part),
        unwanted: query.unwanted.filter((term) => term !== part),
        filters: query.filters.filter((filter) => filter !== part),
        problems: [],
      }
      if (asksNothing(fewer)) return []
      const { hits } = this.#search(
        { ...question, query: fewer, ranked: false, limit: 1 },
        readFilters(fewer, question.here),
      )
      return hits.length > 0 ? [part.said] : []
    })
  }

  #timeFrom(arrival: number): string | null {
    return this.#parts.journal.timeAt(Math.max(1, arrival))
  }
}

/** Rows newest first. Each portion asks anew, and is larger than the one before: most questions need one. */
function* inPortions(shards: Shards, expression: string, range: Range, portion: number): Generator<number> {
  let { to } = range
  for (let size = portion; to >= range.from; size *= 4) {
    const ids = shards.newest(expression, { from: range.from, to }, size)
    yield* ids
    if (ids.length < size) return
    to = (ids.at(-1) ?? 0) - 1
  }
}

function* none(): Generator<Candidate> {}

function pieceRange({ from, to }: Range): Range {
  return { from: piecesOf(from).from, to: piecesOf(to).to }
}

/** An item of evidence is one hit, however many of its pieces fit. */
function isKnown(items: Set<string>, { hash, evidence }: FoundHit): boolean {
  if (evidence === null) return false
  const key = `${hash} ${evidence.item}`
  if (items.has(key)) return true
  items.add(key)
  return false
}

function onlyUnwanted({ unwanted }: Query): string[] {
  return unwanted.length === 0 ? [] : ['Say what to look for as well: words after a minus only leave out.']
}
