import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { refuse } from '../../shared/refusal.ts'
import { sha256 } from '../journal/sha256.ts'
import { syncFolder } from '../synced-folder.ts'

/** How a bundle's bytes compare with the hash under which they were kept. */
export type Check = 'match' | 'mismatch' | 'missing'

/** The content-addressed store of evidence bundles in a data folder: `evidence/ab/abcd….tar`, named by their sha256. */
export class EvidenceStore {
  readonly #folder: string

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'evidence')
  }

  /** Keeps the bytes: written under a temporary name, synced, renamed, the folder synced. Returns their sha256. */
  keep(bytes: Uint8Array): string {
    const name = sha256(bytes)
    const file = this.#fileOf(name)
    const temporary = `${file}.${process.pid}.part`
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      // Written even where it is there already: what lies there may be damaged, or not have been synced.
      writeSynced(temporary, bytes)
      renameSync(temporary, file)
      for (const folder of [dirname(file), this.#folder, dirname(this.#folder)]) syncFolder(folder)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw refuse('storage', {
        tried: 'Keep the evidence of a sweep',
        happened: error instanceof Error ? error.message : String(error),
        next: 'Make room on the disk or make the data folder writable, then sweep again.',
        cause: error,
      })
    }
    return name
  }

  /** Hashes a bundle again. Whatever lies there instead of a file is a mismatch, and is not read. */
  async check(bundle: string): Promise<Check> {
    const file = this.#fileOf(bundle)
    const found = lstatSync(file, { throwIfNoEntry: false })
    if (found === undefined) return 'missing'
    if (!found.isFile()) return 'mismatch'
    const hash = createHash('sha256')
    for await (const part of createReadStream(file, { highWaterMark: 1_048_576 })) hash.update(part as Buffer)
    return hash.digest('hex') === bundle ? 'match' : 'mismatch'
  }

  /** `length` bytes of a bundle from `offset`; fewer where the file ends before. */
  async read(bundle: string, offset: number, length: number): Promise<Buffer> {
    const file = await open(this.#fileOf(bundle), 'r')
    try {
      const buffer = Buffer.alloc(length)
      const { bytesRead } = await file.read(buffer, 0, length, offset)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /** Whether anything at all is kept. */
  isEmpty(): boolean {
    return !existsSync(this.#folder) || readdirSync(this.#folder).length === 0
  }

  #fileOf(bundle: string): string {
    // Only a hash ever becomes a path.
    if (!/^[0-9a-f]{64}$/.test(bundle)) throw new Error(`'${bundle}' is not the name of a bundle`)
    return join(this.#folder, bundle.slice(0, 2), `${bundle}.tar`)
  }
}

function writeSynced(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'w', 0o600)
  try {
    let written = 0
    while (written < bytes.length) written += writeSync(descriptor, bytes, written)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
