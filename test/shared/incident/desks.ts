import { sha256 } from '../../../main/journal/sha256.ts'
import { findKind } from '../../../shared/incident/kinds.ts'
import { compareEntries } from '../../../shared/journal/chain.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import type { Draft } from '../../../shared/journal/kind.ts'

/** A desk that writes one incident in memory and learns what others wrote, as merging does. */
export class SketchedDesk {
  readonly #name: string
  readonly #chain: string
  readonly #entries = new Map<string, Entry>()

  constructor(name: string) {
    this.#name = name
    this.#chain = sha256(name).slice(0, 32)
  }

  /** All that it holds, in the order of the fold. */
  get entries(): Entry[] {
    return [...this.#entries.values()].toSorted(compareEntries)
  }

  write(draft: Draft): Entry {
    const heads = new Map<string, Entry>()
    for (const entry of this.entries) heads.set(entry.chain, entry)
    const own = heads.get(this.#chain)
    const seq = (own?.seq ?? 0) + 1
    const at = new Date(Date.UTC(2026, 10, 21, 3, this.#entries.size)).toISOString()
    const person = { contact: null, name: this.#name }
    const entry: Entry = {
      incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWC',
      chain: this.#chain,
      seq,
      lamport: Math.max(0, ...this.entries.map(({ lamport }) => lamport)) + 1,
      at,
      happened_at: draft.happenedAt ?? at,
      clock: { mark: 'steady', by_ms: null, skew_ms: null },
      mode: 'live',
      actor: draft.actor ?? person,
      recorded_by: person,
      kind: draft.kind,
      version: findKind(draft.kind)?.version ?? 1,
      body_hash: sha256('body', String(seq)),
      after: [...heads.values()]
        .filter(({ chain }) => chain !== this.#chain)
        .map(({ chain, seq: headSeq, hash }) => ({ chain, seq: headSeq, hash })),
      prev: own?.hash ?? sha256(this.#chain),
      hash: sha256(this.#chain, String(seq)),
      body: JSON.parse(JSON.stringify(draft.body)) as Entry['body'],
    }
    this.#entries.set(entry.hash, entry)
    return entry
  }

  learn(from: SketchedDesk): void {
    for (const entry of from.entries) this.#entries.set(entry.hash, entry)
  }
}
