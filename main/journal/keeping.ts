import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import type { JournalCondition } from './condition.ts'
import { FileWatch } from './file-watch.ts'
import { forgetSnapshot, keepSnapshot } from './fold-cache.ts'
import type { Mark } from './mark.ts'
import type { Opened } from './open-tables.ts'
import type { Tables } from './tables.ts'

/** A start that folds fewer than these from the rows is fast enough. */
const SNAPSHOT_EVERY = 2_000
const SNAPSHOT_AT_CLOSE = 100
/** In a burst of entries the mark and the file are looked after this often at most, in ms: each costs as much as a hash. */
const AT_MOST_EVERY_MS = 100

/** What is kept beside a journal's tables: its mark, a snapshot of the states, an eye on the file, nothing of what was erased. */
export class Keeping {
  readonly #folder: string
  readonly #file: string
  readonly #watch: FileWatch
  #mark: Mark | null
  #condition: JournalCondition
  #newest: { readonly arrival: number; readonly hash: string } | null
  #snapshotAt: number
  #mustForget = false
  #marked: { readonly arrival: number; readonly hash: string } | null
  #markedAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(folder: string, file: string, { tables, mark, condition }: Opened) {
    this.#folder = folder
    this.#file = file
    this.#watch = new FileWatch(file)
    this.#mark = mark
    this.#condition = condition
    this.#newest = tables.newest()
    this.#marked = this.#newest
    this.#snapshotAt = tables.projections.snapshot?.arrival ?? 0
  }

  get condition(): JournalCondition {
    return this.#condition
  }

  /** Whether the tables hold what was read of a damaged journal, and not the journal itself. */
  get isSalvaged(): boolean {
    return this.#mark === null
  }

  /** Throws the refusal of every change where the journal is only read. */
  assertWritable(tables: Tables): void {
    if (performance.now() - this.#lookedAt > AT_MOST_EVERY_MS) this.#lookAtFile(tables)
    const { readOnly } = this.#condition
    if (readOnly === null) return
    throw refuse('damaged', {
      tried: 'Write into the journal',
      happened: readOnly,
      next: 'Nothing was written. Bring the journal back first, or use another folder.',
    })
  }

  /** Rows were committed, and stand in the journal for good. An older mark does no harm, so that it fails is no failure. */
  wrote(newest: { arrival: number; hash: string }): void {
    this.#newest = newest
    if (performance.now() - this.#markedAt > AT_MOST_EVERY_MS) this.#writeMark()
  }

  /** The states are folded: erasures among what arrived are carried through. */
  afterFold(tables: Tables): void {
    if (this.isSalvaged) return
    if (tables.projections.hasErased()) this.#mustForget = true
    if (this.#mustForget) this.#forgetErased(tables)
  }

  /** The work of quiet moments. */
  tend(tables: Tables): void {
    if (this.isSalvaged) return
    this.#lookAtFile(tables)
    this.#markNewest(tables)
    if (this.#mustForget) this.#forgetErased(tables)
    this.#keepSnapshot(tables, SNAPSHOT_EVERY)
  }

  checked(problem: string | null): void {
    const { readOnly } = this.#condition
    const before = 'Muster ended last time without closing the journal.'
    const remark =
      problem === null
        ? `${before} The journal was checked, and its file is whole.`
        : `${before} The check of its file found: ${problem} Run 'muster verify', and go on from a backup or a mirror.`
    this.#condition = { readOnly, remark, isCheckDue: problem !== null }
    this.#marked = null
    this.#writeMark()
  }

  /** The journal turned out to be damaged. */
  salvaged(condition: JournalCondition): void {
    this.#mark?.close()
    this.#mark = null
    this.#condition = condition
  }

  /** A second call does nothing. */
  close(tables: Tables): void {
    if (!tables.db.open) return
    if (!this.isSalvaged && this.#watch.look() === 'here') {
      if (this.#mustForget) this.#forgetErased(tables)
      this.#keepSnapshot(tables, SNAPSHOT_AT_CLOSE)
      this.#markNewest(tables)
    } else this.#writeMark()
    this.#mark?.close()
    tables.db.close()
  }

  /** Another process may have written since, and its mark must not be set back to what this one wrote last. */
  #markNewest(tables: Tables): void {
    try {
      const newest = tables.newest()
      if (newest !== null && newest.arrival !== this.#newest?.arrival) this.#newest = newest
    } catch (error) {
      if (!isFileError(error)) throw error
    }
    this.#writeMark()
  }

  /** What is on the mark already is not written again: nobody is to find a change where nothing happened. */
  #writeMark(): void {
    if (this.#newest === null || this.#newest === this.#marked) return
    this.#markedAt = performance.now()
    try {
      this.#mark?.write({ ...this.#newest, isCheckDue: this.#condition.isCheckDue })
      this.#marked = this.#newest
    } catch (error) {
      if (!isFileError(error)) throw error
    }
  }

  /**
   * A file that was removed or replaced goes on under an open connection, and is gone with it: what was written there is
   * copied beside it, and nothing more is written.
   */
  #lookAtFile(tables: Tables): void {
    if (this.isSalvaged) return
    this.#lookedAt = performance.now()
    const fate = this.#watch.look()
    const { readOnly } = this.#condition
    if (fate === 'here') {
      if (readOnly !== null) this.#condition = { ...this.#condition, readOnly: null }
      return
    }
    if (readOnly !== null) return
    const happened = `journal.db was ${fate === 'gone' ? 'removed' : 'replaced'} while Muster was using it.`
    const saved = this.#rescue(tables)
    this.#condition = {
      ...this.#condition,
      readOnly: `${happened} ${saved} Muster writes nothing until it is back, or until it is started again.`,
    }
  }

  #rescue(tables: Tables): string {
    const copy = `${this.#file}.rescued-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
    try {
      tables.db.prepare('VACUUM INTO ?').run(copy)
      return `All that was written is in ${copy}.`
    } catch (error) {
      return `A copy of what was written could not be made: ${messageOf(error)}.`
    }
  }

  /**
   * SQLite has overwritten what was erased; here goes what else holds it: the pages in the write-ahead log, the snapshot,
   * the copies from before migrations. While others read older pages the log must stay: then it is tried again.
   */
  #forgetErased(tables: Tables): void {
    this.#mustForget = true
    try {
      forgetSnapshot(this.#folder)
      this.#snapshotAt = 0
      for (const found of readdirSync(dirname(this.#file), { withFileTypes: true })) {
        // A folder of that name is somebody else's, and must not keep the rest from being done.
        if (!found.isFile() || !found.name.startsWith(`${basename(this.#file)}.before-`)) continue
        rmSync(join(dirname(this.#file), found.name), { force: true })
      }
      const busy = tables.db.prepare<[], number>('PRAGMA wal_checkpoint(TRUNCATE)').pluck().get()
      this.#mustForget = busy !== 0
    } catch (error) {
      if (!isFileError(error)) throw error
    }
  }

  #keepSnapshot(tables: Tables, behind: number): void {
    const { snapshot } = tables.projections
    if (snapshot === null || snapshot.arrival - this.#snapshotAt < behind) return
    this.#snapshotAt = snapshot.arrival
    try {
      const hash = tables.hashOf(snapshot.arrival)
      if (hash === null) return
      keepSnapshot(this.#folder, snapshot, hash)
      // Another process may have erased meanwhile, and have found no snapshot to remove.
      if (tables.hasErasedAfter(snapshot.arrival)) forgetSnapshot(this.#folder)
    } catch (error) {
      // A start without it takes longer; that is all.
      if (!isFileError(error)) throw error
    }
  }
}

/** Whether the disk or SQLite said no, and not a mistake in the program. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
