import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { access, constants, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pack } from 'tar-stream'
import { canonicalJson } from '../../shared/journal/canonical.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { bytesOf } from './tar-bytes.ts'
import { journalFile } from '../journal/journal-store.ts'
import { type Connection, openConnection } from '../journal/sqlite.ts'
import { assertOutside, notWritable } from '../outside-file.ts'
import { replaceBy } from '../whole-file.ts'
import {
  bundleMember,
  INCIDENT_FORMAT,
  type Line,
  type Manifest,
  memberNames,
  NamedBundles,
  sumLine,
} from './incident-file.ts'
import { LineCheck, UnfitEntry } from './line-check.ts'
import { readLines } from './stored-lines.ts'

export interface IncidentFileWanted {
  readonly dataFolder: string
  /** The incident's ULID. */
  readonly incident: string
  readonly out: string
  readonly withEvidence: boolean
  /** Muster's version. */
  readonly version: string
}

/** Evidence that the entries name and the file does not hold, as it is not in the store, or not what it was. */
export interface LeftOut {
  readonly bundle: string
  readonly why: 'missing' | 'mismatch'
}

export interface WrittenIncidentFile {
  readonly path: string
  readonly sha256: string
  readonly size: number
  readonly number: string
  readonly entries: number
  readonly chains: number
  readonly bundles: number
  readonly leftOut: readonly LeftOut[]
}

/**
 * Writes one incident as a file that another desk can import: all of its entries, and its evidence unless not wanted.
 * Streamed, in bounded memory; under a temporary name, synced, then renamed: whole or not at all. The same heads and the
 * same evidence give the same bytes. Refuses a journal that is not whole (`damaged`), an incident that is not there and
 * what the disk would not take. Not for the main thread nor the journal thread.
 */
export async function writeIncidentFile(wanted: IncidentFileWanted): Promise<WrittenIncidentFile> {
  const { dataFolder, out } = wanted
  await assertOutside(dataFolder, out, triedTo(out))
  const db = openConnection(journalFile(dataFolder), 'read')
  try {
    // One look at the journal for both passes, whoever writes meanwhile.
    db.exec('BEGIN')
    const written = await replaceBy(out, (temporary) => new IncidentTar(db, wanted).write(temporary))
    return { ...written, path: out }
  } catch (error) {
    throw asRefusal(wanted, error)
  } finally {
    db.close()
  }
}

/**
 * Refuses (`storage`, `not-allowed`) a path that `writeIncidentFile` could not write to: before anything is written that
 * only holds with the file. A file that is there is overwritten, as by any export.
 */
