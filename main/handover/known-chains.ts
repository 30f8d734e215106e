import type { KnownChains } from '../../shared/people/handover.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { headRecordedKind } from '../../shared/ledger/entries.ts'
import { FIRST_OF_CHAIN, type JournalStore, MERGED } from '../journal/journal-store.ts'
import { ledgerOf } from '../journal/heads.ts'
import type { Connection } from '../journal/sqlite.ts'

/**
 * What the ledger of a data folder knows of chains: those that began here, and those that came with a file. The ledger goes
 * along with a copy or a backup of the folder, so a restored desk still knows its own earlier chains.
 */
export class LedgerChains {
  readonly #journal: JournalStore
  /** Neither answer ever changes; what the ledger does not know is asked again. */
  readonly #known = new Map<string, boolean>()

  constructor(journal: JournalStore) {
    this.#journal = journal
  }

  /** The chains as `looksOn` asks about them. */
  of({ core }: Pick<IncidentState, 'core'>): KnownChains {
    const declared = core.declaredEntry === null ? null : (this.#journal.byHash(core.declaredEntry)?.chain ?? null)
    return { declared, isFromElsewhere: (chain) => this.isFromElsewhere(chain) }
  }

  isFromElsewhere(chain: string): boolean {
    const known = this.#known.get(chain)
    if (known !== undefined) return known
    const reasons = this.#journal.beside((db) => reasonsOf(db, chain))
    const answer = reasons.includes(FIRST_OF_CHAIN) ? false : reasons.includes(MERGED) ? true : null
    if (answer !== null) this.#known.set(chain, answer)
    return answer ?? false
  }
}

function reasonsOf(db: Connection, chain: string): string[] {
  const ledger = ledgerOf(db)
  if (ledger === null) return []
  return db
    .prepare<[string, string], string>(
      `SELECT DISTINCT json_extract(body, '$.because') FROM (
         SELECT CAST(b.bytes AS TEXT) AS body FROM entry e JOIN body b ON b.entry = e.id
         WHERE e.incident = ? AND e.kind = '${headRecordedKind.kind}')
       WHERE json_extract(body, '$.chain') = ?`,
    )
    .pluck()
    .all(ledger, chain)
}
