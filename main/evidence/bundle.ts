import { pack } from 'tar-stream'
import type { EvidenceItem } from '../../shared/evidence/entries.ts'
import { sha256 } from '../journal/sha256.ts'

/** One thing that a probe brought home, already redacted. */
export interface CollectedItem {
  readonly name: string
  readonly bytes: Uint8Array
  /** The exact call that gave it. */
  readonly request: string
  /** ISO UTC */
  readonly startedAt: string
  readonly tookMs: number
  readonly outcome: string
  readonly masked: readonly { rule: string; count: number }[]
  readonly truncated: { bytes: number } | null
}

/** tar's block: a header takes one, and bytes are padded to whole ones (POSIX.1-2017, pax, ustar interchange format). */
const BLOCK = 512

/**
 * A tar of the items and its index: the tar opens with any `tar`, holds `index.json` first, and the index's items say
 * where in the tar each begins. Same items, same bytes.
 */
export async function makeBundle(items: readonly CollectedItem[]): Promise<{ bytes: Buffer; index: EvidenceItem[] }> {
  const described = items.map((item) => ({ ...describe(item), offset: 0 }))
  const indexBytes = Buffer.from(
    `${JSON.stringify(
      described.map(({ offset: _offset, ...rest }) => rest),
      null,
      1,
    )}\n`,
  )
  const tar = pack()
  tar.entry({ name: 'index.json', mtime: new Date(0), mode: 0o444 }, indexBytes)
  for (const item of items) tar.entry({ name: item.name, mtime: new Date(0), mode: 0o444 }, Buffer.from(item.bytes))
  tar.finalize()
  const parts: Buffer[] = []
  for await (const part of tar) parts.push(part as Buffer)
  return { bytes: Buffer.concat(parts), index: placed(described, BLOCK + padded(indexBytes.length)) }
}

function describe(item: CollectedItem): Omit<EvidenceItem, 'offset'> {
  return {
    name: item.name,
    request: item.request,
    outcome: item.outcome,
    started_at: item.startedAt,
    took_ms: item.tookMs,
    size: item.bytes.length,
    sha256: sha256(item.bytes),
    masked: item.masked.map(({ rule, count }) => ({ rule, count })),
    truncated_of: item.truncated?.bytes ?? null,
  }
}

function placed(items: readonly EvidenceItem[], start: number): EvidenceItem[] {
  let at = start
  return items.map((item) => {
    const offset = at + BLOCK
    at = offset + padded(item.size)
    return { ...item, offset }
  })
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK
}
