import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createAnswerer, type Handlers } from '../../main/contract/answerer.ts'
import type { DeskClient } from '../../main/desk/desk-client.ts'
import { systemClock } from '../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../main/journal/journal-store.ts'
import { indexFile } from '../../main/search/index-file.ts'
import { SearchService } from '../../main/search/search-service.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { textOf } from '../../shared/search/text-of.ts'
import { quantile } from '../main/journal/survival/two-writers.ts'

/**
 * Search over 1,000,000 entries (`SEARCH_ENTRIES` for another number) in 500 incidents, of a vocabulary of 60,000 words as
 * uneven as a language's, through the contract: the call's JSON text in, the answer's JSON text out, the search thread in
 * between, 50 hits at most. Prints p50, p95 and the longest of each sort of question, what it took of a core (which a busy
 * machine changes less), the size of the index against that of the text, and
 * how soon an entry that was committed is found. Asserts nothing.
 */
const ENTRIES = Number(process.env['SEARCH_ENTRIES'] ?? 1_000_000)
const INCIDENTS = 500
const VOCABULARY = 60_000
const people = Array.from({ length: 20 }, (_, index) => `Person ${String.fromCharCode(65 + index)}ndersen`)
const syllables =
  'po re co in sta ne ti ma de con ser ver lo ga tor ba ck up pri net work di sk me mo ry que ue da ta pod ab er on tra ex ce pt it le'.split(
    ' ',
  )
const root = mkdtempSync(join(tmpdir(), 'muster-bench-search-'))

let seed = 12_345
function chance(): number {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return (seed >>> 0) / 4_294_967_296
}

const vocabulary = makeVocabulary()
const pickWord = zipf(vocabulary)
const incidents = Array.from(
  { length: INCIDENTS },
  (_, index) => `01KAHB7Q7N8S3H9F0V6Z${index.toString().padStart(6, '0')}`,
)

try {
  new JournalStore(root, systemClock).close()
  const textBytes = fillJournal()
  const desk = {
    ask: async () =>
      incidents.map((id, index) => ({ id, number: `INC-2026-1121-${1000 + index}`, title: 'An incident' })),
    onNews: () => () => {},
  } as unknown as DeskClient
  const search = new SearchService(desk, root, console.error)
  const answer = createAnswerer(
    { 'search.find': (ask) => search.find(ask) } as Partial<Handlers> as Handlers,
    console.error,
  )
  const from = performance.now()
  const looks = watchMainThread()
  await search.caughtUp()
  console.log(
    `built in ${((performance.now() - from) / 1000).toFixed(1)} s; main thread late by ${looks().toFixed(1)} ms at p99`,
  )
  await measureAll((text, ranked) => ask(answer, text, ranked))
  await measureFinding((text) => ask(answer, text, false))
  await search.close()
  const size = statSync(indexFile(root)).size
  console.log(
    `index ${(size / 1e6).toFixed(0)} MB for ${(textBytes / 1e6).toFixed(0)} MB of text: ${(size / textBytes).toFixed(3)}`,
  )
} finally {
  rmSync(root, { recursive: true, force: true })
}

async function ask(answer: ReturnType<typeof createAnswerer>, text: string, ranked: boolean): Promise<number> {
  const argument = { text, typing: false, ranked, limit: 50, offsetMinutes: 0 }
  const said = JSON.parse(await answer('search.find', JSON.stringify(argument))) as {
    ok: boolean
    value: { hits: readonly unknown[] }
  }
  if (!said.ok) throw new Error(JSON.stringify(said))
  return said.value.hits.length
}

async function measureAll(find: (text: string, ranked: boolean) => Promise<number>): Promise<void> {
  const words = (count: number, from: number, step = 1) =>
    Array.from({ length: count }, (_, index) => vocabulary[from + index * step] ?? '')
  const common = words(60, 12)
  await measure('rare word', words(200, VOCABULARY - 8_000, 37), find)
  await measure('common word', common, find)
  await measure('commonest words', words(12, 0), find)
  await measure(
    'beginning of 3',
    words(150, 0, 5).map((word) => `${word.slice(0, 3)}*`),
    find,
  )
  await measure(
    'beginning of 2',
    words(150, 0, 5).map((word) => `${word.slice(0, 2)}*`),
    find,
  )
  await measure(
    'beginning of 5, rare',
    words(150, 9_000, 300).map((word) => `${word.slice(0, 5)}*`),
    find,
  )
  await measure(
    'two common words',
    common.map((word, index) => `${word} ${vocabulary[index + 100] ?? ''}`),
    find,
  )
  await measure(
    'phrase',
    common.map((word, index) => `"${word} ${vocabulary[index] ?? ''}"`),
    find,
  )
  await measure(
    'common word, one incident',
    common.map((word, index) => `${word} in:${1000 + index * 8}`),
    find,
  )
  await measure(
    'common word, kind',
    common.map((word) => `${word} kind:decided`),
    find,
  )
  await measure(
    'common word, actor, not a word',
    common.map((word, index) => `${word} by:${String.fromCharCode(97 + (index % 20))}ndersen -${vocabulary[3] ?? ''}`),
    find,
  )
  await measure(
    'common word, an hour long ago',
    common.map((word) => `${word} after:2026-02-01T10:00 before:2026-02-01T11:00`),
    find,
  )
  await measure(
    'common word, starred (none)',
    common.map((word) => `${word} is:starred`),
    find,
  )
  await measure('common word, ranked', common, find, true)
  await measure('commonest words, ranked', words(12, 0), find, true)
}

