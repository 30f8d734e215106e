import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'

export const ana = { contact: null, name: 'Ana' }
export const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'

/** A desk's data folder in a folder of its own, with what a test writes into it. */
export class DeskFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'muster-desk-'))
  readonly data = join(this.root, 'data')
  readonly mirror = join(this.root, 'mirror')
  readonly journal = new JournalStore(this.data, systemClock)

  note(text: string): void {
    this.journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
  }

  /** Keeps bytes and the entry about them; answers their hash. */
  async keep(bytes: Uint8Array): Promise<string> {
    const { bundle, size, stored } = await new EvidenceStore(this.data).keep(bytes)
    const said = { title: 'Sweep', source: 'lab', collector: 'Ana', tool: 'Muster test', items: [], note: null }
    this.journal.append(incident, 'live', ana, () => [
      draftOf(evidenceKeptKind, { bundle, size, stored, form: 'tar', ...said }),
    ])
    return bundle
  }

  erase(target: { entry: string } | { bundle: string }): void {
    const body = { entry: null, bundle: null, reason: 'a password', approver: ana, ...target }
    this.journal.append(incident, 'live', ana, () => [draftOf(erasedKind, body)])
  }

  entries(): Entry[] {
    return this.journal.allEntries(incident)
  }

  remove(): void {
    this.journal.close()
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** The texts of the notes in a journal, in the order of their arrival; and what is wrong with it. */
export function readJournal(folder: string): { texts: string[]; problems: readonly string[] } {
  const db = openConnection(journalFile(folder), 'read')
  try {
    const texts = db
      .prepare<[], string>(
        `SELECT json_extract(CAST(b.bytes AS TEXT), '$.text') FROM entry JOIN body b ON b.entry = id WHERE kind = 'noted' ORDER BY id`,
      )
      .pluck()
      .all()
    return { texts, problems: verifyJournal(db).problems }
  } finally {
    db.close()
  }
}

/** Waits until something holds, for `withinMs` at most; answers whether it came to hold. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<boolean> {
  const latest = performance.now() + withinMs
  while (performance.now() < latest) {
    if (await holds()) return true
    await sleep(20)
  }
  return false
}
