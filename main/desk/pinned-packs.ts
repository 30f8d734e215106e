import { overlayPinnedKind, packPinnedKind } from '../../shared/incident/entries.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { readAs } from '../../shared/journal/kind.ts'
import type { Overlay } from '../../shared/packs/overlay-shape.ts'
import { applyOverlay, type EffectivePack } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { readOverlay } from '../packs/overlay-file.ts'
import { readPackInPart } from '../packs/pack-part.ts'

/** What an incident pins, by the sha256 of its bytes; `overlay` null where none fills it, or where it was erased. */
interface Pinned {
  readonly pack: string
  readonly overlay: string | null
}

/** The packs that incidents carry in their own entries, as their overlays fill them, parsed once per pair of hashes. */
export class PinnedPacks {
  readonly #read = new Map<string, EffectivePack | null>()

  /** The pack out of an incident's first entries; null where this Muster cannot read it. */
  read(pinned: Pinned, firstEntries: () => readonly Entry[]): EffectivePack | null {
    const key = `${pinned.pack} ${pinned.overlay ?? ''}`
    const known = this.#read.get(key)
    if (known !== undefined) return known
    const effective = effectiveOf(pinned, firstEntries())
    this.#read.set(key, effective)
    return effective
  }
}

function effectiveOf(pinned: Pinned, entries: readonly Entry[]): EffectivePack | null {
  const bodies = entries.flatMap((entry) => {
    const read = readAs(packPinnedKind, entry) ?? readAs(overlayPinnedKind, entry)
    return read === null ? [] : [read.body]
  })
  const textOf = (hash: string | null) => bodies.find((body) => body.hash === hash)?.text
  const pack = packOf(textOf(pinned.pack))
  return pack === null ? null : applyOverlay(pack, overlayOf(textOf(pinned.overlay)))
}

/** A pack of another form than this Muster's is read as far as it can be; the incident stays readable without any. */
function packOf(text: string | undefined): Pack | null {
  return readOrNull(text, (bytes) => readPackInPart(bytes, 'the pack that the incident carries'))
}

/** An overlay of a newer format leaves the runbook as it is. */
function overlayOf(text: string | undefined): Overlay | null {
  return readOrNull(text, (bytes) => readOverlay(bytes, 'the overlay that the incident carries').overlay)
}

function readOrNull<T>(text: string | undefined, read: (bytes: Uint8Array) => T | null): T | null {
  if (text === undefined) return null
  try {
    return read(Buffer.from(text, 'utf8'))
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return null
  }
}
