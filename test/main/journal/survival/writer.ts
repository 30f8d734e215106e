import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makeBackup } from '../../../../main/backup/make-backup.ts'
import type { DeskClient } from '../../../../main/desk/desk-client.ts'
import { Desk } from '../../../../main/desk/desk.ts'
import { answerQuestion, type Questions } from '../../../../main/desk/questions.ts'
import { localEvidence } from '../../../../main/evidence/evidence-client.ts'
import { EvidenceService } from '../../../../main/evidence/evidence-service.ts'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { sha256 } from '../../../../main/journal/sha256.ts'
import { type Connection, openConnection } from '../../../../main/journal/sqlite.ts'
import { Exporter } from '../../../../main/postmortem/exporter.ts'
import { makeFolder, syncFolder } from '../../../../main/synced-folder.ts'
import { erasedKind } from '../../../../shared/erasure/entries.ts'
import { draftOf } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { RefusalError } from '../../../../shared/refusal.ts'
import { backupOf } from './backups.ts'
import { ana, incidentOf, isPair, type Job, jobOf, NOTES_EACH, noteText, oldJournal, startOf, sweepOf } from './job.ts'

/**
 * A process that writes into a data folder until it has written what was asked or is killed. Its job is its one
 * argument; it begins when a byte comes on standard input, or at its end. Each line that it says was acknowledged before.
 */
const job = jobOf(process.argv[2] ?? '')

function say(line: string): void {
  writeSync(1, `${line}\n`)
}

/** One act, and what may be said once it is done. A refusal is said too: nothing of it may be found afterwards. */
async function attempt(act: () => string | Promise<string>): Promise<void> {
  try {
    say(await act())
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    say(`refused ${error.refusal.code}`)
  }
}

function note(journal: JournalStore, number: number): string {
  const texts = isPair(number)
    ? [`${noteText(job.seed, number)} a`, `${noteText(job.seed, number)} b`]
    : [noteText(job.seed, number)]
  journal.append(incidentOf(number), 'live', ana, () => texts.map((text) => draftOf(notedKind, { text })))
  return `noted ${number}`
}

async function append({ folder, count }: Job, after: (number: number) => void): Promise<void> {
  const journal = new JournalStore(folder, systemClock)
  for (let number = 0; number < count; number += 1) {
    await attempt(() => note(journal, number))
    after(number)
  }
  journal.close()
}

