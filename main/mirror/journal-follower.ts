import { statSync } from 'node:fs'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { removeOldCopies, scrubJournal, type Traces, tracesOf } from '../erasure/scrub.ts'
import { type OpenCopy, openCopy } from '../journal/copy-connection.ts'
import { journalFile } from '../journal/journal-store.ts'
import { type Connection, openConnection } from '../journal/sqlite.ts'
import { RowCopier, type StoredEntry, StoredRows, wentOn } from '../journal/stored-rows.ts'
import { assertMirror } from './mirror-folder.ts'
import { Position } from './position.ts'

interface Original {
  readonly db: Connection
  readonly rows: StoredRows
  readonly version: { get(): unknown }
}

interface Copy {
  readonly open: OpenCopy
  readonly copier: RowCopier
  /** Which file it is: a stick that was pulled leaves a connection to nowhere, and perhaps another file in its place. */
  readonly file: string
}

export interface Lag {
  readonly entries: number
  /** When the oldest entry that waits was logged (ISO UTC), or was first seen here if another desk logged it. */
  readonly since: string | null
}

/** How long a reader of the mirror may keep what was erased, at a time, in ms. */
const SCRUB_WAIT_MS = 200
/** How often the mirror's folder is looked at while there is nothing to copy, in ms. */
const LOOK_EVERY_MS = 2_000

/**
 * Brings the journal of a mirror after that of its data folder. It only reads the original, so no append waits for it.
 * Where the mirror cannot be written it throws, and its next call begins anew.
 */
export class JournalFollower {
  readonly #dataFolder: string
  readonly #folder: string
  readonly #nowMs: () => number
  readonly #position: Position
  #original: Original | null = null
  #copy: Copy | null = null
  #copiedVersion: unknown = null
  /** What erased bodies leave to be looked for in the mirror's files; null where the body was not there. */
  readonly #traces: (Traces | null)[] = []
  #lookedAtMs = -Infinity
  #firstSeen: { id: number; at: string } | null = null

  constructor(dataFolder: string, folder: string, nowMs: () => number) {
    this.#dataFolder = dataFolder
    this.#folder = folder
    this.#nowMs = nowMs
    this.#position = new Position(dataFolder, folder)
  }

  /** Copies the next entries, 500 at most, and answers them; none where all are there. */
  follow(): StoredEntry[] {
    const original = this.#openOriginal()
    const version = original.version.get()
    const isIdle = this.#copy !== null && version === this.#copiedVersion
    if (isIdle && this.#nowMs() - this.#lookedAtMs < LOOK_EVERY_MS) return []
    try {
      const { copier, open } = this.#openThere(original)
      const copied = copier.copyNext(original.rows, (entry) => this.#traces.push(tracesOf(open.db.name, entry)))
      if (copied.length === 0) this.#copiedVersion = version
      if (this.#traces.length > 0) this.#forgetErased(open)
      this.#position.reached(copied.at(-1)?.id ?? copier.last())
      this.#lookedAtMs = this.#nowMs()
      return copied
    } catch (error) {
      this.#closeCopy()
      throw error
    }
  }

  /** Copies all that waits at this moment. */
  followAll(): void {
    while (this.follow().length > 0);
  }

  /** What waits to be copied. `entries` is 0 where it is not known how far an absent mirror had come. */
  lag(): Lag {
    const reached = this.#position.known()
    if (reached === null) return { entries: 0, since: null }
    const { rows } = this.#openOriginal()
    const entries = rows.last() - reached
    if (entries <= 0) return { entries: 0, since: null }
    const [oldest] = rows.since(reached)
    return { entries, since: oldest === undefined ? null : this.#waitsSince(oldest, rows) }
  }

  erasedBundles(): ReadonlySet<string> {
    return this.#openOriginal().rows.erasedBundles()
  }

  close(): void {
    this.#position.keep()
    this.#closeCopy()
    this.#original?.db.close()
    this.#original = null
  }

  /** Takes what was erased out of the files too. Tried again at the next look while somebody reads them. */
  #forgetErased(open: OpenCopy): void {
    const file = open.db.name
    removeOldCopies(file)
    for (let traces = this.#traces[0]; traces !== undefined; traces = this.#traces[0]) {
      const isGone = traces === null || open.mode === 'delete' || scrubJournal(file, traces, SCRUB_WAIT_MS)
      if (!isGone) return
      this.#traces.shift()
    }
    // Without a log there is only the file, and it is the connection's own to write anew.
    if (open.mode === 'delete') open.db.exec('VACUUM')
  }

  #waitsSince({ id, chain, at }: StoredEntry, rows: StoredRows): string {
    const now = new Date(this.#nowMs()).toISOString()
    if (rows.isOwnChain(chain)) return at < now ? at : now
    if (this.#firstSeen?.id !== id) this.#firstSeen = { id, at: now }
    return this.#firstSeen.at
  }

  #openOriginal(): Original {
    if (this.#original === null) {
      const file = journalFile(this.#dataFolder)
      this.#original = notOfTheMirror(file, () => {
        const db = openConnection(file, 'read')
        return { db, rows: new StoredRows(db), version: db.prepare('PRAGMA data_version').pluck() }
      })
    }
    return this.#original
  }

  #openThere(original: Original): Copy {
    const file = journalFile(this.#folder)
    const { mirror_of } = assertMirror(this.#folder)
    if (mirror_of !== original.rows.ledger()) throw wentOn(`Copy the journal into ${file}`, 'other-desk')
    if (this.#copy !== null && this.#copy.file !== identityOf(file)) this.#closeCopy()
    if (this.#copy === null) {
      const open = openCopy(file)
      this.#copy = { open, copier: new RowCopier(open.db), file: identityOf(file) }
    }
    return this.#copy
  }

  /** `delete` where the folder cannot take a write-ahead log; null where the mirror is not open. */
  get mode(): OpenCopy['mode'] | null {
    return this.#copy?.open.mode ?? null
  }

  #closeCopy(): void {
    const copy = this.#copy
    this.#copy = null
    this.#copiedVersion = null
    this.#position.keep()
    copy?.open.db.close()
  }
}

function identityOf(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true })
  return `${dev} ${ino}`
}

/** What cannot be read of the data folder is no trouble of the mirror's: it is said as it is. */
function notOfTheMirror<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    throw refuse('storage', {
      tried: `Read ${file}`,
      happened: `The journal of this desk cannot be read: ${error.refusal.happened}`,
      next: 'Go on in the mirror as it is (`muster open FOLDER`), and keep this data folder.',
    })
  }
}
