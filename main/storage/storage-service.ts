import { stat, statfs } from 'node:fs/promises'
import { z } from 'zod'
import { spellBytes } from '../../shared/evidence/storage.ts'
import { refuse } from '../../shared/refusal.ts'
import type { BackupMade, BackupProgress, StorageHealth, Trouble } from '../../shared/storage/health.ts'
import { runBackup } from '../backup/run-backup.ts'
import { readSettings, type Settings } from '../desk/settings.ts'
import { journalFile } from '../journal/journal-store.ts'
import { type MirrorClient, startMirror } from '../mirror/mirror-client.ts'
import { setMirror } from '../mirror/set-mirror.ts'

/** How often settings, sizes and the mirror are looked at, in ms. */
const LOOK_EVERY_MS = 2_000
/** Walking the store of evidence takes longer: seldom, and not while the window opens. */
const WALK_AFTER_MS = 5_000
const WALK_EVERY_MS = 60_000

/** What is known of the store of evidence and of the disk under it. */
interface EvidenceStorage {
  readonly usedBytes: number
  readonly says: readonly string[]
}

/**
 * Watches over the desk's storage, and mirrors it in the process that holds the runner's lease. Which mirror and which
 * backup is the newest, the settings say, whoever wrote them.
 */
export class StorageService {
  readonly #dataFolder: string
  readonly #evidenceStorage: () => Promise<EvidenceStorage>
  readonly #log: (what: string) => void
  readonly #listeners = new Set<(health: StorageHealth) => void>()
  readonly #watchers = new Set<(progress: BackupProgress) => void>()
  readonly #timer: NodeJS.Timeout
  #settings: Settings
  #isRunner: boolean
  #mirror: MirrorClient | null = null
  #closing: Promise<void> = Promise.resolve()
  #journalBytes: number | null = null
  #freeBytes: number | null = null
  #evidence: EvidenceStorage | null = null
  readonly #walkAfterMs: number
  #walkAtMs: number
  #told = ''
  #backup: AbortController | null = null
  #isClosed = false

  constructor(options: {
    dataFolder: string
    settings: Settings
    isRunner: boolean
    evidenceStorage: () => Promise<EvidenceStorage>
    /** How soon after the start, and after a change, the store is walked, in ms. */
    walkAfterMs?: number
    log: (what: string) => void
  }) {
    this.#dataFolder = options.dataFolder
    this.#settings = options.settings
    this.#isRunner = options.isRunner
    this.#evidenceStorage = options.evidenceStorage
    this.#walkAfterMs = options.walkAfterMs ?? WALK_AFTER_MS
    this.#walkAtMs = performance.now() + this.#walkAfterMs
    this.#log = options.log
    this.#follow()
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref()
  }

