import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { AttachmentMeta, KeptBytes } from './evidence-terms.ts'

/** As much as the window may attach; the terminal takes files of any size. */
export const MOST_UPLOADED_BYTES = 256 * 1_048_576
/** Nobody waits longer for the next part: the window may be gone. */
const IDLE_MS = 120_000

/** One file that comes in parts. Its bytes go into the store as they come; only `end` keeps them. */
export class Upload {
  readonly #meta: AttachmentMeta
  readonly #onGone: () => void
  readonly #kept: Promise<KeptBytes | { readonly failed: unknown }>
  #wanted = Promise.withResolvers<void>()
  #given = newPart()
  #stopped: RefusalError | null = null
  #at = 0
  #failure: Error | null = null
  #idle: NodeJS.Timeout

  /** `keep` is begun at once with what will come; `onGone` is told when it is over, however it ended. */
  constructor(
    meta: AttachmentMeta,
    keep: (source: AsyncIterable<Uint8Array>) => Promise<KeptBytes>,
    onGone: () => void,
  ) {
    this.#meta = meta
    this.#onGone = onGone
    this.#idle = this.#startIdle()
    // Heard from the beginning: it may fail while nobody waits for it.
    this.#kept = keep(this.#parts()).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error('The file was not kept', { cause: error })
      this.#wanted.resolve()
      return { failed: error }
    })
  }

  /** Takes the part that begins at `at`; answers where the next one begins. */
  async take(at: number, bytes: Uint8Array): Promise<number> {
    if (at !== this.#at || at + bytes.length > this.#meta.size) {
      await this.cancel()
      throw refuse('bad-input', {
        tried: `Attach ${this.#meta.name}`,
        happened: `A part at ${at} came where one at ${this.#at} of ${this.#meta.size} bytes was due. Nothing was kept.`,
        next: 'Attach the file again.',
      })
    }
    clearTimeout(this.#idle)
    this.#idle = this.#startIdle()
    this.#at += bytes.length
    await this.#give(bytes)
    return this.#at
  }

  /** Keeps it, if all of it came. */
  async end(): Promise<KeptBytes> {
    if (this.#at !== this.#meta.size) {
      await this.cancel()
      throw refuse('bad-input', {
        tried: `Attach ${this.#meta.name}`,
        happened: `${this.#at} of ${this.#meta.size} bytes came. Nothing was kept.`,
        next: 'Attach the file again.',
      })
    }
    await this.#give(null)
    const kept = await this.#kept
    this.#leave()
    if ('failed' in kept) throw kept.failed
    return kept
  }

  async cancel(): Promise<void> {
    this.#stopped ??= refuse('cancelled', {
      tried: `Attach ${this.#meta.name}`,
      happened: 'It was cancelled. Nothing of it is kept.',
      next: 'Attach it again when ready.',
    })
    this.#given.reject(this.#stopped)
    await this.#kept
    this.#leave()
  }

  async #give(bytes: Uint8Array | null): Promise<void> {
    await this.#wanted.promise
    if (this.#failure !== null) {
      this.#leave()
      throw this.#failure
    }
    this.#wanted = Promise.withResolvers()
    this.#given.resolve(bytes)
  }

  async *#parts(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#stopped !== null) throw this.#stopped
      this.#given = newPart()
      this.#wanted.resolve()
      const part = await this.#given.promise
      if (part === null) return
      yield part
    }
  }

  #startIdle(): NodeJS.Timeout {
    return setTimeout(() => void this.cancel().catch((error: unknown) => this.#unexpected(error)), IDLE_MS).unref()
  }

  #leave(): void {
    clearTimeout(this.#idle)
    this.#onGone()
  }

  #unexpected(error: unknown): void {
    if (!(error instanceof RefusalError)) throw error
  }
}

/** The next part, or null at the end. That it will not come is heard even if nobody awaits it by then. */
function newPart(): PromiseWithResolvers<Uint8Array | null> {
  const part = Promise.withResolvers<Uint8Array | null>()
  part.promise.catch(() => undefined)
  return part
}
