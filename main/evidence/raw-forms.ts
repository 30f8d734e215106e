import { basename } from 'node:path'
import { type EvidenceBundle, type KeptBody, rawFormOf, type ReleasedBody } from '../../shared/evidence/entries.ts'
import type { Person } from '../../shared/journal/header.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { assertOutside } from '../outside-file.ts'
import type { RawKey } from '../vault/sealed-form.ts'
import type { EvidenceClient } from './evidence-client.ts'
import type { KeptBytes } from './evidence-terms.ts'

/** Where the keys of raw forms come from: a vault. Both refuse while it is locked, or where there is none. */
export interface RawKeys {
  newRawKey(): Promise<RawKey>
  rawKey(head: Pick<RawKey, 'vault' | 'salt'>): Promise<RawKey>
}

/** Keys, or why there are none, as a sentence for the record. */
export interface FoundKeys {
  readonly keys: readonly RawKey[]
  readonly notKept: string | null
}

/** Whose raw form leaves, where to, to whom and why. */
export interface RawOrder {
  readonly incident: string
  readonly bundle: string | null
  readonly item: string
  readonly path: string
  readonly to: string
  readonly because: string
}

interface Parts {
  readonly desk: Pick<DeskClient, 'ask'>
  readonly bytes: EvidenceClient
  readonly dataFolder: string
  readonly keys: RawKeys
}

/** Raw forms: kept only sealed under keys of the vault, and opened only on purpose, with an entry. */
export class RawForms {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** As many new keys as are asked for. That the vault gives none is no failure: the raw form is not kept then. */
  async newKeys(count: number): Promise<FoundKeys> {
    try {
      const keys = await Promise.all(Array.from({ length: count }, () => this.#parts.keys.newRawKey()))
      return { keys, notKept: null }
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      return { keys: [], notKept: `The raw form was not kept: ${error.refusal.happened}` }
    }
  }

  /**
   * Opens the sealed raw form of an item into a file outside, for this user alone, and enters its release. Its bytes are hashed
   * first. Refuses a vault that is locked or another one (`not-allowed`), a form that was never kept (`not-found`), and one
   * that is not as it was sealed (`damaged`): nothing is written then.
   */
  async release({ incident, bundle, item, path, to, because }: RawOrder, by: Person): Promise<ReleasedRaw> {
    const { desk, bytes, dataFolder, keys } = this.#parts
    const tried = `Save the raw form of '${item}' as ${path}`
    await assertOutside(dataFolder, path, tried)
    const form = await this.#find({ incident, bundle, item }, tried)
    const check = await bytes.ask('check', [form.bundle])
    if (check !== 'match') {
      await desk.ask('evidenceChecked', incident, [{ bundle: form.bundle, result: check }], 'released', by)
      throw notAsKept(tried, check)
    }
    const key = await keys.rawKey(await bytes.ask('rawHead', [form.bundle]))
    const size = await bytes.ask('saveRaw', [form.bundle, key, path])
    const [sealedItem] = form.items
    const body: ReleasedBody = {
      bundle: form.bundle,
      item: sealedItem?.name ?? item,
      to,
      because,
      how: `its raw form was opened and saved as ${basename(path)}; the hash is of the sealed form`,
      size,
      // A hash of the raw bytes in the journal could be guessed from: of what is masked in them, little may be unknown.
      sha256: form.bundle,
      result: 'match',
    }
    await desk.ask('evidenceReleased', incident, body, by)
    return { path, size, bundle: form.bundle }
  }

  async #find(
    { incident, bundle, item }: Pick<RawOrder, 'incident' | 'bundle' | 'item'>,
    tried: string,
  ): Promise<EvidenceBundle> {
    const { bundle: open, item: found } = await this.#parts.desk.ask('evidenceFind', incident, bundle, item)
    const { bundles, erased } = await this.#parts.desk.ask('evidenceBundles', incident)
    const form = open.sealed === undefined ? rawFormOf(bundles, open.bundle, found.name) : open
    if (form === undefined) throw neverKept(tried, open.note)
    if (erased.includes(form.bundle)) throw erasedForm(tried)
    return form
  }
}

/** What was written. `bundle`: of the sealed form. */
export interface ReleasedRaw {
  readonly path: string
  readonly size: number
  readonly bundle: string
}

/** What the journal says of a sealed form that was kept with other evidence. */
export function rawBody(form: KeptBytes, of: Omit<KeptBody, keyof KeptBytes>): KeptBody {
  const [item] = form.items
  const name = form.sealed?.of?.item ?? item?.original?.name ?? of.title
  const whose = form.sealed?.of === null || form.sealed === undefined ? '' : ` (${form.sealed.of.bundle.slice(0, 12)}…)`
  return { ...of, ...form, title: `Sealed raw form of ${name}${whose}`, note: null }
}

/** Where there is no vault at all: of a process that has none. */
export const noRawKeys: RawKeys = {
  newRawKey: () => Promise.reject(noVault()),
  rawKey: () => Promise.reject(noVault()),
}

function noVault() {
  return refuse('unsupported', {
    tried: 'Use the vault for the raw form of evidence',
    happened: 'There is no vault here.',
    next: 'Use the window or the terminal on this data folder.',
  })
}

function neverKept(tried: string, note: string | null) {
  return refuse('not-found', {
    tried,
    happened: note?.includes('raw form was not kept') === true ? note : 'No raw form of it was kept.',
    next: 'What was kept is masked: save it without --raw. A raw form is kept only where a pack asks for it and the vault is open.',
  })
}

function erasedForm(tried: string) {
  return refuse('not-found', {
    tried,
    happened: 'The raw form was erased.',
    next: 'Nothing brings it back. Its entries say who erased it and why.',
  })
}

function notAsKept(tried: string, check: 'mismatch' | 'missing') {
  return refuse('damaged', {
    tried,
    happened: `The sealed form is ${check === 'missing' ? 'no longer in the store' : 'not as it was kept'}. Nothing was written; the journal has noted it.`,
    next: 'Bring it back from a backup or another desk; its hash will prove it.',
  })
}
