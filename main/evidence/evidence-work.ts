import { createHash, randomUUID } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { EvidenceItem } from '../../shared/evidence/entries.ts'
import { isSearchedType, PLAIN_TEXT } from '../../shared/evidence/media-type.ts'
import { spellBytes, type Storage } from '../../shared/evidence/storage.ts'
import { type Volatility, volatilityOf } from '../../shared/evidence/volatility.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { readSettings } from '../desk/settings.ts'
import { syncFolder } from '../synced-folder.ts'
import { AttachmentBytes } from './attachment.ts'
import { type CollectedItem, makeBundle } from './bundle.ts'
import { type Check, EvidenceStore } from './evidence-store.ts'
import type { Checked } from './evidence-record.ts'
import type { AttachmentMeta, Given, KeptBytes, ShownItem, WorkContext } from './evidence-terms.ts'
import { decoded, isPicture } from './media-type.ts'
import { piecesOf } from './pieces.ts'
import { storageOf } from './storage.ts'
import { MOST_UPLOADED_BYTES, Upload } from './upload.ts'

/** As much of a text as is sent to be shown. */
const SHOWN_BYTES = 1_048_576
/** A picture is shown whole or not at all. */
const SHOWN_PICTURE_BYTES = 4 * 1_048_576
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

  /** The answers of a sweep as one bundle. */
  async keepItems(_context: WorkContext, items: readonly CollectedItem[]): Promise<KeptBytes> {
    await this.#readQuota()
    const { source, size, index } = makeBundle(items)
    const passed = await this.#store.keep(source, { form: 'tar', size, tried: 'Keep the evidence of a sweep' })
    return { ...passed, form: 'tar', items: index }
  }

  /** A file of this machine, of any size; what is added to it while it is read is left out. */
  async keepFile(context: WorkContext, path: string, startedAt: string): Promise<KeptBytes> {
    await this.#readQuota()
    const tried = `Attach ${path}`
    const file = await open(path, 'r').catch((error: unknown) => Promise.reject(notReadable(tried, error)))
    try {
      const found = await file.stat()
      if (!found.isFile()) throw notAFile(tried)
      const meta = { name: basename(path), size: found.size, given: 'named', startedAt } as const
      return await this.#keepAttachment(told(piecesOf(file, found.size), found.size, context), meta, tried)
    } finally {
      await file.close()
    }
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
        problems.push(`${bundle.slice(0, 12)}…: ${error instanceof Error ? error.message : String(error)}`)
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

  /** Writes an item to a file, whole or not at all. Answers what was written, so that it can be compared with the journal. */
  async save(
    context: WorkContext,
    bundle: string,
    { offset, size, name }: EvidenceItem,
    path: string,
  ): Promise<{ size: number; sha256: string }> {
    const tried = `Save ${name} as ${path}`
    const temporary = `${path}.${process.pid}.part`
    const hash = createHash('sha256')
    let written = 0
    try {
      const file = await open(temporary, 'w', 0o600)
      try {
        for await (const part of told(this.#store.stream(bundle, offset, size), size, context)) {
          hash.update(part)
          for (let from = 0; from < part.length; ) {
            const { bytesWritten } = await file.write(part, from, part.length - from, written)
            from += bytesWritten
            written += bytesWritten
          }
        }
        await file.sync()
      } finally {
        await file.close()
      }
      renameSync(temporary, path)
      syncFolder(dirname(path))
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error instanceof RefusalError ? error : notWritable(tried, error)
    }
    return { size: written, sha256: hash.digest('hex') }
  }

  async erase(_context: WorkContext, bundle: string): Promise<boolean> {
    return this.#store.erase(bundle)
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

/** A name as a line: no separators, no control characters, 200 characters at most. */
function safeName(name: string): string {
  const kept = name.replaceAll(/[\u0000-\u001f\u007f/\\]/g, '_').slice(-200)
  return kept.trim() === '' ? 'attachment' : kept
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
  const happened = cause instanceof Error ? cause.message : String(cause)
  const code = happened.startsWith('ENOENT') ? 'not-found' : 'no-permission'
  return refuse(code, { tried, happened, next: 'Name a file that is there and that you may read.', cause })
}

function notAFile(tried: string): RefusalError {
  return refuse('bad-input', {
    tried,
    happened: 'It is not a file.',
    next: 'Name a file; pack a folder into one first.',
  })
}

function notWritable(tried: string, cause: unknown): RefusalError {
  return refuse('storage', {
    tried,
    happened: cause instanceof Error ? cause.message : String(cause),
    next: 'Choose a folder that exists, that you may write to, and that has room.',
    cause,
  })
}
