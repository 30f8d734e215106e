import { pack } from 'tar-stream'
import type { EvidenceItem } from '../../shared/evidence/entries.ts'
import { dockerVolatility } from '../../shared/evidence/volatility.ts'
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
  /** The bytes as they came, where a pack wants them sealed beside. */
  readonly raw?: Uint8Array
}

/** tar's block: a header takes one, and bytes are padded to whole ones (POSIX.1-2017, pax, ustar interchange format). */
const BLOCK = 512

/**
 * A tar of the items and its index: the tar opens with any `tar`, holds `index.json` first, and the index's items say
 * where in the tar each begins. Same items, same bytes. `size` is the tar's, in bytes.
 */
export function makeBundle(items: readonly CollectedItem[]): {
  source: AsyncIterable<Uint8Array>
  size: number
  index: EvidenceItem[]
} {
  const described = items.map(describe)
  const indexBytes = Buffer.from(`${JSON.stringify(described, null, 1)}\n`)
  const index = placed(described, BLOCK + padded(indexBytes.length))
  const last = index.at(-1)
  const end = last === undefined ? BLOCK + padded(indexBytes.length) : last.offset + padded(last.size)
  // Two empty blocks end a tar.
  return { source: tarOf(items, indexBytes), size: end + 2 * BLOCK, index }
}

async function* tarOf(items: readonly CollectedItem[], indexBytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const tar = pack()
  tar.entry({ name: 'index.json', mtime: new Date(0), mode: 0o444 }, Buffer.from(indexBytes))
  for (const { name, bytes } of items) {
    const shared = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    tar.entry({ name, mtime: new Date(0), mode: 0o444 }, shared)
  }
  tar.finalize()
  for await (const part of tar) yield part as Buffer
}

function describe(item: CollectedItem): Omit<EvidenceItem, 'offset'> {
  return {
    name: item.name,
    kind: item.name === 'snapshot.json' ? 'derived' : 'answer',
    request: item.request,
    outcome: item.outcome,
    started_at: item.startedAt,
    took_ms: item.tookMs,
    size: item.bytes.length,
    sha256: sha256(item.bytes),
    volatility: dockerVolatility(item.name),
    media_type: null,
    original: null,
    covers: periodOf(item.request),
    masked: item.masked.map(({ rule, count }) => ({ rule, count })),
    truncated_of: item.truncated?.bytes ?? null,
  }
}

/** The period that a call asked for, where it names both ends (seconds since 1970, as the Docker Engine takes them). */
function periodOf(request: string): EvidenceItem['covers'] {
  const query = new URLSearchParams(request.split('?')[1] ?? '')
  const [from, to] = ['since', 'until'].map((name) => timeOf(query.get(name)))
  return from === null || from === undefined || to === null || to === undefined ? null : { from, to }
}

function timeOf(seconds: string | null): string | null {
  const at = new Date(Number(seconds ?? Number.NaN) * 1000)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

function placed(items: readonly Omit<EvidenceItem, 'offset'>[], start: number): EvidenceItem[] {
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
