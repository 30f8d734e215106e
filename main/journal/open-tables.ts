import { existsSync, statSync } from 'node:fs'
import { ulid } from 'ulid'
import type { JournalCondition } from './condition.ts'
import { snapshotOf } from './fold-cache.ts'
import { RunnerLease } from './lease.ts'
import { Mark, type Marked, noHash } from './mark.ts'
import { assertOurs, migrate, versionOf } from './migrate.ts'
import { holdUnwritten, isDamage, salvage, type Salvaged } from './salvage.ts'
import { type Connection, openConnection, patiently, refusingSqliteErrors, waitInSteps } from './sqlite.ts'
import { Tables } from './tables.ts'
import { messageOf } from '../../shared/message-of.ts'

/** A journal as it was found. */
export interface Opened {
  readonly tables: Tables
  /** Null where the journal is damaged, and `tables` hold what could be read of it. */
  readonly mark: Mark | null
  readonly condition: JournalCondition
}

/** Opens the journal of a folder, made and migrated where need be; a damaged one as far as it can be read. */
export function openTables(folder: string, file: string): Opened {
  const wasLeft = wasLeftOpen(folder, file)
  const hold = existsSync(file) ? holdUnwritten(file) : null
  try {
    return openWhole(folder, file, wasLeft)
  } catch (error) {
    if (!isDamage(error)) throw error
    return salvageTables(file, error)
  } finally {
    hold?.close()
  }
}

/** What can be read of a journal that `error` says is damaged. `before`: its tables, which are closed. */
export function salvageTables(file: string, error: unknown, before: Tables | null = null): Opened {
  const hold = before === null ? null : holdUnwritten(file)
  before?.db.close()
  hold?.close()
  const salvaged = salvage(file)
  const tables = new Tables(salvaged.db, salvaged.ledger, null)
  return { tables, mark: null, condition: { readOnly: damageWords(error, salvaged), remark: null, isCheckDue: false } }
}

function openWhole(folder: string, file: string, wasLeft: boolean): Opened {
  const db = openConnection(file, 'write', (opened) => assertOurs(opened, file))
  try {
    return refusingSqliteErrors(file, () => {
      const mark = new Mark(folder)
      // The first version knew no mark.
      if (versionOf(db) === 1 && mark.read() === null) renew(db, mark, wasLeft)
      migrate(db, file)
      waitInSteps(db)
      const { remark, isCheckDue } = settleOwnChains(db, mark, wasLeft)
      const tables = new Tables(db, openLedger(db), snapshotOf(folder, db))
      return { tables, mark, condition: { readOnly: null, remark, isCheckDue } }
    })
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * The chains that this folder wrote go on only if the mark says that this is the folder, and that the journal holds all
 * that it wrote: where the folder is a copy, or the journal was restored from an older state, another desk may have gone
 * on with the very same chains. Then everything goes on under new ones.
 */
function settleOwnChains(db: Connection, mark: Mark, wasLeft: boolean): { remark: string | null; isCheckDue: boolean } {
  const marked = mark.read()
  const isCheckDue = wasLeft || marked?.isCheckDue === true
  if (marked?.isOwn === true && holds(db, marked)) {
    if (wasLeft) mark.write({ ...marked, isCheckDue })
    return { remark: null, isCheckDue }
  }
  const forgotten = forgetOwnChains(db)
  renew(db, mark, isCheckDue)
  const isNews = forgotten > 0 || (marked?.isOwn === true && marked.arrival > 0)
  return { remark: isNews ? newChainsWords(marked) : null, isCheckDue }
}

function renew(db: Connection, mark: Mark, isCheckDue: boolean): void {
  mark.renew({ ...(newestRow(db) ?? { arrival: 0, hash: noHash }), isCheckDue })
}

function holds(db: Connection, { arrival, hash }: Marked): boolean {
  return arrival === 0 || db.prepare('SELECT hash FROM entry WHERE id = ?').pluck().get(arrival) === hash
}

function forgetOwnChains(db: Connection): number {
  return patiently(() => db.transaction(() => db.prepare('DELETE FROM own_chain').run().changes).immediate())
}

function newestRow(db: Connection): { arrival: number; hash: string } | null {
  return (
    db
      .prepare<[], { arrival: number; hash: string }>('SELECT id AS arrival, hash FROM entry ORDER BY id DESC LIMIT 1')
      .get() ?? null
  )
}

function newChainsWords(marked: Marked | null): string {
  const why =
    marked?.isOwn === true
      ? `This journal was restored from an older state: it lacks what Muster wrote last here (entry number ${marked.arrival} in order of arrival).`
      : 'This journal is a copy, or was restored from one.'
  return `${why} Muster goes on under new chains, so that nothing here can be taken for what was written there.`
}

/** The incident id under which this data folder keeps its ledger. */
function openLedger(db: Connection): string {
  return patiently(() =>
    db
      .transaction(() => {
        const known = db.prepare('SELECT ledger FROM desk').pluck().get()
        if (typeof known === 'string') return known
        const ledger = ulid()
        db.prepare('INSERT INTO desk (only, ledger) VALUES (1, ?)').run(ledger)
        return ledger
      })
      .immediate(),
  )
}

/** The last process to close a journal leaves no write-ahead log behind; one that is there is in use, or was left. */
function wasLeftOpen(folder: string, file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  return log !== undefined && log.size > 0 && new RunnerLease(folder).isFree()
}

function damageWords(error: unknown, { kept, lost }: Salvaged): string {
  const said = messageOf(error)
  const told = lost === 0 ? 'No entry is lost.' : `${lost} could not be read.`
  const count = lost === null ? 'How many are lost cannot be told.' : told
  return (
    `The journal is damaged (${said}). Muster shows the ${kept} entries that it could read and writes nothing. ${count} ` +
    'Go on from a backup or a mirror. To log now, start Muster on another folder (--data FOLDER).'
  )
}
