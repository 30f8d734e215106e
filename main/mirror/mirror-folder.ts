import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { refuse } from '../../shared/refusal.ts'
import { openCopy } from '../journal/copy-connection.ts'
import { journalFile } from '../journal/journal-store.ts'
import { assertOurs, versionOf } from '../journal/migrate.ts'
import { openConnection } from '../journal/sqlite.ts'
import { type Likeness, RowCopier, StoredRows, wentOn } from '../journal/stored-rows.ts'
import { writeWholeNow } from '../whole-file.ts'

/**
 * What marks a folder as a mirror. Without it nothing is written there: where a stick is not plugged in, an empty folder
 * often stands in its place.
 */
const MARK = 'mirror.json'
const markSchema = z.looseObject({ mirror_of: z.string(), from: z.string(), since: z.string() })

type MirrorMark = z.infer<typeof markSchema>

function markFile(folder: string): string {
  return join(folder, MARK)
}

/** What the mark of a folder says; null where it is no mirror. Throws what the file system says where it cannot be read. */
export function readMark(folder: string): MirrorMark | null {
  if (!existsSync(markFile(folder))) return null
  const parsed = markSchema.safeParse(jsonOrNull(readFileSync(markFile(folder), 'utf8')))
  return parsed.success ? parsed.data : null
}

/** Throws (ENOENT) where a folder is no mirror: nothing may be written there. */
export function assertMirror(folder: string): MirrorMark {
  const mark = readMark(folder)
  if (mark === null) throw Object.assign(new Error(`${markFile(folder)} is not there`), { code: 'ENOENT' })
  return mark
}

/**
 * Makes a folder the mirror of a data folder: new, empty, or a mirror of it from before. Answers its whole path. Refused
 * where it lies in the data folder, holds something else, or was opened as a desk and went on.
 */
export function prepareMirror(dataFolder: string, named: string, nowMs: number): string {
  const tried = `Use ${named} as the mirror`
  const folder = wholePath(dataFolder, named, tried)
  const original = openConnection(journalFile(dataFolder), 'read')
  try {
    const rows = new StoredRows(original)
    const ledger = rows.ledger()
    if (ledger === null) throw new Error('The journal has no ledger: no desk has opened it')
    const mark = readMark(folder)
    if (mark !== null && mark.mirror_of !== ledger) throw wentOn(tried, 'other-desk')
    const likeness = likenessOf(folder, rows)
    if (likeness === 'other-desk' || likeness === 'went-on') throw wentOn(tried, likeness)
    openCopy(journalFile(folder)).db.close()
    if (mark === null) writeMark(folder, { mirror_of: ledger, from: dataFolder, since: new Date(nowMs).toISOString() })
    return folder
  } finally {
    original.close()
  }
}

/** How the journal in a folder stands to the original. Looks, and changes nothing. */
function likenessOf(folder: string, original: StoredRows): Likeness {
  const file = journalFile(folder)
  if (!existsSync(file)) return 'empty'
  const db = openConnection(file, 'read', (found) => assertOurs(found, file))
  try {
    // A process that was killed while it made the file left one without tables.
    return versionOf(db) === 0 ? 'empty' : new RowCopier(db).likeness(original)
  } finally {
    db.close()
  }
}

/** The folder as an absolute path without links, made where only its last part is missing. */
function wholePath(dataFolder: string, named: string, tried: string): string {
  const asked = resolve(named)
  try {
    // Not what lies above it: where a stick is not plugged in, its whole path would be made on the wrong disk.
    if (!existsSync(asked)) mkdirSync(asked, { mode: 0o700 })
    if (!statSync(asked).isDirectory()) throw refuse('bad-input', { tried, happened: 'It is not a folder.', next })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw refuse('storage', { tried, happened: error.message, next, cause: error })
  }
  const folder = realpathSync(asked)
  const inside = relative(realpathSync(dataFolder), folder)
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) {
    throw refuse('bad-input', {
      tried,
      happened: 'It is the data folder itself, or lies in it: what takes the one takes the other.',
      next: 'Choose a folder on another disk, a stick or a share.',
    })
  }
  return folder
}

const next = 'Choose a folder that is there and that you may write to: on another disk, a stick or a share.'

function writeMark(folder: string, mark: MirrorMark): void {
  writeWholeNow(markFile(folder), `${JSON.stringify(mark, null, 2)}\n`)
}
