import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Erasure } from '../../../main/erasure/erasure.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { Incidents } from '../../../main/incidents/incidents.ts'
import type { Clock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { type Imported, importIncident } from '../../../main/merge/import-incident.ts'
import { Merging } from '../../../main/merge/merging.ts'
import { type WrittenIncidentFile, writeIncidentFile } from '../../../main/merge/write-incident-file.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import type { Person } from '../../../shared/journal/header.ts'
import { draftOf } from '../../../shared/journal/kind.ts'

export const severity = (rank: number) => ({
  severity: { id: `p${rank}`, code: `P${rank}`, name: 'Level', rank },
  assumed: false,
  reason: 'Seen.',
  path: [],
})

/** A desk in this process, on a folder of its own, with a clock of its own. */
export class TestDesk {
  readonly folder: string
  readonly by: Person
  readonly clock = { offsetMs: 0 }
  readonly #clock: Clock
  journal: JournalStore
  incidents: Incidents
  merging: Merging

  constructor(root: string, name: string) {
    this.folder = join(root, name)
    this.by = { contact: null, name }
    this.#clock = {
      wallMs: () => Date.now() + this.clock.offsetMs,
      monotonicMs: () => performance.now(),
    }
    this.journal = new JournalStore(this.folder, this.#clock)
    this.incidents = new Incidents(this.journal, () => new Date(this.#clock.wallMs()).toISOString())
    this.merging = this.#merging()
  }

  #merging(): Merging {
    return new Merging(this.journal, (texts) => new Erasure(this.journal, this.folder).followMerge(texts))
  }

  get store(): EvidenceStore {
    return new EvidenceStore(this.folder)
  }

  declare(title = 'Sign-in fails'): string {
    const pack = { id: 'infinity', version: '1.0.0', title: 'Infinity OS', hash: 'a'.repeat(64) }
    const declaration = {
      pack,
      packText: 'apiVersion: muster.dev/v1',
      title,
      mode: 'live',
      overlay: null,
      unconfirmed: false,
    } as const
    return this.incidents.declare({ ...declaration, detectedAt: null, severity: null, commander: null }, this.by).id
  }

  note(incident: string, text: string): void {
    this.incidents.note(incident, text, null, this.by)
  }

  erase(incident: string, entry: string): void {
    this.journal.append(incident, 'live', this.by, () => [
      draftOf(erasedKind, { entry, bundle: null, reason: 'It held a password.', approver: this.by }),
    ])
  }

  hashes(incident: string): string[] {
    return this.journal.allEntries(incident).map(({ hash }) => hash)
  }

  export(incident: string, out: string, withEvidence = true): Promise<WrittenIncidentFile> {
    return writeIncidentFile({ dataFolder: this.folder, incident, out, withEvidence, version: '0.1.0' })
  }

  async import(file: string): Promise<Imported> {
    const imported = await importIncident({ dataFolder: this.folder, file }, (sha256) =>
      this.merging.mergeFile(file, sha256),
    )
    this.journal.catchUp()
    return imported
  }

  /** Everything that the folder's tables hold, but for what is local: to see that nothing was changed. */
  rows(): unknown {
    const db = openConnection(journalFile(this.folder), 'read')
    try {
      return ['entry', 'body', 'own_chain', 'erasure'].map((table) => db.prepare(`SELECT * FROM ${table}`).all())
    } finally {
      db.close()
    }
  }

  /** Closes the journal and opens it again, as a restart does. */
  restart(): void {
    this.close()
    this.journal = new JournalStore(this.folder, this.#clock)
    this.incidents = new Incidents(this.journal, () => new Date(this.#clock.wallMs()).toISOString())
    this.merging = this.#merging()
  }

  close(): void {
    this.journal.close()
  }
}

/** A folder for desks and files, and a way to take all of it away. */
export function makeRoot(): { root: string; desk: (name: string) => TestDesk; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'muster-merge-'))
  const desks: TestDesk[] = []
  return {
    root,
    desk(name) {
      const made = new TestDesk(root, name)
      desks.push(made)
      return made
    },
    remove() {
      for (const made of desks) made.close()
      rmSync(root, { recursive: true })
    },
  }
}