const acts: Record<Job['act'], (job: Job) => Promise<void>> = {
  append: (asked) => append(asked, () => undefined),
  async checkpoint(asked) {
    new JournalStore(asked.folder, systemClock).close()
    const db = openConnection(journalFile(asked.folder), 'write')
    const ways = ['TRUNCATE', 'RESTART', 'PASSIVE', 'FULL']
    await append(asked, (number) => {
      if (number % 3 === 2) checkpoint(db, ways[Math.floor(number / 3) % ways.length] ?? 'FULL')
    })
    db.close()
  },
  async start({ folder, count }) {
    for (let number = 0; number < count; number += 1) {
      await attempt(() => {
        const journal = new JournalStore(startOf(folder, number), systemClock)
        try {
          return note(journal, number)
        } finally {
          journal.close()
        }
      })
    }
  },
  async migrate({ folder, count }) {
    for (let start = 0; start * NOTES_EACH < count; start += 1) {
      placeOld(startOf(folder, start))
      say(`placed ${start}`)
      const journal = new JournalStore(startOf(folder, start), systemClock)
      for (let number = start * NOTES_EACH; number < (start + 1) * NOTES_EACH; number += 1) {
        await attempt(() => note(journal, number))
      }
      journal.close()
    }
  },
  async erase({ folder, count }) {
    const journal = new JournalStore(folder, systemClock)
    for (let number = 0; number < count; number += 1) {
      await attempt(() => note(journal, number))
      await attempt(() => erase(journal, number))
    }
    journal.close()
  },
  async evidence({ folder, seed, count }) {
    const desk = await openDesk(folder)
    const evidence = new EvidenceService(withoutThread(desk), localEvidence(folder), folder)
    for (let number = 1; number < count; number += 1) {
      await attempt(async () => `kept ${await evidence.keepSweep(sweepOf(seed, number), ana)}`)
    }
    desk.close()
  },
  async backup({ folder, seed, count }) {
    const desk = await openDesk(folder)
    const evidence = new EvidenceService(withoutThread(desk), localEvidence(folder), folder)
    for (let number = 1; number < count; number += 1) {
      await attempt(async () => `kept ${await evidence.keepSweep(sweepOf(seed, number), ana)}`)
      await attempt(async () => {
        const tools = { onProgress: () => undefined, signal: new AbortController().signal, nowMs: Date.now() }
        await makeBackup({ dataFolder: folder, target: backupOf(folder, number), ...tools })
        return `backed up ${number}`
      })
    }
    desk.close()
  },
  async export({ folder, count }) {
    const desk = await openDesk(folder)
    const exporter = new Exporter(withoutThread(desk), folder, () => Promise.reject(new Error('No PDF here')))
    for (let number = 1; number < count; number += 1) {
      const verified = { ok: true, entries: number, problems: [] }
      const { text, head } = desk.renderPostmortem(incidentOf(0), 'md', verified)
      const bytes = Buffer.from(text, 'utf8')
      const name = `export-${number}.md`
      say(`exporting ${name} ${sha256(bytes)}`)
      await attempt(async () => {
        await exporter.write(incidentOf(0), { format: 'md', name, bytes, head }, join(folder, name), ana)
        return `exported ${name} ${sha256(bytes)}`
      })
      desk.arrivals()
    }
    desk.close()
  },
}

/** The thread's own answers, without a thread between: whoever asks cannot tell. */
function withoutThread(desk: Desk): DeskClient {
  const client = { ask: (op: keyof Questions, ...args: unknown[]) => answerQuestion(desk, op, args) }
  return client as unknown as DeskClient
}

/** Erases the note that was written last, and its last half where it was of two. */
function erase(journal: JournalStore, number: number): string {
  journal.catchUp()
  const { head } = journal.stateOf(incidentOf(number))
  const said = { entry: head?.hash ?? '', bundle: null, reason: 'a password', approver: ana }
  journal.append(incidentOf(number), 'live', ana, () => [draftOf(erasedKind, said)])
  journal.catchUp()
  return `erased ${number}`
}

/** The journal of an older Muster, where it lasts. */
function placeOld(folder: string): void {
  makeFolder(folder)
  const descriptor = openSync(journalFile(folder), 'w', 0o600)
  writeSync(descriptor, readFileSync(oldJournal))
  fsyncSync(descriptor)
  closeSync(descriptor)
  syncFolder(folder)
}

/** A checkpoint that fails costs nothing: what it would have moved stays in the write-ahead log. */
function checkpoint(db: Connection, way: string): void {
  try {
    db.pragma(`wal_checkpoint(${way})`)
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    say('checkpoint failed')
  }
}

/** A desk that has one incident. */
async function openDesk(folder: string): Promise<Desk> {
  const journal = new JournalStore(folder, systemClock)
  await attempt(() => note(journal, 0))
  journal.close()
  return new Desk(folder, systemClock)
}

/** The control: a journal that acknowledges before it has synced, as better-sqlite3 would have it. */
function forgetToSync(): void {
  const pragma = Database.prototype.pragma
  Database.prototype.pragma = function forgetful(
    this: Database.Database,
    source: string,
    options?: Database.PragmaOptions,
  ) {
    if (source === 'synchronous') return 2
    return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source, options)
  }
}

if (!job.syncs) forgetToSync()
// A process that is killed keeps no compiled code for the next.
flushCompileCache()
say('ready')
readSync(0, Buffer.alloc(1))
await acts[job.act](job)
say('end')
