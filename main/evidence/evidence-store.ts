import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { assertRoom, DEFAULT_QUOTA_BYTES } from '../../shared/evidence/storage.ts'
import { messageOf } from '../../shared/message-of.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'
import { makeFolder, syncFolder } from '../synced-folder.ts'
import { contentOf, isUndecodable } from './compression.ts'
import { copyHashed, type Passed } from './one-pass.ts'
import { PIECE_BYTES } from './pieces.ts'
import { diskOf, usedBytesOf } from './storage.ts'
import { type Form, isBundle, namesOf, readStoredName, type StoredName, storedName } from './stored-file.ts'

/** How a bundle's bytes compare with the hash under which they were kept. */
export type Check = 'match' | 'mismatch' | 'missing'

/** A bundle's file as it lies in the store. `size` is what it takes there, in bytes. */
export interface StoredFile extends StoredName {
  readonly path: string
  readonly size: number
}

export interface KeepOptions {
  /** Default: `tar`. */
  readonly form?: Form
  /** How many bytes are coming, where that is known: a lack of room is then refused before the first. */
  readonly size?: number
  /** For a refusal: 'Keep the evidence of a sweep'. */
  readonly tried?: string
}

export interface CheckOptions {
  readonly signal?: AbortSignal
  /** Told how many more of the original bytes were hashed. */
  readonly onBytes?: (bytes: number) => void
}

/** What a writer that was killed left behind is taken away after this long, whoever now has its process's number. */
const FORGOTTEN_MS = 60 * 60_000

/**
 * The content-addressed store of evidence in a data folder: `evidence/ab/abcd….tar` and its like (see `stored-file.ts`), named
 * by the sha256 of the original bytes, compressed or not. All of it reads and writes in bounded memory. Not for the main
 * thread nor the journal thread.
 */
export class EvidenceStore {
  readonly #dataFolder: string
  readonly #folder: string
  readonly #quotaBytes: () => number

  /** `quotaBytes` is asked at each keeping; default: 10 GiB. */
  constructor(dataFolder: string, quotaBytes: () => number | undefined = () => undefined) {
    this.#dataFolder = dataFolder
    this.#folder = join(dataFolder, 'evidence')
    this.#quotaBytes = () => quotaBytes() ?? DEFAULT_QUOTA_BYTES
  }

  /**
   * Keeps the bytes, hashed and copied in one pass: written under a temporary name, synced, renamed, the folders synced. A
   * part that `source` gives may be used again when the next one is asked for. Refuses (`storage`) what there is no room for
   * and what the disk would not take: nothing of it is left then. What `source` throws is passed on.
   */
  async keep(source: Uint8Array | AsyncIterable<Uint8Array>, options: KeepOptions = {}): Promise<Passed> {
    const { form = 'tar', tried = 'Keep the evidence of a sweep' } = options
    const size = source instanceof Uint8Array ? source.length : (options.size ?? 0)
    const usedBytes = usedBytesOf(this.#dataFolder)
    const look = (writtenBytes: number, moreBytes: number) =>
      assertRoom(
        { usedBytes: usedBytes + writtenBytes, quotaBytes: this.#quotaBytes(), ...diskOf(this.#folder) },
        moreBytes,
        tried,
      )
    look(0, size)
    const wrapped = fromSource(source instanceof Uint8Array ? partsOf(source) : source)
    return this.#place(tried, wrapped.failure, async (file) => {
      const passed = await copyHashed(wrapped.parts, file, (written) => look(written, PIECE_BYTES))
      return { passed, name: { bundle: passed.bundle, form, encoding: passed.stored.encoding } }
    })
  }

