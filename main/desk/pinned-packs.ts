import { packPinnedKind } from '../../shared/incident/entries.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { readAs } from '../../shared/journal/kind.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { readPack } from '../packs/pack-file.ts'

/** The packs that incidents carry in their own entries, parsed once per hash. */
export class PinnedPacks {
  readonly #read = new Map<string, Pack | null>()

  /** The pack of that hash out of an incident's first entries; null where this Muster cannot read it. */
  read(hash: string, firstEntries: () => readonly Entry[]): Pack | null {
    const known = this.#read.get(hash)
    if (known !== undefined) return known
    const pinned = firstEntries()
      .map((entry) => readAs(packPinnedKind, entry))
      .find((entry) => entry?.body.hash === hash)
    const pack = pinned === undefined || pinned === null ? null : parseOrNull(pinned.body.text)
    this.#read.set(hash, pack)
    return pack
  }
}

/** A pack of a newer format than this Muster's leaves the incident readable, without its clocks and scenarios. */
function parseOrNull(text: string): Pack | null {
  try {
    return readPack(Buffer.from(text, 'utf8'), 'the pack that the incident carries').pack
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return null
  }
}