async function measure(
  name: string,
  texts: readonly string[],
  find: (text: string, ranked: boolean) => Promise<number>,
  ranked = false,
): Promise<void> {
  const took: number[] = []
  let hits = 0
  const before = process.cpuUsage()
  for (const text of texts) {
    const from = performance.now()
    hits += await find(text, ranked)
    took.push(performance.now() - from)
  }
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1000 / texts.length
  const [p50, p95, longest] = [quantile(took, 0.5), quantile(took, 0.95), Math.max(...took)]
  console.log(
    `${name.padEnd(32)} ${texts.length} asked, ${hits} hits: p50 ${p50.toFixed(2)}, p95 ${p95.toFixed(2)}, longest ${longest.toFixed(2)} ms; ${cpu.toFixed(2)} ms of a core each`,
  )
}

/** From the commit of an entry until it is found, as a person sees it who asks again and again. */
async function measureFinding(find: (text: string) => Promise<number>): Promise<void> {
  const db = new Database(journalFile(root))
  const insert = inserter(db)
  const took: number[] = []
  for (let turn = 0; turn < 40; turn += 1) {
    const word = `fresh${turn}word`
    insert(ENTRIES + turn + 1, 'noted', { text: `something ${word} came` }, 0)
    const from = performance.now()
    while ((await find(word)) === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    took.push(performance.now() - from)
  }
  db.close()
  console.log(
    `found after its commit: p50 ${quantile(took, 0.5).toFixed(0)}, longest ${Math.max(...took).toFixed(0)} ms`,
  )
}

/** By how much a timer of the main thread is late at p99 while something else goes on. */
function watchMainThread(): () => number {
  const late: number[] = []
  let due = performance.now() + 5
  const timer = setInterval(() => {
    late.push(Math.max(0, performance.now() - due))
    due = performance.now() + 5
  }, 5)
  return () => {
    clearInterval(timer)
    return quantile(late, 0.99)
  }
}

/** Entries in the journal's own tables, without chains that hold: nobody verifies them here. Answers the bytes of their texts. */
function fillJournal(): number {
  const db = new Database(journalFile(root))
  db.pragma('synchronous = OFF')
  for (const name of [
    'entry_extends_its_chain',
    'entry_is_never_replaced',
    'body_is_never_replaced',
    'body_erased_never_returns',
    'body_of_erased_takes_its_target',
  ]) {
    db.exec(`DROP TRIGGER IF EXISTS ${name}`)
  }
  const insert = inserter(db)
  let bytes = 0
  const some = db.transaction((first: number) => {
    for (let no = first; no < first + 10_000 && no <= ENTRIES; no += 1) bytes += insert(no, ...makeEntry())
  })
  for (let first = 1; first <= ENTRIES; first += 10_000) some(first)
  db.close()
  return bytes
}

function inserter(db: Database.Database) {
  const entry = db.prepare(
    `INSERT INTO entry (incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
      body_hash, "after", prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const body = db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)')
  const salt = Buffer.alloc(16)
  const begin = Date.parse('2026-01-01T00:00:00.000Z')
  return (no: number, kind: string, said: object, who: number): number => {
    // Forty incidents go on at once.
    const incident =
      incidents[Math.floor((no / ENTRIES) * (INCIDENTS - 40)) + Math.floor(chance() * 40)] ?? incidents[0] ?? ''
    const at = new Date(begin + no * 20_000).toISOString()
    const person = JSON.stringify({ contact: null, name: people[who] })
    const hash = no.toString(16).padStart(8, '0').repeat(8)
    const chain = no.toString(16).padStart(32, '0')
    const clock = '{"by_ms":null,"mark":"steady","skew_ms":null}'
    const { lastInsertRowid } = entry.run(
      ...[incident, chain, 1, no, at, at, clock, 'live', person, person, kind, 1, hash, '[]', hash, hash],
    )
    body.run(lastInsertRowid, salt, Buffer.from(JSON.stringify(said)))
    const stored = { kind, version: 1, body: said } as unknown as Entry
    return Buffer.byteLength(textOf(stored))
  }
}

function makeEntry(): [kind: string, body: object, who: number] {
  const length = 10 + Math.floor(chance() * 31)
  const text = Array.from({ length }, pickWord).join(' ')
  const who = Math.floor(chance() * people.length)
  const dice = chance()
  if (dice < 0.1) return ['decided', { text }, who]
  if (dice < 0.2) return ['task-given', { text, owner: people[who] ?? '', minutes: 10 }, who]
  if (dice < 0.28) return ['update-given', { text }, who]
  if (dice < 0.32) return ['impact-stated', { text }, who]
  return ['noted', { text }, who]
}

function makeVocabulary(): string[] {
  const words = new Set<string>()
  while (words.size < VOCABULARY) {
    const length = 1 + Math.floor(chance() * 4)
    const word = Array.from({ length }, () => syllables[Math.floor(chance() * syllables.length)] ?? '').join('')
    words.add(words.size > 20_000 && chance() < 0.4 ? `${word}${Math.floor(chance() * 10_000)}` : word)
  }
  return [...words]
}

function zipf(words: readonly string[]): () => string {
  const sums = new Float64Array(words.length)
  let total = 0
  for (let rank = 0; rank < words.length; rank += 1) {
    total += 1 / (rank + 2.7)
    sums[rank] = total
  }
  return () => {
    const wanted = chance() * total
    let [low, high] = [0, words.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return words[low] ?? ''
  }
}