  /**
   * Keeps a file of another desk's store as it lies there. Refuses (`damaged`) what is not the bundle that its name
   * says, and as `keep` does; nothing is left then.
   */
  async keepStored(name: StoredName, source: AsyncIterable<Uint8Array>, size = 0): Promise<Passed> {
    const tried = `Take over the evidence ${name.bundle.slice(0, 12)}…`
    const figures = {
      usedBytes: usedBytesOf(this.#dataFolder),
      quotaBytes: this.#quotaBytes(),
      ...diskOf(this.#folder),
    }
    assertRoom(figures, size, tried)
    const wrapped = fromSource(source)
    return this.#place(tried, wrapped.failure, async (file, temporary) => {
      let written = 0
      for await (const part of wrapped.parts) written += (await file.writev([part], written)).bytesWritten
      const found = await this.#hash(temporary, name, {}).catch((error: unknown) => {
        if (isUndecodable(error)) return null
        throw error
      })
      if (found?.bundle !== name.bundle) throw otherBytes(tried)
      return { passed: { ...found, stored: { encoding: name.encoding, size: written } }, name }
    })
  }

  /** Copies a bundle as it lies into another store; false where this one has it not. Refusals are those of `keepStored`. */
  async copyTo(bundle: string, other: EvidenceStore): Promise<boolean> {
    const stored = this.find(bundle)
    if (stored === null) return false
    await other.keepStored(stored, this.streamStored(stored), stored.size)
    return true
  }

  /** Where a bundle lies and how; null where it does not, or something else than a file has its name. */
  find(bundle: string): StoredFile | null {
    return this.#filesOf(bundle).find(({ isFile }) => isFile)?.stored ?? null
  }

  /** The file of a bundle as it lies: what a copy of the store is made of. */
  streamStored({ path }: StoredFile): AsyncIterable<Uint8Array> {
    return createReadStream(path, { highWaterMark: PIECE_BYTES })
  }

  /** Hashes a bundle's original bytes again. Whatever lies there instead of a file is a mismatch, and is not read. */
  async check(bundle: string, options: CheckOptions = {}): Promise<Check> {
    const files = this.#filesOf(bundle)
    for (const { stored, isFile } of files) {
      if (!isFile) continue
      try {
        if ((await this.#hash(stored.path, stored, options)).bundle === bundle) return 'match'
      } catch (error) {
        if (!isUndecodable(error)) throw error
      }
    }
    return files.length === 0 ? 'missing' : 'mismatch'
  }

  /** `length` original bytes of a bundle from `offset`; fewer where it ends before. Refuses (`not-found`) one that is not there. */
  async read(bundle: string, offset: number, length: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for await (const part of this.stream(bundle, offset, length)) parts.push(part)
    return Buffer.concat(parts)
  }

  /** As `read`, piece by piece, in bounded memory. */
  async *stream(bundle: string, offset = 0, length = Infinity): AsyncGenerator<Uint8Array> {
    const stored = this.find(bundle)
    if (stored === null) throw notKept(bundle)
    if (length <= 0) return
    if (stored.encoding === 'plain') {
      const end = length === Infinity ? {} : { end: offset + length - 1 }
      for await (const part of createReadStream(stored.path, { start: offset, ...end, highWaterMark: PIECE_BYTES })) {
        yield part as Buffer
      }
      return
    }
    let at = 0
    for await (const part of contentOf(stored.path, stored)) {
      // zlib gives each part memory of its own.
      const wanted = part.subarray(Math.max(0, offset - at), Math.max(0, offset + length - at))
      at += part.length
      if (wanted.length > 0) yield wanted
      if (at >= offset + length) return
    }
  }

  /** Takes a bundle's bytes away for good. Answers whether there were any. */
  erase(bundle: string): boolean {
    const files = this.#filesOf(bundle)
    for (const { stored } of files) rmSync(stored.path, { force: true })
    if (files.length > 0) syncFolder(this.#folderOf(bundle))
    return files.length > 0
  }

  /** Every bundle that is there, by name. */
  list(): StoredFile[] {
    if (!existsSync(this.#folder)) return []
    const names = readdirSync(this.#folder, { recursive: true, encoding: 'utf8' })
    return names.toSorted().flatMap((name) => {
      const path = join(this.#folder, name)
      const known = readStoredName(name.slice(3))
      const found = known === null ? undefined : lstatSync(path, { throwIfNoEntry: false })
      return known === null || found?.isFile() !== true ? [] : [{ ...known, path, size: found.size }]
    })
  }

  /** Whether anything at all is kept. */
  isEmpty(): boolean {
    return !existsSync(this.#folder) || readdirSync(this.#folder).length === 0
  }

  /**
   * Takes away what writers that were killed had begun, and answers how much. To be asked when a process starts, before it
   * keeps anything: what other processes are writing stays.
   */
  removeLeftovers(): number {
    if (!existsSync(this.#folder)) return 0
    let removed = 0
    for (const name of readdirSync(this.#folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(this.#folder, name)
      if (!name.endsWith('.part') || isBeingWritten(path)) continue
      rmSync(path, { force: true })
      removed += 1
    }
    return removed
  }

  async #place<T extends Passed>(
    tried: string,
    failureOfSource: () => { readonly error: unknown } | null,
    write: (file: FileHandle, temporary: string) => Promise<{ passed: T; name: StoredName }>,
  ): Promise<T> {
    const temporary = join(this.#folder, `${process.pid}.${randomBytes(6).toString('hex')}.part`)
    try {
      makeFolder(this.#folder)
      const file = await open(temporary, 'wx+', 0o600)
      let written: { passed: T; name: StoredName }
      try {
        written = await write(file, temporary)
        await file.sync()
      } finally {
        await file.close()
      }
      const { passed, name } = written
      const folder = this.#folderOf(name.bundle)
      makeFolder(folder)
      // Renamed over what may be there: that may be damaged, or not have been synced.
      const path = join(folder, storedName(name))
      renameSync(temporary, path)
      for (const { stored } of this.#filesOf(name.bundle))
        if (stored.path !== path) rmSync(stored.path, { force: true })
      // The name goes from one folder to another: both have to last.
      for (const changed of [folder, this.#folder]) syncFolder(changed)
      return passed
    } catch (error) {
      rmSync(temporary, { force: true })
      const fromSource = failureOfSource()
      if (fromSource !== null) throw fromSource.error
      if (error instanceof RefusalError) throw error
      throw notTaken(tried, error)
    }
  }

  async #hash(
    path: string,
    name: StoredName,
    { signal, onBytes }: CheckOptions,
  ): Promise<{ bundle: string; size: number }> {
    const hash = createHash('sha256')
    let size = 0
    for await (const part of contentOf(path, name)) {
      signal?.throwIfAborted()
      hash.update(part)
      size += part.length
      onBytes?.(part.length)
    }
    return { bundle: hash.digest('hex'), size }
  }

  /** Whatever lies under a name of this bundle. */
  #filesOf(bundle: string): { readonly stored: StoredFile; readonly isFile: boolean }[] {
    const folder = this.#folderOf(bundle)
    return namesOf(bundle).flatMap((name) => {
      const path = join(folder, storedName(name))
      const found = lstatSync(path, { throwIfNoEntry: false })
      return found === undefined ? [] : [{ stored: { ...name, path, size: found.size }, isFile: found.isFile() }]
    })
  }

  #folderOf(bundle: string): string {
    // Only a hash ever becomes a path.
    if (!isBundle(bundle)) throw new Error(`'${bundle}' is not the name of a bundle`)
    return join(this.#folder, bundle.slice(0, 2))
  }
}

async function* partsOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

/** The same parts, with memory of what the source threw: that is not the disk's failure. */
function fromSource(source: AsyncIterable<Uint8Array>) {
  let failed: { readonly error: unknown } | null = null
  async function* parts(): AsyncGenerator<Uint8Array> {
    const reader = source[Symbol.asyncIterator]()
    try {
      for (;;) {
        const part = await reader.next().catch((error: unknown) => {
          failed = { error }
          throw error
        })
        if (part.done === true) return
        yield part.value
      }
    } finally {
      await reader.return?.()
    }
  }
  return { parts: parts(), failure: () => failed }
}

/** `<process>.<random>.part`, or `<bundle>.tar.<process>.part` as version 0.1 wrote. */
function isBeingWritten(path: string): boolean {
  const [, process0] = /(\d+)(?:\.[0-9a-f]{12})?\.part$/.exec(path) ?? []
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const owner = Number(process0)
  return owner !== process.pid && isAlive(owner) && Date.now() - written < FORGOTTEN_MS
}

function isAlive(id: number): boolean {
  if (!Number.isSafeInteger(id) || id <= 0) return false
  try {
    // Signal 0 asks only whether there is such a process (https://man7.org/linux/man-pages/man2/kill.2.html).
    process.kill(id, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function notTaken(tried: string, cause: unknown): RefusalError {
  return refuse('storage', {
    tried,
    happened: messageOf(cause),
    next: 'Make room on the disk or make the data folder writable, then try again.',
    cause,
  })
}

function otherBytes(tried: string): RefusalError {
  return refuse('damaged', {
    tried,
    happened: 'The bytes that came are not those that their name says. Nothing was kept.',
    next: 'Bring the file again from where it came.',
  })
}

function notKept(bundle: string): RefusalError {
  return refuse('not-found', {
    tried: `Read the evidence ${bundle.slice(0, 12)}…`,
    happened: 'It is not in the evidence store.',
    next: 'Bring it back from a backup or another desk; its hash will prove it.',
  })
}