export async function assertWritable(dataFolder: string, incident: string, out: string): Promise<void> {
  await assertOutside(dataFolder, out, triedTo(out))
  try {
    await access(dirname(out), constants.W_OK)
    if (await isFolder(out)) throw Object.assign(new Error('A folder of that name is there.'), { code: 'EISDIR' })
  } catch (error) {
    throw asRefusal({ incident, out }, error)
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

interface Surveyed {
  readonly manifest: Manifest
  readonly size: number
  readonly sha256: string
  readonly kept: readonly string[]
}

class IncidentTar {
  readonly #db: Connection
  readonly #wanted: IncidentFileWanted
  readonly #store: EvidenceStore
  readonly #tar = pack()
  readonly #leftOut: LeftOut[] = []
  #sums = ''
  #bundles = 0

  constructor(db: Connection, wanted: IncidentFileWanted) {
    this.#db = db
    this.#wanted = wanted
    this.#store = new EvidenceStore(wanted.dataFolder)
  }

  async write(file: string): Promise<Omit<WrittenIncidentFile, 'path'>> {
    const surveyed = this.#survey()
    // Whoever fills or reads the tar hears of it; without a listener it would end the process too.
    this.#tar.on('error', () => undefined)
    const feeding = this.#feed(surveyed).catch((error: unknown) => {
      this.#tar.destroy(error instanceof Error ? error : new Error(String(error)))
      throw error
    })
    const writing = this.#writeOut(file).catch((error: unknown) => {
      // It may not have begun to read: nobody else would tell the feeding that it waits in vain.
      this.#tar.destroy()
      throw error
    })
    const [fed, wrote] = await Promise.allSettled([feeding, writing])
    // What the disk says against it ends the feeding too, which then only knows that it was ended.
    if (wrote.status === 'rejected') throw wrote.reason
    if (fed.status === 'rejected') throw fed.reason
    const { number, entries, heads } = surveyed.manifest
    return {
      ...wrote.value,
      number,
      entries,
      chains: heads.length,
      bundles: this.#bundles,
      leftOut: this.#leftOut,
    }
  }

  async #writeOut(path: string): Promise<{ sha256: string; size: number }> {
    const hash = createHash('sha256')
    let size = 0
    const file = await open(path, 'w', 0o600)
    try {
      for await (const part of hashing(bytesOf(this.#tar), hash)) {
        await file.writeFile(part)
        size += part.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
    return { sha256: hash.digest('hex'), size }
  }

  /** The first pass: checks every entry, and learns the size and hash that must stand before them in the tar. */
  #survey(): Surveyed {
    const { incident, version } = this.#wanted
    const check = new LineCheck(incident)
    const hash = createHash('sha256')
    let size = 0
    const bundles = new NamedBundles()
    for (const line of this.#lines()) {
      check.take(line)
      const text = textOf(line)
      hash.update(text)
      size += Buffer.byteLength(text)
      bundles.take(line)
    }
    const heads = check.end()
    const { mode, entries, number } = check
    if (mode === null) throw notThere(incident)
    const manifest = { format: INCIDENT_FORMAT, incident, number, mode, muster: version, entries, heads } as const
    const kept = [...bundles.named].filter((bundle) => !bundles.erased.has(bundle)).toSorted()
    return { manifest, size, sha256: hash.digest('hex'), kept }
  }

  async #feed({ manifest, size, sha256, kept }: Surveyed): Promise<void> {
    const text = `${canonicalJson(manifest)}\n`
    await this.#add(memberNames.manifest, text)
    this.#sums += sumLine(sha256, memberNames.entries)
    await this.#stream(memberNames.entries, size, this.#texts())
    // Evidence may take minutes; so long the write-ahead log would grow, and nothing erased could be taken out of it.
    this.#db.exec('COMMIT')
    if (this.#wanted.withEvidence) for (const bundle of kept) await this.#addBundle(bundle)
    await this.#add(memberNames.sums, this.#sums)
    this.#tar.finalize()
  }

  async #add(name: string, text: string): Promise<void> {
    const bytes = Buffer.from(text)
    this.#sums += sumLine(createHash('sha256').update(bytes).digest('hex'), name)
    await this.#stream(name, bytes.length, [bytes])
  }

  async #addBundle(bundle: string): Promise<void> {
    const result = await this.#store.check(bundle)
    const stored = result === 'match' ? this.#store.find(bundle) : null
    if (stored === null) {
      this.#leftOut.push({ bundle, why: result === 'mismatch' ? 'mismatch' : 'missing' })
      return
    }
    const name = bundleMember(stored)
    const hash = createHash('sha256')
    await this.#stream(name, stored.size, hashing(this.#store.streamStored(stored), hash))
    this.#sums += sumLine(hash.digest('hex'), name)
    this.#bundles += 1
  }

  /** A member as its bytes come. Its size stands before it in the tar, so it must be exactly that long. */
  async #stream(name: string, size: number, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // Heard from the beginning: the file that is written may fail while this waits for a part.
    promise.catch(() => undefined)
    const member = this.#tar.entry(headerOf(name, size), (error) => (error ? reject(error) : resolve()))
    member.on('error', reject)
    for await (const part of parts) {
      if (!member.write(part)) await Promise.race([once(member, 'drain'), promise])
    }
    member.end(null)
    await promise
  }

  *#texts(): Generator<Buffer> {
    for (const line of this.#lines()) yield Buffer.from(textOf(line))
  }

  #lines(): Iterable<Line> {
    return readLines(this.#db, this.#wanted.incident)
  }
}

async function* hashing(
  parts: AsyncIterable<Uint8Array>,
  hash: { update(part: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    hash.update(part)
    yield part
  }
}

function textOf(line: Line): string {
  return `${canonicalJson(line)}\n`
}

/** Nothing of the machine or the hour goes into it. */
function headerOf(name: string, size: number) {
  return { name, size, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }
}

/** What the journal, the disk or the way there say against it; everything else is a bug and stays what it is. */
function asRefusal({ incident, out }: Pick<IncidentFileWanted, 'incident' | 'out'>, error: unknown): unknown {
  if (error instanceof RefusalError) return error
  if (error instanceof UnfitEntry) {
    return refuse('damaged', {
      tried: `Export the incident ${incident}`,
      happened: `${error.message} No desk would take such a file, so none was written.`,
      next: "Run 'muster verify' to see all that is damaged, and export from a backup, a mirror or another desk.",
      cause: error,
    })
  }
  if (!(error instanceof Error && 'code' in error)) return error
  return notWritable(triedTo(out), error)
}

function notThere(incident: string): RefusalError {
  return refuse('not-found', {
    tried: `Export the incident ${incident}`,
    happened: 'The journal holds no incident of that id.',
    next: '`muster incidents` lists them.',
  })
}

function triedTo(out: string): string {
  return `Write the incident to ${out}`
}
