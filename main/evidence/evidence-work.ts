import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { EvidenceItem } from '../../shared/evidence/entries.ts'
import { isSearchedType, PLAIN_TEXT } from '../../shared/evidence/media-type.ts'
import { spellBytes, type Storage } from '../../shared/evidence/storage.ts'
import { dockerVolatility, type Volatility, volatilityOf } from '../../shared/evidence/volatility.ts'
import { messageOf } from '../../shared/message-of.ts'
import { type RefusalError, refuse } from '../../shared/refusal.ts'
import { readSettings } from '../desk/settings.ts'
import { AttachmentBytes } from './attachment.ts'
import { type Derived, deriveAgain } from './derive-again.ts'
import { type CollectedItem, makeBundle } from './bundle.ts'
import { type Check, EvidenceStore } from './evidence-store.ts'
import type { Checked } from './evidence-record.ts'
import type { AttachmentMeta, Given, KeptBytes, KeptForms, ShownItem, WorkContext } from './evidence-terms.ts'
import { decoded, isPicture, mediaTypeOf } from './media-type.ts'
import { piecesOf } from './pieces.ts'
import { LONGEST_HEAD, opened, type RawKey, readHead, sealed, sealedSize } from '../vault/sealed-form.ts'
import { type AboutRaw, begun, failureOf, ofItem, rawItems, sealedItem } from './raw-form.ts'
import { safeName } from './safe-name.ts'
import { Split } from './split.ts'
import { storageOf } from './storage.ts'
import { MOST_UPLOADED_BYTES, Upload } from './upload.ts'
import { writeOut } from './write-out.ts'

/** As much of a text as is sent to be shown. */
const SHOWN_BYTES = 1_048_576
/** A picture is shown whole or not at all. */
const SHOWN_PICTURE_BYTES = 4 * 1_048_576
/** The snapshot of 2,000 containers with long logs is smaller. */
const DERIVED_BYTES = 64 * 1_048_576
/** Progress is told so often, in bytes. */
const TELL_EVERY_BYTES = 16 * 1_048_576

