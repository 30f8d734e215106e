import { headRecordedKind } from '../../shared/ledger/entries.ts'
import { type Head, headsOf, ledgerOf } from './heads.ts'
import type { Connection } from './sqlite.ts'

/** Heads that went outside say so in the ledger with these first words of their reason. */
export const ANCHORED = 'anchored '

interface AnchoredRow {
  readonly lamport: number
  readonly chain: string
  readonly seq: number
}

/** The chains of a journal, and how far each of them was anchored. Holds what it has read of the ledger. */
export class AnchoredHeads {
  readonly #anchored = new Map<string, number>()
  #lamport = 0

  /** Every head but the ledger's whose chain grew since it was anchored last; `incident` alone where one is named. */
  grown(db: Connection, incident: string | null = null): Head[] {
    this.#catchUp(db)
    const ledger = ledgerOf(db)
    return headsOf(db).filter(
      (head) =>
        head.incident !== ledger &&
        (incident === null || head.incident === incident) &&
        head.seq > (this.#anchored.get(head.chain) ?? 0),
    )
  }

  /**
   * Whether something was logged before `hour` (ISO UTC) that no anchor names. What a clock that went ahead has logged after
   * `now` counts as logged before.
   */
  isDue(db: Connection, hour: string, now: string): boolean {
    const loggedAt = db.prepare<[string, number], string>('SELECT at FROM entry WHERE chain = ? AND seq = ?').pluck()
    return this.grown(db).some(({ chain }) => {
      const at = loggedAt.get(chain, (this.#anchored.get(chain) ?? 0) + 1)
      return at !== undefined && (at < hour || at > now)
    })
  }

  #catchUp(db: Connection): void {
    const ledger = ledgerOf(db)
    if (ledger === null) return
    const rows = db
      .prepare<[string, number], AnchoredRow>(
        `SELECT lamport, json_extract(body, '$.chain') AS chain, json_extract(body, '$.seq') AS seq FROM (
           SELECT e.lamport AS lamport, CAST(b.bytes AS TEXT) AS body FROM entry e JOIN body b ON b.entry = e.id
           WHERE e.incident = ? AND e.kind = '${headRecordedKind.kind}' AND e.lamport > ?)
         WHERE json_extract(body, '$.because') LIKE '${ANCHORED}%' ORDER BY lamport`,
      )
      .all(ledger, this.#lamport)
    for (const { lamport, chain, seq } of rows) {
      this.#lamport = Math.max(this.#lamport, lamport)
      this.#anchored.set(chain, Math.max(seq, this.#anchored.get(chain) ?? 0))
    }
  }
}
