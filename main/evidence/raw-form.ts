import type { EvidenceItem } from '../../shared/evidence/entries.ts'
import { SEALED } from '../../shared/evidence/media-type.ts'
import type { Volatility } from '../../shared/evidence/volatility.ts'
import type { CollectedItem } from './bundle.ts'
import type { KeptBytes } from './evidence-terms.ts'
import type { Passed } from './one-pass.ts'
import { safeName } from './safe-name.ts'
import { OtherHalfLeft } from './split.ts'

/** What is said of a raw form when it is sealed. `size`: of the raw bytes. */
export interface AboutRaw {
  readonly name: string
  readonly size: number
  readonly startedAt: string
  readonly volatility: Volatility
  readonly tried: string
}

/** The item that a sealed form is, in a bundle of its own. No hash of the raw bytes is kept: it could be guessed from. */
export function sealedItem({ size, bundle }: Passed, about: AboutRaw, tookMs: number): EvidenceItem {
  return {
    name: `${safeName(about.name)}.sealed`,
    kind: 'derived',
    request: `the raw form of ${about.name}`,
    outcome: 'sealed; the vault opens it',
    started_at: about.startedAt,
    took_ms: tookMs,
    size,
    sha256: bundle,
    offset: 0,
    volatility: about.volatility,
    media_type: SEALED,
    original: { name: about.name.slice(0, 300), size: about.size },
    covers: null,
    masked: [],
    truncated_of: null,
  }
}

/** The items of which a raw form is to be sealed: those that brought one, and in which something was masked. */
export function rawItems(items: readonly CollectedItem[]): (CollectedItem & { readonly raw: Uint8Array })[] {
  return items.flatMap((item) =>
    item.raw === undefined || item.masked.length === 0 ? [] : [{ ...item, raw: item.raw }],
  )
}

/** The same form, said to be that of an item. */
export function ofItem(form: KeptBytes, bundle: string, item: string): KeptBytes {
  return form.sealed === undefined ? form : { ...form, sealed: { ...form.sealed, of: { bundle, item } } }
}

/** The first part that has bytes, and all of them with it. */
export async function begun(
  source: AsyncIterable<Uint8Array>,
): Promise<{ first: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const reader = source[Symbol.asyncIterator]()
  let part = await reader.next()
  while (part.done !== true && part.value.length === 0) part = await reader.next()
  const first = part.done === true ? new Uint8Array() : part.value
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (first.length > 0) yield first
      for (let next = await reader.next(); next.done !== true; next = await reader.next()) yield next.value
    } finally {
      await reader.return?.()
    }
  }
  return { first, all: all() }
}

/** Why both forms were not kept: that one of them was left is no reason. */
export function failureOf(outcomes: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  return reasons.find((reason) => !(reason instanceof OtherHalfLeft)) ?? reasons[0]
}