/** Everything that is done with the bytes of evidence; lives on the evidence thread, whose questions its methods are. */
export class EvidenceWork {
  readonly #dataFolder: string
  readonly #store: EvidenceStore
  readonly #uploads = new Map<string, Upload>()
  #quotaBytes: number | undefined

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder
    this.#store = new EvidenceStore(dataFolder, () => this.#quotaBytes)
    this.#store.removeLeftovers()
  }

  /**
   * The answers of a sweep as one bundle, and the raw forms of those in which something was masked, each sealed under a key of
   * its own. `keys`: as many as `rawItems` gives.
   */
  async keepItems(
    _context: WorkContext,
    items: readonly CollectedItem[],
    keys: readonly RawKey[] = [],
  ): Promise<KeptBytes & { readonly raw: readonly KeptBytes[] }> {
    await this.#readQuota()
    const tried = 'Keep the evidence of a sweep'
    const forms: { form: KeptBytes; item: string }[] = []
    try {
      for (const [index, { name, raw, startedAt }] of rawItems(items).entries()) {
        const key = keys[index]
        if (key === undefined) continue
        const about = { name, size: raw.length, startedAt, volatility: dockerVolatility(name), tried }
        forms.push({ form: await this.#seal(Readable.from([raw]), key, about), item: name })
      }
      const { source, size, index } = makeBundle(items)
      const passed = await this.#store.keep(source, { form: 'tar', size, tried })
      const raw = forms.map(({ form, item }) => ofItem(form, passed.bundle, item))
      return { ...passed, form: 'tar', items: index, raw }
    } catch (error) {
      for (const { form } of forms) this.#store.erase(form.bundle)
      throw error
    }
  }

  /** A file of this machine, of any size; what is added to it while it is read is left out. */
  keepFile(context: WorkContext, path: string, startedAt: string): Promise<KeptBytes> {
    return this.#withFile(context, path, startedAt, (source, meta, tried) => this.#keepAttachment(source, meta, tried))
  }

  /**
   * As `keepFile`, with its raw form sealed beside; what is no text, and so cannot be masked, is kept sealed alone. Without a
   * key only text is kept, and other bytes are refused (`not-allowed`).
   */
  keepFileSealed(context: WorkContext, path: string, startedAt: string, key: RawKey | null): Promise<KeptForms> {
    return this.#withFile(context, path, startedAt, async (source, meta, tried) => {
      const { first, all } = await begun(source)
      const about = { ...meta, volatility: volatilityOfGiven(meta.given), tried }
      if (!isSearchedType(mediaTypeOf(first))) {
        if (key === null) throw mayNotBeOpen(tried)
        return { open: null, raw: await this.#seal(all, key, about) }
      }
      if (key === null) return { open: await this.#keepAttachment(all, meta, tried), raw: null }
      const split = new Split(all)
      const [masked, raw] = await Promise.allSettled([
        this.#keepAttachment(split.half(0), meta, tried),
        this.#seal(split.half(1), key, about),
      ])
      const [item] = masked.status === 'fulfilled' ? masked.value.items : []
      const isWanted = item !== undefined && item.masked.length > 0
      if (raw.status === 'fulfilled' && !isWanted) this.#store.erase(raw.value.bundle)
      if (masked.status === 'rejected' || raw.status === 'rejected') throw failureOf([masked, raw])
      return { open: masked.value, raw: isWanted ? ofItem(raw.value, masked.value.bundle, item.name) : null }
    })
  }

  /** Begins a file that comes in parts; answers the id under which they are to come. Refused at once where there is no room. */
  async beginUpload(_context: WorkContext, meta: AttachmentMeta): Promise<string> {
    if (meta.size > MOST_UPLOADED_BYTES) throw tooLarge(meta)
    await this.#readQuota()
    const id = randomUUID()
    const upload: Upload = new Upload(
      meta,
      (source) => this.#keepAttachment(source, meta, `Attach ${meta.name}`),
      () => this.#uploads.delete(id),
    )
    this.#uploads.set(id, upload)
    return id
  }

  /** The next part, as base64; answered when it was taken, so that whoever sends cannot get ahead. */
  async takePart(_context: WorkContext, id: string, at: number, base64: string): Promise<number> {
    return this.#uploadOf(id).take(at, Buffer.from(base64, 'base64'))
  }

  async endUpload(_context: WorkContext, id: string): Promise<KeptBytes> {
    return this.#uploadOf(id).end()
  }

  /** Nothing of it is kept; unknown and ended ones are let be. */
  async cancelUpload(_context: WorkContext, id: string): Promise<void> {
    await this.#uploads.get(id)?.cancel()
  }

  async check(context: WorkContext, bundle: string): Promise<Check> {
    return this.#store.check(bundle, { signal: context.signal })
  }

  /** Hashes bundles again, one after the other. What the disk will not give is told in `problems`, and stops no other. */
  async checkAll(
    { signal, onProgress }: WorkContext,
    bundles: readonly string[],
  ): Promise<{ checks: Checked[]; problems: string[] }> {
    const checks: Checked[] = []
    const problems: string[] = []
    for (const [done, bundle] of bundles.entries()) {
      onProgress({ done, of: bundles.length, unit: 'bundles' })
      try {
        checks.push({ bundle, result: await this.#store.check(bundle, { signal }) })
      } catch (error) {
        if (signal.aborted) throw cancelled('Hash the evidence again')
        problems.push(`${bundle.slice(0, 12)}…: ${messageOf(error)}`)
      }
    }
    onProgress({ done: bundles.length, of: bundles.length, unit: 'bundles' })
    return { checks, problems }
  }

  /** An item as it can be shown: 1 MiB of text at most, a picture of 4 MiB at most. */
  async show(_context: WorkContext, bundle: string, item: EvidenceItem): Promise<ShownItem> {
    const { offset, size, media_type: mediaType } = item
    if (isPicture(mediaType)) {
      if (size > SHOWN_PICTURE_BYTES) return { text: null, picture: null, cut: true }
      const bytes = await this.#store.read(bundle, offset, size)
      return { text: null, picture: `data:${mediaType};base64,${bytes.toString('base64')}`, cut: false }
    }
    if (mediaType !== null && !isSearchedType(mediaType)) return { text: null, picture: null, cut: false }
    const bytes = await this.#store.read(bundle, offset, Math.min(size, SHOWN_BYTES))
    return { text: decoded(bytes, mediaType ?? PLAIN_TEXT), picture: null, cut: size > SHOWN_BYTES }
  }

  /** What today's rules say of a snapshot. Refuses one over 64 MiB. */
  async derive(_context: WorkContext, bundle: string, { offset, size }: EvidenceItem): Promise<Derived> {
    if (size > DERIVED_BYTES) throw tooLargeToDerive(size)
    return deriveAgain(await this.#store.read(bundle, offset, size))
  }

  /** Writes an item to a file, whole or not at all. Answers what was written, so that it can be compared with the journal. */
  async save(
    context: WorkContext,
    bundle: string,
    { offset, size, name }: EvidenceItem,
    path: string,
  ): Promise<{ size: number; sha256: string }> {
    const source = told(this.#store.stream(bundle, offset, size), size, context)
    return writeOut(source, path, `Save ${name} as ${path}`)
  }

  /** Which vault a sealed raw form is of, and from which salt its key is made. */
  async rawHead(_context: WorkContext, bundle: string): Promise<{ vault: string; salt: string }> {
    const { vault, salt } = readHead(await this.#store.read(bundle, 0, LONGEST_HEAD))
    return { vault, salt }
  }

  /** Opens a sealed raw form into a file, whole or not at all; answers its size in bytes. */
  async saveRaw(_context: WorkContext, bundle: string, { key }: RawKey, path: string): Promise<number> {
    const { size } = await writeOut(opened(this.#store.stream(bundle), key), path, `Save the raw form as ${path}`)
    return size
  }

  async erase(_context: WorkContext, bundle: string): Promise<boolean> {
    return this.#store.erase(bundle)
  }

  /** How many of the bundles do not lie in the store. */
  async missing(_context: WorkContext, bundles: readonly string[]): Promise<number> {
    return bundles.filter((bundle) => this.#store.find(bundle) === null).length
  }

  async storage(_context: WorkContext): Promise<Storage> {
    await this.#readQuota()
    return storageOf(this.#dataFolder, this.#quotaBytes)
  }

  /** A file with one item: the whole of it. */
  async #keepAttachment(
    source: AsyncIterable<Uint8Array>,
    { name, size, given, startedAt }: AttachmentMeta,
    tried: string,
  ): Promise<KeptBytes> {
    const from = performance.now()
    const bytes = new AttachmentBytes(source, name)
    const passed = await this.#store.keep(bytes.masked(), { form: 'file', size, tried })
    const { mediaType, givenSize, masked } = bytes.facts
    const item: EvidenceItem = {
      name: safeName(name),
      kind: 'attachment',
      request: `${given} by a person`,
      outcome: isSearchedType(mediaType) ? 'attached' : 'attached; no text, so not searched for secrets',
      started_at: startedAt,
      took_ms: Math.round(performance.now() - from),
      size: passed.size,
      sha256: passed.bundle,
      offset: 0,
      volatility: volatilityOfGiven(given),
      media_type: mediaType,
      original: { name: name.slice(0, 300), size: givenSize },
      covers: null,
      masked: masked.map(({ rule, count }) => ({ rule, count })),
      truncated_of: null,
    }
    return { ...passed, form: 'file', items: [item] }
  }

  async #seal(source: AsyncIterable<Uint8Array>, key: RawKey, about: AboutRaw): Promise<KeptBytes> {
    const from = performance.now()
    const { size, tried } = about
    const passed = await this.#store.keep(sealed(source, key), { form: 'file', size: sealedSize(size), tried })
    const tookMs = Math.round(performance.now() - from)
    return {
      ...passed,
      form: 'file',
      items: [sealedItem(passed, about, tookMs)],
      sealed: { vault: key.vault, of: null },
    }
  }

  async #withFile<T>(
    context: WorkContext,
    path: string,
    startedAt: string,
    work: (source: AsyncIterable<Uint8Array>, meta: AttachmentMeta, tried: string) => Promise<T>,
  ): Promise<T> {
    await this.#readQuota()
    const tried = `Attach ${path}`
    const file = await open(path, 'r').catch((error: unknown) => Promise.reject(notReadable(tried, error)))
    try {
      const found = await file.stat()
      if (!found.isFile()) throw notAFile(tried)
      const meta = { name: basename(path), size: found.size, given: 'named', startedAt } as const
      return await work(told(piecesOf(file, found.size), found.size, context), meta, tried)
    } finally {
      await file.close()
    }
  }

  #uploadOf(id: string): Upload {
    const upload = this.#uploads.get(id)
    if (upload !== undefined) return upload
    throw refuse('not-found', {
      tried: 'Take a part of a file',
      happened: 'Its upload was cancelled, has failed or took too long. Nothing of it was kept.',
      next: 'Attach the file again.',
    })
  }

  /** Read anew each time: it is a line in a file, and the other process may have changed it. */
  async #readQuota(): Promise<void> {
    this.#quotaBytes = (await readSettings(this.#dataFolder)).evidenceQuotaBytes
  }
}

/** What was in the clipboard was in memory; what was a file lay on a disk. */
function volatilityOfGiven(given: Given): Volatility {
  return volatilityOf(given === 'pasted' ? 2 : 4)
}

/** The same parts; tells how far it is, and stops when asked to. */
async function* told(
  source: AsyncIterable<Uint8Array>,
  of: number,
  { signal, onProgress }: WorkContext,
): AsyncGenerator<Uint8Array> {
  let done = 0
  let toldAt = 0
  for await (const part of source) {
    if (signal.aborted) throw cancelled('Keep the file')
    yield part
    done += part.length
    if (done - toldAt < TELL_EVERY_BYTES) continue
    toldAt = done
    onProgress({ done, of, unit: 'bytes' })
  }
}

function cancelled(tried: string): RefusalError {
  return refuse('cancelled', {
    tried,
    happened: 'It was cancelled. Nothing of it is kept.',
    next: 'Try again when ready.',
  })
}

function tooLarge({ name, size }: AttachmentMeta): RefusalError {
  return refuse('too-large', {
    tried: `Attach ${name}`,
    happened: `It has ${spellBytes(size)}; the window takes ${spellBytes(MOST_UPLOADED_BYTES)} at most.`,
    next: 'Attach it in a terminal, which takes any size: muster attach ID FILE.',
  })
}

function notReadable(tried: string, cause: unknown): RefusalError {
  const happened = messageOf(cause)
  const code = happened.startsWith('ENOENT') ? 'not-found' : 'no-permission'
  return refuse(code, { tried, happened, next: 'Name a file that is there and that you may read.', cause })
}

function mayNotBeOpen(tried: string): RefusalError {
  return refuse('not-allowed', {
    tried,
    happened: 'It is no text, so no secret in it can be masked: it may be kept only sealed, and the vault is not open.',
    next: 'Unlock the vault, then take it again. Nothing of it was kept.',
  })
}

function notAFile(tried: string): RefusalError {
  return refuse('bad-input', {
    tried,
    happened: 'It is not a file.',
    next: 'Name a file; pack a folder into one first.',
  })
}

function tooLargeToDerive(size: number) {
  return refuse('too-large', {
    tried: 'Derive findings from evidence',
    happened: `The item is ${spellBytes(size)}; at most ${spellBytes(DERIVED_BYTES)} are read.`,
    next: 'Save it and look at it with other tools.',
  })
}
