import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EvidenceStore } from '../../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { sha256 } from '../../../../main/journal/sha256.ts'
import { openConnection } from '../../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'
import { evidenceKeptKind } from '../../../../shared/evidence/entries.ts'
import type { Entry } from '../../../../shared/journal/header.ts'
import { draftOf, readAs } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { exportedKind } from '../../../../shared/postmortem/entries.ts'
import { ana, incidentOf, incidents, isPair, type Job, noteText, startOf } from './job.ts'

/**
 * What is wrong with a data folder after its writer ended, however it ended, given the lines that it had said: entries
 * that are lost or half there, chains that do not verify, evidence or exports that are not what was acknowledged, and a
 * journal that does not open or takes no entry. Empty where all is well. Opens the journal, and with it recovers it.
 */
export async function lookAfter(job: Job, said: readonly string[]): Promise<string[]> {
  const noted = said.flatMap((line) => /^noted (\d+)$/.exec(line)?.[1] ?? []).map(Number)
  const unexpected = said.filter(
    (line) => !/^(ready|end|checkpoint failed|refused storage|(noted|kept|exporting|exported) .*)$/.test(line),
  )
  const problems = unexpected.map((line) => `The writer said: ${line}`)
  if (job.act !== 'start') return [...problems, ...(await lookInto(job, job.folder, noted, said))]
  for (let number = 0; number < job.count; number += 1) {
    const folder = startOf(job.folder, number)
    const acknowledged = noted.includes(number) ? [number] : []
    if (acknowledged.length > 0 || existsSync(folder)) problems.push(...(await lookInto(job, folder, acknowledged, [])))
  }
  return problems
}

async function lookInto(
  job: Job,
  folder: string,
  noted: readonly number[],
  said: readonly string[],
): Promise<string[]> {
  const problems: string[] = []
  try {
    const journal = new JournalStore(folder, systemClock)
    try {
      const entries = incidents.flatMap((incident) => journal.allEntries(incident))
      problems.push(...wrongNotes(job, noted, entries))
      problems.push(...(await wrongEvidence(folder, entries, said)))
      problems.push(...wrongExports(folder, entries, said))
      journal.append(incidents[0], 'live', ana, () => [draftOf(notedKind, { text: 'afterwards' })])
    } finally {
      journal.close()
    }
    const db = openConnection(journalFile(folder), 'read')
    problems.push(...verifyJournal(db).problems)
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
    .filter((number) => found(number) !== textsOf(job.seed, number).length)
    .map((number) => `Acknowledged and lost: note ${number}.`)
  for (let number = 0; number < job.count; number += 1) {
    if (isPair(number) && found(number) === 1) problems.push(`Half there: note ${number}.`)
    for (const text of textsOf(job.seed, number)) texts.delete(text)
  }
  return [...problems, ...Array.from(texts.keys(), (text) => `Nobody wrote: ${text.slice(0, 40)}`)]
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
  const root = join(folder, 'evidence')
  const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : []
  for (const file of files.filter((name) => name.endsWith('.tar'))) {
    if (!file.endsWith(`${sha256(readFileSync(join(root, file)))}.tar`)) problems.push(`Half written: ${file}.`)
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
