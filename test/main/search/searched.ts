import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBundle } from '../../../main/evidence/bundle.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import { SearchIndex } from '../../../main/search/search-index.ts'
import type { FoundThere } from '../../../main/search/finder.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { readQuery } from '../../../shared/search/query.ts'

export const ana = { contact: null, name: 'Ana Ruiz' }
export const incidents = ['01KAHB7Q7N8S3H9F0V6Z2M4XWC', '01KAHB7Q7N8S3H9F0V6Z2M4XWD'] as const
export const nowMs = Date.parse('2026-11-21T12:00:00.000Z')

export interface Asked {
  readonly typing?: boolean
  readonly ranked?: boolean
  readonly limit?: number
}

/** A data folder with a journal, and an index that follows it when told to. Take it away with `remove`. */
export class Searched {
  readonly folder: string
  journal: JournalStore
  #index: SearchIndex | null = null
  readonly #sizes: { entries: number; evidence: number } | undefined

  /** `sizes`: small shards, so that a test has several. */
  constructor(folder = mkdtempSync(join(tmpdir(), 'muster-search-')), sizes?: { entries: number; evidence: number }) {
    this.folder = folder
    this.#sizes = sizes
    this.journal = new JournalStore(this.folder, systemClock)
  }

  get index(): SearchIndex {
    this.#index ??= new SearchIndex(this.folder, this.#sizes)
    return this.#index
  }

  append(...drafts: Draft[]): Entry[] {
    return this.appendTo(incidents[0], ...drafts)
  }

  appendTo(incident: string, ...drafts: Draft[]): Entry[] {
    this.journal.append(incident, incident === incidents[0] ? 'live' : 'exercise', ana, () => drafts)
    return this.journal.allEntries(incident).slice(-drafts.length)
  }

  note(text: string): Entry {
    const [entry] = this.append(draftOf(notedKind, { text }))
    if (entry === undefined) throw new Error('Nothing was appended')
    return entry
  }

  /** Keeps texts as one bundle of evidence, and enters it. Answers the entry. */
  async keep(items: Readonly<Record<string, string | Buffer>>): Promise<Entry> {
    const collected = Object.entries(items).map(([name, content]) => ({
      name,
      bytes: Buffer.from(content),
      request: `GET /${name}`,
      startedAt: '2026-11-21T11:00:00.000Z',
      tookMs: 4,
      outcome: 'answered',
      masked: [],
      truncated: null,
    }))
    const { source, index } = makeBundle(collected)
    const { bundle, size, stored } = await new EvidenceStore(this.folder).keep(source)
    const told = { title: 'Sweep', source: 'lab', collector: 'Ana', tool: 'Muster', note: null, form: 'tar' } as const
    const [entry] = this.append(draftOf(evidenceKeptKind, { bundle, size, stored, items: index, ...told }))
    if (entry === undefined) throw new Error('Nothing was appended')
    return entry
  }

  /** Until nothing is left to do, evidence included. */
  async follow(): Promise<this> {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const slice = this.index.follow()
      const isReading = slice === 'idle' && (await this.index.readEvidence(turn, async () => {}))
      if (slice === 'idle' && !isReading && this.index.isCaughtUp()) return this
    }
    throw new Error('The index never caught up')
  }

  ask(text: string, { typing = false, ranked = false, limit = 100 }: Asked = {}): FoundThere {
    const query = readQuery(text, { typing })
    const ids = query.filters
      .filter(({ field }) => field === 'in')
      .map(({ value }) => [value, incidents.filter((id) => id.endsWith(value))] as const)
    return this.index.find({ query, here: { nowMs, offsetMinutes: 0 }, incidents: new Map(ids), ranked, limit })
  }

  /** The excerpts of what is found, newest first. */
  said(text: string, asked: Asked = {}): string[] {
    return this.ask(text, asked).hits.map(({ excerpt }) => excerpt.text)
  }

  closeIndex(): void {
    this.#index?.close()
    this.#index = null
  }

  close(): void {
    this.closeIndex()
    this.journal.close()
  }

  remove(): void {
    this.close()
    rmSync(this.folder, { recursive: true })
  }
}
