import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { EvidenceStore } from '../../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { sha256 } from '../../../../main/journal/sha256.ts'
import { type Connection, openConnection } from '../../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'
import { evidenceKeptKind } from '../../../../shared/evidence/entries.ts'
import { erasedKind } from '../../../../shared/erasure/entries.ts'
import type { Entry } from '../../../../shared/journal/header.ts'
import { draftOf, readAs } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { exportedKind } from '../../../../shared/postmortem/entries.ts'
import { wrongBackups } from './backups.ts'
import {
  ana,
  incidentOf,
  incidents,
  isPair,
  type Job,
  NOTES_EACH,
  noteText,
  oldJournal,
  startOf,
  traceOf,
} from './job.ts'

/**
 * What is wrong with a data folder after its writer ended, however it ended, given the lines that it had said: entries
 * that are lost or half there, chains that do not verify, evidence or exports that are not what was acknowledged, and a
 * journal that does not open or takes no entry. Empty where all is well. Opens the journal, and with it recovers it. In the very folder
 * that was written (`isSameFolder`) the desk must go on with its chains.
 */
export async function lookAfter(job: Job, said: readonly string[], isSameFolder = false): Promise<string[]> {
  const noted = said.flatMap((line) => /^noted (\d+)$/.exec(line)?.[1] ?? []).map(Number)
  const unexpected = said.filter(
    (line) =>
      !/^(ready|end|checkpoint failed|refused storage|(placed|noted|erased|kept|exporting|exported|backed up) .*)$/.test(
        line,
      ),
  )
  const problems = unexpected.map((line) => `The writer said: ${line}`)
  if (job.act === 'backup') problems.push(...(await wrongBackups(job.folder, job.count, said)))
  if (job.act !== 'start' && job.act !== 'migrate') {
    return [...problems, ...(await lookInto({ job, folder: job.folder, isSameFolder }, noted, said))]
  }
  const each = job.act === 'migrate' ? NOTES_EACH : 1
  for (let start = 0; start * each < job.count; start += 1) {
    const folder = startOf(job.folder, start)
    const acknowledged = noted.filter((number) => Math.floor(number / each) === start)
    // Until the old journal is in its place there is nothing that could be lost.
    if (job.act === 'migrate' && !said.includes(`placed ${start}`)) continue
    if (acknowledged.length > 0 || existsSync(folder)) {
      problems.push(...(await lookInto({ job, folder, isSameFolder }, acknowledged, [])))
    }
  }
  return problems
}

