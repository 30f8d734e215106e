import { basename } from 'node:path'
import type { EvidenceBundle, EvidenceItem, KeptBody, ReleasedBody } from '../../shared/evidence/entries.ts'
import type { Storage } from '../../shared/evidence/storage.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { SweepSummary } from '../../shared/findings/sweep.ts'
import type { Person } from '../../shared/journal/header.ts'
import { refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { assertOutside } from '../outside-file.ts'
import { toolName } from '../version.ts'
import type { CollectedItem } from './bundle.ts'
import { type Derived, snapshotName } from './derive-again.ts'
import type { EvidenceClient } from './evidence-client.ts'
import type { Checked } from './evidence-record.ts'
import type { AttachmentMeta, EvidenceProgress, KeptBytes, ShownItem } from './evidence-terms.ts'
import { rawItems } from './raw-form.ts'
import { noRawKeys, rawBody, RawForms, type RawKeys } from './raw-forms.ts'

/** What a sweep brought, to be kept and journalled. */
export interface SweepToKeep {
  readonly incident: string
  readonly title: string
  readonly summary: SweepSummary
  readonly findings: readonly Finding[]
  readonly items: readonly CollectedItem[]
  readonly tool: string
  /** Whether a pack wants the raw forms of what was masked sealed beside: of the items that bring theirs. */
  readonly sealRaw?: boolean
}

/** An item opened: as it can be shown, and how its bundle's bytes came out. */
export interface OpenedItem extends ShownItem {
  readonly item: EvidenceItem
  readonly check: 'match' | 'mismatch'
}

/** What a check of all evidence of an incident came to. */
export interface CheckedIncident {
  readonly checks: Checked[]
  /** What could not be read at all, in words. */
  readonly problems: string[]
}

/** What was attached, as its entry says. */
export interface AttachedItem {
  readonly bundle: string
  readonly item: EvidenceItem
}

/** Why all evidence of an incident is hashed again. */
export type CheckReason = 'exported' | 'handed over' | 'asked for'

type Progress = (progress: EvidenceProgress) => void

/**
 * Evidence as window and terminal work with it: the bytes are kept by the evidence thread first, then the journal is told.
 * Neither the main thread nor the journal thread touches a byte.
 */
export class EvidenceService {
  readonly #desk: Pick<DeskClient, 'ask'>
  readonly #bytes: EvidenceClient
  readonly #dataFolder: string
  /** Raw forms, sealed by the vault. */
  readonly raw: RawForms
  readonly #uploads = new Map<string, { readonly incident: string; readonly note: string | null }>()

  /** `keys`: of the vault that seals raw forms. */
  constructor(desk: Pick<DeskClient, 'ask'>, bytes: EvidenceClient, dataFolder: string, keys: RawKeys = noRawKeys) {
    this.#desk = desk
    this.#bytes = bytes
    this.#dataFolder = dataFolder
    this.raw = new RawForms({ desk, bytes, dataFolder, keys })
  }

  /**
   * Keeps what a sweep read, then journals it and the findings in one transaction. Answers the bundle's sha256. Raw forms that
   * the vault will not seal are not kept, and the evidence's note says so.
   */
  async keepSweep(sweep: SweepToKeep, by: Person): Promise<string> {
    const { incident, title, tool, summary, findings, items, sealRaw = false } = sweep
    const { keys, notKept } = await this.raw.newKeys(sealRaw ? rawItems(items).length : 0)
    // The bytes move to the evidence thread: copying tens of megabytes would hold up the window's calls.
    const { raw, ...kept } = await this.#bytes.ask('keepItems', [items, keys], { handOver: ownMemory(items) })
    const { name, host } = summary.endpoint
    const source = name === host ? host : `${name}, ${host}`
    const body: KeptBody = { ...kept, title, source, tool, collector: by.name, note: notKept }
    const forms = raw.map((form) => rawBody(form, body))
    await this.#desk.ask('evidenceKept', incident, body, { summary, findings }, by, forms)
    return kept.bundle
  }

  /** Attaches a file of this machine, of any size. */
  async attachFile(
    { incident, path, note }: { incident: string; path: string; note: string | null },
    by: Person,
    options: { signal?: AbortSignal; onProgress?: Progress } = {},
  ): Promise<AttachedItem> {
    // Asked first: a name that does not fit an incident should not cost a copy.
    await this.bundles(incident)
    const kept = await this.#bytes.ask('keepFile', [path, new Date().toISOString()], options)
    return this.#attached(incident, kept, note, by)
  }

  /** Begins to attach a file whose bytes come in parts, as the window's do; answers the id of the upload. */
  async beginUpload(incident: string, meta: Omit<AttachmentMeta, 'startedAt'>, note: string | null): Promise<string> {
    await this.bundles(incident)
    const upload = await this.#bytes.ask('beginUpload', [{ ...meta, startedAt: new Date().toISOString() }])
    this.#uploads.set(upload, { incident, note })
    return upload
  }

  takePart(upload: string, at: number, base64: string): Promise<number> {
    return this.#bytes.ask('takePart', [upload, at, base64])
  }

  /**
   * Keeps a file as evidence that a pack takes: text is masked and kept, its raw form sealed beside where something was
   * masked; other bytes are kept sealed alone. With a vault that is locked, or none, text is kept masked with a note that
   * says so, and other bytes are refused.
   */
  async keepSealed(
    { incident, path, note }: { incident: string; path: string; note: string | null },
    by: Person,
    options: { signal?: AbortSignal; onProgress?: Progress } = {},
  ): Promise<AttachedItem> {
    await this.bundles(incident)
    const { keys, notKept } = await this.raw.newKeys(1)
    const ask = [path, new Date().toISOString(), keys[0] ?? null] as const
    const { open, raw } = await this.#bytes.ask('keepFileSealed', [...ask], options)
    const isMissing = open !== null && raw === null && open.items.some(({ masked }) => masked.length > 0)
    const said = [note, isMissing ? notKept : null].filter((part) => part !== null).join('\n')
    return this.#attached(incident, open ?? raw, said === '' ? null : said, by, open === null ? null : raw)
  }

  async endUpload(upload: string, by: Person): Promise<AttachedItem> {
    const begun = this.#uploads.get(upload)
    if (begun === undefined) throw unknownUpload()
    this.#uploads.delete(upload)
    const kept = await this.#bytes.ask('endUpload', [upload])
    return this.#attached(begun.incident, kept, begun.note, by)
  }

  async cancelUpload(upload: string): Promise<void> {
    this.#uploads.delete(upload)
    await this.#bytes.ask('cancelUpload', [upload])
  }

  /** Hashes an item's bundle again, writes the result down, and answers the item as it can be shown. */
  async read(incident: string, bundle: string, name: string, by: Person): Promise<OpenedItem> {
    const { item } = await this.#desk.ask('evidenceFind', incident, bundle, name)
    const check = await this.#recheck(incident, bundle, 'opened', by)
    if (check === 'missing') throw gone(`Open the evidence '${name}'`, bundle)
    return { item, check, ...(await this.#bytes.ask('show', [bundle, item])) }
  }

  /**
   * Derives the findings of a sweep again, from the snapshot in its bundle and nothing else. The bundle is hashed first; one
   * that is not as it was kept is refused (`damaged`).
   */
  async derive(incident: string, bundle: string, by: Person): Promise<Derived> {
    const { item } = await this.#desk.ask('evidenceFind', incident, bundle, snapshotName)
    const check = await this.#recheck(incident, bundle, 'opened', by)
    if (check === 'missing') throw gone('Derive findings from evidence', bundle)
    if (check === 'mismatch') throw changed('Derive findings from evidence', bundle)
    return this.#bytes.ask('derive', [bundle, item])
  }

  /**
   * Hashes every bundle of an incident again, and writes down how each came out. Changed and missing ones are results, not
   * failures. To be asked before an export is made, so that the export tells of it.
   */
  async checkIncident(
    incident: string,
    because: CheckReason,
    by: Person,
    options: { signal?: AbortSignal; onProgress?: Progress } = {},
  ): Promise<CheckedIncident> {
    const bundles = await this.#unerased(incident)
    if (bundles.length === 0) return { checks: [], problems: [] }
    const { checks, problems } = await this.#bytes.ask('checkAll', [bundles], options)
    await this.#desk.ask('evidenceChecked', incident, checks, because, by)
    return { checks, problems }
  }

  /** An incident's evidence as its entries say. */
  bundles(incident: string): Promise<{ bundles: readonly EvidenceBundle[]; erased: readonly string[] }> {
    return this.#desk.ask('evidenceBundles', incident)
  }

  /**
   * Writes an item to a file outside and enters its release: to whom and why. Its bundle is hashed again first; bytes that
   * do not match leave all the same, and the entry says so. `bundle` null: the newest that holds the item.
   */
  async release(
    { incident, bundle, item: name, path, to, because }: ReleaseOrder,
    by: Person,
    onProgress?: Progress,
  ): Promise<ReleasedBody & { readonly path: string }> {
    const tried = `Save the evidence '${name}' as ${path}`
    await assertOutside(this.#dataFolder, path, tried)
    const { bundle: known, item } = await this.#desk.ask('evidenceFind', incident, bundle, name)
    const check = await this.#bytes.ask('check', [known.bundle])
    if (check === 'missing') {
      await this.#desk.ask('evidenceChecked', incident, [{ bundle: known.bundle, result: check }], 'released', by)
      throw gone(tried, known.bundle)
    }
    const options = onProgress === undefined ? {} : { onProgress }
    const saved = await this.#bytes.ask('save', [known.bundle, item, path], options)
    const result = check === 'match' && saved.sha256 === item.sha256 ? 'match' : 'mismatch'
    const how = `saved as ${basename(path)}`
    const body: ReleasedBody = { bundle: known.bundle, item: name, to, because, how, ...saved, result }
    await this.#desk.ask('evidenceReleased', incident, body, by)
    return { ...body, path }
  }

  /** Takes a bundle's bytes away for good; the entry that says so is the caller's to have written. Answers whether there were any. */
  erase(bundle: string): Promise<boolean> {
    return this.#bytes.ask('erase', [bundle])
  }

  /** How many bundles of an incident should lie in the store, and how many of them do not. Hashes nothing. */
  async missing(incident: string): Promise<{ missing: number; of: number }> {
    const bundles = await this.#unerased(incident)
    return { missing: await this.#bytes.ask('missing', [bundles]), of: bundles.length }
  }

  /** What the store holds and what the disk has left, judged. */
  storage(): Promise<Storage> {
    return this.#bytes.ask('storage', [])
  }

  close(): Promise<void> {
    return this.#bytes.close()
  }

  async #attached(
    incident: string,
    kept: KeptBytes | null,
    note: string | null,
    by: Person,
    raw: KeptBytes | null = null,
  ): Promise<AttachedItem> {
    const [item] = kept?.items ?? []
    if (kept === null || item === undefined) throw new Error('An attachment without an item')
    const source = item.original?.name ?? item.name
    const about = { title: item.name, source, tool: toolName, collector: by.name, note }
    const body: KeptBody = kept.sealed === undefined ? { ...kept, ...about } : { ...rawBody(kept, about), note }
    const forms = raw === null ? [] : [rawBody(raw, about)]
    await this.#desk.ask('evidenceKept', incident, body, null, by, forms)
    return { bundle: kept.bundle, item }
  }

  async #recheck(incident: string, bundle: string, because: string, by: Person): Promise<Checked['result']> {
    const result = await this.#bytes.ask('check', [bundle])
    await this.#desk.ask('evidenceChecked', incident, [{ bundle, result }], because, by)
    return result
  }

  /** Bundles whose bytes should be there, each once. */
  async #unerased(incident: string): Promise<string[]> {
    const { bundles, erased } = await this.bundles(incident)
    return [...new Set(bundles.map(({ bundle }) => bundle))].filter((bundle) => !erased.includes(bundle))
  }
}

/** What leaves, where to, to whom and why. */
export interface ReleaseOrder {
  readonly incident: string
  readonly bundle: string | null
  readonly item: string
  readonly path: string
  readonly to: string
  readonly because: string
}

/** The memory of items that is theirs alone. A part of shared memory, as Node's buffer pool, must stay. */
function ownMemory(items: readonly Pick<CollectedItem, 'bytes' | 'raw'>[]): ArrayBuffer[] {
  const all = items.flatMap(({ bytes, raw }) => (raw === undefined ? [bytes] : [bytes, raw]))
  const buffers = all.map((bytes) => (bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : null))
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer)
}

function unknownUpload() {
  return refuse('not-found', {
    tried: 'Attach a file',
    happened: 'Its upload was cancelled, has failed or took too long. Nothing of it was kept.',
    next: 'Attach the file again.',
  })
}

function changed(tried: string, bundle: string) {
  return refuse('damaged', {
    tried,
    happened: `The bytes of ${bundle.slice(0, 12)}… are not those that were kept.`,
    next: 'Take the bundle from a mirror or a backup; what is there now proves nothing.',
  })
}

function gone(tried: string, bundle: string) {
  return refuse('damaged', {
    tried,
    happened: `The bundle ${bundle.slice(0, 12)}… is no longer in the evidence store. The journal has noted it.`,
    next: 'Bring it back from a backup or another desk; its hash will prove it.',
  })
}