  /** Calls `listener` whenever what is known has changed. */
  onChanged(listener: (health: StorageHealth) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls `listener` a few times a second while a backup is being made. */
  onBackupProgress(listener: (progress: BackupProgress) => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  /** Backs up into a folder that is not there yet. Rejects with a refusal, also where one is being made. */
  async backUp(target: string): Promise<BackupMade> {
    if (this.#backup !== null) throw oneAtATime(target)
    this.#backup = new AbortController()
    try {
      const made = await runBackup({
        dataFolder: this.#dataFolder,
        target,
        signal: this.#backup.signal,
        onProgress: (progress) => {
          for (const listener of this.#watchers) listener(progress)
        },
      })
      await this.look()
      return made
    } finally {
      this.#backup = null
    }
  }

  /** Ends the backup that is being made, if there is one. */
  cancelBackup(): void {
    this.#backup?.abort()
  }

  /** Sets the mirror, or none. Rejects with the refusal of `prepareMirror`. */
  async setMirror(folder: string | null): Promise<void> {
    await setMirror(this.#dataFolder, folder)
    await this.look()
  }

  health(): StorageHealth {
    const { mirror, lastBackup } = this.#settings
    const kept = this.#mirror?.folder === mirror ? (this.#mirror?.health() ?? null) : null
    return {
      mirror: mirror === null ? null : (kept ?? notHere(mirror)),
      backup: lastBackup,
      journalBytes: this.#journalBytes,
      evidenceBytes: this.#evidence?.usedBytes ?? null,
      freeBytes: this.#freeBytes,
      warnings: this.#warnings(),
    }
  }

  /** Evidence was kept or erased: what the store holds is soon measured anew, once for whatever comes together. */
  evidenceChanged(): void {
    this.#walkAtMs = Math.min(this.#walkAtMs, performance.now() + this.#walkAfterMs)
  }

  /** The process took over the runner's lease, or lost it. */
  setRunner(isRunner: boolean): void {
    this.#isRunner = isRunner
    this.#follow()
    this.#tell()
  }

  /** Reads settings and sizes again, and answers what is known then. */
  async look(): Promise<StorageHealth> {
    this.#settings = await readSettings(this.#dataFolder)
    this.#follow()
    await this.#measure()
    this.#tell()
    return this.health()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#listeners.clear()
    this.cancelBackup()
    this.#follow()
    await this.#closing
  }

  /** Starts or stops the mirror, as the settings say and this process may. */
  #follow(): void {
    const wanted = this.#isRunner && !this.#isClosed ? this.#settings.mirror : null
    const running = this.#mirror
    if (wanted === (running?.folder ?? null)) return
    this.#mirror = null
    if (running !== null) this.#closing = Promise.all([this.#closing, running.close()]).then(() => undefined)
    if (wanted === null) return
    this.#mirror = startMirror({
      dataFolder: this.#dataFolder,
      folder: wanted,
      onHealth: () => this.#tell(),
      log: this.#log,
    })
  }

  async #measure(): Promise<void> {
    const file = journalFile(this.#dataFolder)
    const sizes = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`)])
    this.#journalBytes = sizes.reduce((sum, size) => sum + size, 0)
    this.#freeBytes = await statfs(this.#dataFolder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null, // a disk that cannot say: shown as not known
    )
    if (performance.now() < this.#walkAtMs || this.#isClosed) return
    this.#walkAtMs = performance.now() + WALK_EVERY_MS
    this.#evidence = await this.#evidenceStorage().catch((error: unknown) => {
      this.#log(`The store of evidence could not be measured: ${String(error)}`)
      return null
    })
  }

  #warnings(): Trouble[] {
    const low = this.#evidence?.says ?? []
    const free = this.#freeBytes
    const next = 'Make room on its disk: the journal needs some to go on.'
    if (low.length > 0) return low.map((happened) => ({ happened, next }))
    return free !== null && free < LEAST_FREE_BYTES
      ? [{ happened: `The disk of the data folder has ${spellBytes(free)} left.`, next }]
      : []
  }

  #tell(): void {
    const health = this.health()
    // A few bytes more or less are no news.
    const news = JSON.stringify({
      ...health,
      freeBytes: rounded(health.freeBytes),
      journalBytes: rounded(health.journalBytes),
    })
    if (news === this.#told) return
    this.#told = news
    for (const listener of this.#listeners) listener(health)
  }
}

const LEAST_FREE_BYTES = 512 * 1_048_576

function notHere(folder: string): NonNullable<StorageHealth['mirror']> {
  return { folder, state: 'elsewhere', since: null, entries: 0, files: 0, trouble: null, remarks: [] }
}

function rounded(bytes: number | null): number | null {
  return bytes === null ? null : Math.round(bytes / 1_048_576)
}

function oneAtATime(target: string) {
  return refuse('not-allowed', {
    tried: `Back up to ${target}`,
    happened: 'A backup is being made.',
    next: 'Wait for it, or cancel it first.',
  })
}

const missing = z.looseObject({ code: z.literal('ENOENT') })

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (missing.safeParse(error).success) return 0
    throw error
  }
}
