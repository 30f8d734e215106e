import { RefusalError } from '../../shared/refusal.ts'
import { EvidenceStore, type StoredFile } from '../evidence/evidence-store.ts'

/**
 * Brings the evidence of a mirror after that of its data folder, file by file as they are stored, each hashed against its
 * name. What was erased goes there too; what was only lost here stays there.
 */
export class EvidenceFollower {
  readonly #here: EvidenceStore
  readonly #there: EvidenceStore
  readonly #erased: () => ReadonlySet<string>
  #waiting = 0

  constructor(dataFolder: string, folder: string, erased: () => ReadonlySet<string>) {
    this.#here = new EvidenceStore(dataFolder)
    // How much a mirror may hold is its disk's affair.
    this.#there = new EvidenceStore(folder, () => Number.MAX_SAFE_INTEGER)
    this.#erased = erased
  }

  /** How many files are known to wait. */
  get waiting(): number {
    return this.#waiting
  }

  /**
   * Copies what is missing there; `mayGoOn` is asked before each file and throws where the folder is gone. Answers what
   * was not copied because it is damaged here, as sentences.
   */
  async follow(mayGoOn: () => void): Promise<string[]> {
    mayGoOn()
    this.#there.removeLeftovers()
    const kept = new Map(this.#there.list().map((file) => [file.bundle, file]))
    const wanted = this.#here.list()
    const missing = wanted.filter((file) => isMissing(file, kept))
    const damaged: string[] = []
    this.#waiting = missing.length
    for (const { bundle } of missing) {
      mayGoOn()
      try {
        await this.#here.copyTo(bundle, this.#there)
      } catch (error) {
        if (!(error instanceof RefusalError && error.refusal.code === 'damaged')) throw error
        damaged.push(`The evidence ${bundle.slice(0, 12)}… is damaged here, and was not copied.`)
      }
      this.#waiting -= 1
    }
    this.#erase(wanted, kept)
    return damaged
  }

  #erase(wanted: readonly StoredFile[], kept: ReadonlyMap<string, StoredFile>): void {
    const here = new Set(wanted.map(({ bundle }) => bundle))
    for (const bundle of this.#erased()) {
      if (kept.has(bundle) && !here.has(bundle)) this.#there.erase(bundle)
    }
  }
}

/** Whether a file of the store is not, or not in the same form, among those of a copy. */
export function isMissing(here: StoredFile, kept: ReadonlyMap<string, StoredFile>): boolean {
  const there = kept.get(here.bundle)
  return there?.encoding !== here.encoding || there.form !== here.form || there.size !== here.size
}
