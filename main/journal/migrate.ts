import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { refuse } from '../../shared/refusal.ts'
import { syncFolder } from '../synced-folder.ts'
import { migrations } from './migrations.ts'
import type { Connection } from './sqlite.ts'

/** 'MSTR': marks the file as a Muster journal (https://sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x4d53_5452

/** The version of the journal's shape that this Muster writes. */
export const journalVersion = migrations.length

/**
 * Brings the journal to this Muster's version: each step and its `user_version` in one transaction, after a copy of the
 * file where there is something to lose. The database was checked by `assertOurs`.
 */
export function migrate(db: Connection, file: string): void {
  const version = versionOf(db)
  if (version === journalVersion) return
  if (version > 0) backUp(db, file, version)
  for (const migration of migrations) {
    if (migration.number <= version) continue
    db.transaction(() => {
      // Another process may have been first: look again inside the transaction.
      if (Number(db.pragma('user_version', { simple: true })) >= migration.number) return
      db.exec(migration.sql)
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${migration.number}`)
    }).immediate()
  }
}

/** Refuses a foreign database and one of a newer Muster. Changes nothing. */
export function assertOurs(db: Connection, file: string): void {
  const version = versionOf(db)
  const application = Number(db.pragma('application_id', { simple: true }))
  const empty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
  if (!empty && application !== APPLICATION_ID) {
    throw refuse('damaged', {
      tried: `Open the journal ${file}`,
      happened: 'The file is a database, but not a journal of Muster.',
      next: 'Choose another data folder, or move the file away.',
    })
  }
  if (version > journalVersion) {
    throw refuse('unsupported', {
      tried: `Open the journal ${file}`,
      happened: `It was written by a newer Muster (format ${version}, this one knows ${journalVersion}). Nothing was changed.`,
      next: 'Start the newer Muster, or choose another data folder.',
    })
  }
}

/**
 * A copy with everything committed, whatever other connections are open; it has its name once it is whole and lasts.
 * One that a killed process had begun is begun anew.
 */
function backUp(db: Connection, file: string, version: number): void {
  const copy = `${file}.before-${version + 1}`
  if (existsSync(copy)) return
  const begun = `${copy}.new-${process.pid}`
  try {
    rmSync(begun, { force: true })
    db.prepare('VACUUM INTO ?').run(begun)
    syncFile(begun)
    renameSync(begun, copy)
    syncFolder(dirname(file))
  } catch (error) {
    rmSync(begun, { force: true })
    throw error
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export function versionOf(db: Connection): number {
  return Number(db.pragma('user_version', { simple: true }))
}
