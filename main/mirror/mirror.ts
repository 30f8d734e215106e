import type { MirrorHealth, Trouble } from '../../shared/storage/health.ts'
import { AnchorsFollower } from './anchors-follower.ts'
import { EvidenceFollower } from './evidence-follower.ts'
import { JournalFollower, type Lag } from './journal-follower.ts'
import { assertMirror } from './mirror-folder.ts'
import { isFinal, troubleOf } from './trouble.ts'

/** How often it is asked whether the journal has new entries, in ms: 1.6 µs a look. */
const LOOK_EVERY_MS = 50
/** How soon a folder that failed is tried again; and one that a person must do something about. */
const RETRY_MS = 2_000
const RETRY_STOPPED_MS = 30_000
/** Evidence is compared this often even if no entry spoke of any. */
const COMPARE_EVERY_MS = 5 * 60_000
/** How often it is asked whether there are new anchors. */
const ANCHORS_EVERY_MS = 1_000
/** Batches in a row, before evidence and questions have their turn. */
const BATCHES = 10

interface Failure {
  readonly trouble: Trouble
  readonly isFinal: boolean
}

/**
 * Keeps a second folder as this one: entries as they arrive, and evidence. On a thread of its own, as a slow or dead disk
 * keeps it waiting; nobody waits for it.
 */
export class Mirror {
  readonly #folder: string
  readonly #nowMs: () => number
  readonly #onHealth: (health: MirrorHealth) => void
  readonly #journal: JournalFollower
  readonly #evidence: EvidenceFollower
  readonly #anchors: AnchorsFollower
  readonly #timer: NodeJS.Timeout
  #anchoredAtMs = -Infinity
  #failure: Failure | null = null
  #evidenceFailure: Failure | null = null
  #retryAtMs = -Infinity
  #damaged: readonly string[] = []
  #compareAtMs = -Infinity
  #waitsSince: string | null = null
  #comparing: Promise<void> | null = null
  #isClosed = false

  /** `onHealth` is told how the mirror stands after each look. */
  constructor(options: {
    dataFolder: string
    folder: string
    nowMs: () => number
    onHealth: (health: MirrorHealth) => void
  }) {
    const { dataFolder, folder, nowMs, onHealth } = options
    this.#folder = folder
    this.#nowMs = nowMs
    this.#onHealth = onHealth
    this.#journal = new JournalFollower(dataFolder, folder, nowMs)
    this.#evidence = new EvidenceFollower(dataFolder, folder, () => this.#journal.erasedBundles())
    this.#anchors = new AnchorsFollower(dataFolder, folder)
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS)
  }

  /** Copies what there is to copy, if its time has come. Throws nothing but bugs. */
  look(): void {
    if (this.#isClosed) return
    if (this.#nowMs() >= this.#retryAtMs) {
      this.#failure = this.#follow()
      const wait = this.#failure === null ? 0 : this.#failure.isFinal ? RETRY_STOPPED_MS : RETRY_MS
      this.#retryAtMs = this.#nowMs() + wait
      if (this.#failure === null && this.#nowMs() >= this.#compareAtMs) this.#compare()
    }
    this.#onHealth(this.health())
  }

  health(): MirrorHealth {
    const { lag, failure: unread } = this.#lag()
    const failure = this.#failure ?? this.#evidenceFailure ?? unread
    const files = this.#evidence.waiting
    const since = oldest(lag.since, files > 0 ? this.#waitsSince : null)
    const isBehind = lag.entries > 0 || files > 0
    return {
      folder: this.#folder,
      state: failure?.isFinal === true ? 'stopped' : isBehind ? 'behind' : 'whole',
      since,
      entries: lag.entries,
      files,
      trouble: failure?.trouble ?? null,
      remarks: [...(this.#journal.mode === 'delete' ? [WITHOUT_LOG] : []), ...this.#damaged],
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await this.#comparing
    this.#journal.close()
  }

  #lag(): { lag: Lag; failure: Failure | null } {
    try {
      return { lag: this.#journal.lag(), failure: null }
    } catch (error) {
      return { lag: { entries: 0, since: null }, failure: { trouble: troubleOf(error), isFinal: false } }
    }
  }

  #follow(): Failure | null {
    try {
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const copied = this.#journal.follow()
        if (copied.length === 0) break
        if (copied.some(({ kind }) => kind.startsWith('evidence') || kind === 'erased')) this.#compareAtMs = -Infinity
      }
      if (this.#nowMs() - this.#anchoredAtMs > ANCHORS_EVERY_MS) {
        this.#anchoredAtMs = this.#nowMs()
        this.#anchors.follow(() => this.#journal.followAll())
      }
      return null
    } catch (error) {
      this.#anchors.forget()
      return { trouble: troubleOf(error), isFinal: isFinal(error) }
    }
  }

  #compare(): void {
    if (this.#comparing !== null) return
    this.#compareAtMs = this.#nowMs() + COMPARE_EVERY_MS
    this.#waitsSince ??= new Date(this.#nowMs()).toISOString()
    this.#comparing = this.#followEvidence().finally(() => {
      this.#comparing = null
    })
  }

  async #followEvidence(): Promise<void> {
    try {
      this.#damaged = await this.#evidence.follow(() => {
        if (this.#isClosed) throw Object.assign(new Error('The mirror is being closed'), { code: 'ECANCELED' })
        assertMirror(this.#folder)
      })
      this.#evidenceFailure = null
      this.#waitsSince = null
    } catch (error) {
      this.#evidenceFailure = { trouble: troubleOf(error), isFinal: false }
      this.#compareAtMs = this.#nowMs() + RETRY_MS
    }
  }
}

const WITHOUT_LOG =
  'This folder cannot take a write-ahead log (many network shares cannot): the mirror is slower there.'

function oldest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