async function lookInto(
  { job, folder, isSameFolder }: { job: Job; folder: string; isSameFolder: boolean },
  noted: readonly number[],
  said: readonly string[],
): Promise<string[]> {
  const problems: string[] = []
  try {
    const journal = new JournalStore(folder, systemClock)
    try {
      if (isSameFolder && journal.condition.remark !== null) problems.push(journal.condition.remark)
      if (journal.condition.readOnly !== null) problems.push(journal.condition.readOnly)
      const entries = incidents.flatMap((incident) => journal.allEntries(incident))
      problems.push(...wrongNotes(job, noted, entries))
      if (job.act === 'erase') problems.push(...wrongErasures(job, folder, entries, said))
      problems.push(...(await wrongEvidence(folder, entries, said)))
      problems.push(...wrongExports(folder, entries, said))
      journal.append(incidents[0], 'live', ana, () => [draftOf(notedKind, { text: 'afterwards' })])
    } finally {
      journal.close()
    }
    const db = openConnection(journalFile(folder), 'read')
    problems.push(...verifyJournal(db).problems)
    if (job.act === 'migrate') problems.push(...wrongMigration(folder, db))
    db.close()
  } catch (error) {
    problems.push(`It does not open: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  return problems
}

function wrongNotes(job: Job, noted: readonly number[], entries: readonly Entry[]): string[] {
  const texts = new Map<string, string>()
  for (const entry of entries) {
    const note = readAs(notedKind, entry)
    if (note !== null && note.body.text !== 'afterwards') texts.set(note.body.text, entry.incident)
  }
  const found = (number: number): number =>
    textsOf(job.seed, number).filter((text) => texts.get(text) === incidentOf(number)).length
  const problems = noted
    // Where notes are erased again, a pair keeps its first half, and nothing else may be counted on.
    .filter(
      (number) => found(number) < (job.act === 'erase' ? Number(isPair(number)) : textsOf(job.seed, number).length),
    )
    .map((number) => `Acknowledged and lost: note ${number}.`)
  for (let number = 0; number < job.count; number += 1) {
    if (isPair(number) && found(number) === 1 && job.act !== 'erase') problems.push(`Half there: note ${number}.`)
    for (const text of textsOf(job.seed, number)) texts.delete(text)
  }
  return [...problems, ...Array.from(texts.keys(), (text) => `Nobody wrote: ${text.slice(0, 40)}`)]
}

/** What was erased is in no file, each body that is gone has its entry, and none is gone without one. */
function wrongErasures(job: Job, folder: string, entries: readonly Entry[], said: readonly string[]): string[] {
  const erased = said.flatMap((line) => /^erased (\d+)$/.exec(line)?.[1] ?? []).map(Number)
  const gone = entries.filter(({ body }) => body === null).map(({ hash }) => hash)
  const named = entries.flatMap((entry) => readAs(erasedKind, entry)?.body.entry ?? [])
  const problems = gone.filter((hash) => !named.includes(hash)).map((hash) => `Its body is lost: ${hash}.`)
  problems.push(...named.filter((hash) => !gone.includes(hash)).map((hash) => `Erased and still there: ${hash}.`))
  if (gone.length < erased.length) problems.push(`Erasures lost: ${erased.length - gone.length}.`)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((at) =>
    at.isFile(),
  )
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    const left = erased.filter((number) => bytes.includes(traceOf(job.seed, number) ?? '\0never'))
    problems.push(...left.map((number) => `Erased and still in ${file.name}: note ${number}.`))
  }
  return problems
}

/** The rows of the old journal stand where they stood, and a copy of it was kept. */
function wrongMigration(folder: string, db: Connection): string[] {
  const hashes = (from: Connection): unknown[] => from.prepare('SELECT hash FROM entry ORDER BY id').pluck().all()
  // In memory there is no write-ahead log: the two bytes say whether there may be one (https://sqlite.org/fileformat2.html).
  const old = new Database(readFileSync(oldJournal).fill(1, 18, 20))
  const expected = hashes(old)
  old.close()
  const problems: string[] = []
  if (expected.some((hash, index) => hash !== hashes(db)[index])) problems.push('Lost: rows of the old journal.')
  const copy = `${journalFile(folder)}.before-2`
  if (!existsSync(copy)) return [...problems, 'There is no copy from before the migration.']
  const kept = new Database(copy, { readonly: true })
  if (kept.pragma('user_version', { simple: true }) !== 1 || hashes(kept).length !== expected.length) {
    problems.push('The copy from before the migration is not what was there.')
  }
  kept.close()
  return problems
}

function textsOf(seed: number, number: number): string[] {
  const text = noteText(seed, number)
  return isPair(number) ? [`${text} a`, `${text} b`] : [text]
}

async function wrongEvidence(folder: string, entries: readonly Entry[], said: readonly string[]): Promise<string[]> {
  const store = new EvidenceStore(folder)
  const inJournal = entries.flatMap((entry) => readAs(evidenceKeptKind, entry)?.body.bundle ?? [])
  const acknowledged = said.flatMap((line) => /^kept (\w+)$/.exec(line)?.[1] ?? [])
  const problems = acknowledged.filter((bundle) => !inJournal.includes(bundle)).map((bundle) => `No entry: ${bundle}.`)
  for (const bundle of inJournal) {
    const check = await store.check(bundle)
    if (check !== 'match') problems.push(`In the journal and ${check}: bundle ${bundle}.`)
  }
  for (const { bundle, path } of store.list()) {
    if ((await store.check(bundle)) !== 'match') problems.push(`Half written: ${path}.`)
  }
  return problems
}

function wrongExports(folder: string, entries: readonly Entry[], said: readonly string[]): string[] {
  const hashes = entries.flatMap((entry) => readAs(exportedKind, entry)?.body.sha256 ?? [])
  return said.flatMap((line) => {
    const [, state, name = '', hash = ''] = /^(exporting|exported) (\S+) (\w+)$/.exec(line) ?? []
    if (state === undefined) return []
    const file = join(folder, name)
    const isThere = existsSync(file)
    const problems: string[] = []
    if (isThere && sha256(readFileSync(file)) !== hash) problems.push(`Half written: ${name}.`)
    if (!isThere && hashes.includes(hash)) problems.push(`In the journal and not there: ${name}.`)
    if (state === 'exported' && !hashes.includes(hash)) problems.push(`No entry: ${name}.`)
    return problems
  })
}
