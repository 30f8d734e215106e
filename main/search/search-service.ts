import { labelsOf } from '../../shared/incident/labels.ts'
import { isNamed } from '../../shared/search/filters.ts'
import type { Ask, Found, IndexState } from '../../shared/search/found.ts'
import { readQuery } from '../../shared/search/query.ts'
import type { BoardRow } from '../../shared/incident/board.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { type SearchClient, startSearch } from './search-client.ts'

type Names = ReadonlyMap<string, Pick<BoardRow, 'number' | 'title'>>

/**
 * Search over the journal and the text evidence of a data folder. Its thread starts with the first who asks anything of it;
 * from then on the index follows the journal.
 */
export class SearchService {
  readonly #desk: DeskClient
  readonly #start: () => SearchClient
  readonly #now: () => number
  #client: SearchClient | null = null
  #names: Names | null = null
  /** Rises when names may have changed: an answer that was on its way then is not kept. */
  #age = 0

  constructor(desk: DeskClient, folder: string, log: (what: string) => void, now: () => number = Date.now) {
    this.#desk = desk
    this.#start = () => startSearch(folder, log)
    this.#now = now
  }

  /** Starts to follow the journal, if it did not yet. To be called after somebody listens to the desk's news. */
  warm(): void {
    this.#client ??= this.#connect()
  }

  /** What fits. Rejects with a refusal: `cancelled` where a newer question overtook it, `storage` where there can be no index. */
  async find(ask: Ask): Promise<Found> {
    const client = this.#connected()
    const names = await this.#namesNow()
    const query = readQuery(ask.text, { typing: ask.typing })
    const incidents = new Map(
      query.filters.filter(({ field }) => field === 'in').map(({ value }) => [value, idsNamed(names, value)]),
    )
    const here = { nowMs: this.#now(), offsetMinutes: ask.offsetMinutes }
    const { found, index } = await client.find({ query, here, incidents, ranked: ask.ranked, limit: ask.limit })
    const hits = found.hits.map((hit) => ({
      ...hit,
      ...(names.get(hit.incident) ?? { number: hit.incident, title: '' }),
    }))
    return { ...found, hits, index }
  }

  /** Resolves once the index holds what the journal holds now, and nothing of what was erased. */
  caughtUp(): Promise<IndexState> {
    return this.#connected().caughtUp()
  }

  state(): Promise<IndexState> {
    return this.#connected().state()
  }

  async close(): Promise<void> {
    await this.#client?.close()
  }

  #connected(): SearchClient {
    this.warm()
    // warm() has just set it.
    return this.#client as SearchClient
  }

  #connect(): SearchClient {
    // The first entries of an incident, or its entries in another order than before: its name may be a new one.
    this.#desk.onNews((news) => {
      if (news.kind !== 'arrived' || news.from !== 0) return
      this.#names = null
      this.#age += 1
    })
    return this.#start()
  }

  async #namesNow(): Promise<Names> {
    if (this.#names !== null) return this.#names
    const age = this.#age
    const board = await this.#desk.ask('board')
    const labels = labelsOf(board)
    const names = new Map(board.map(({ id, number, title }) => [id, { number: labels.get(id) ?? number, title }]))
    if (age === this.#age) this.#names = names
    return names
  }
}

/** Incidents by id, by number or a beginning or end of it, or by words of their title. */
function idsNamed(names: Names, value: string): string[] {
  const wanted = value.toUpperCase()
  const isNumbered = ([id, { number }]: [string, { number: string }]) =>
    id.startsWith(wanted) || number.startsWith(wanted) || number.endsWith(wanted)
  const all = [...names]
  const numbered = all.filter(isNumbered)
  const found = numbered.length > 0 ? numbered : all.filter(([, { title }]) => isNamed(title, value))
  return found.map(([id]) => id)
}
