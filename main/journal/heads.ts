import type { AnchoredJournal } from '../../shared/anchors/compare.ts'
import type { Connection } from './sqlite.ts'

/** The last entry of a chain. */
export interface Head {
  readonly incident: string
  readonly chain: string
  readonly seq: number
  readonly hash: string
  /** When it was logged, ISO UTC. */
  readonly at: string
}

/**
 * From one chain to the next by the index that their entries have anyway, some microseconds each: `DISTINCT` and
 * `GROUP BY` would read an index entry for each of a million rows.
 */
const chainsSql = `WITH RECURSIVE chains(chain) AS (
  SELECT min(chain) FROM entry
  UNION ALL SELECT (SELECT min(chain) FROM entry WHERE chain > chains.chain) FROM chains WHERE chains.chain IS NOT NULL)`

/** The head of every chain in the journal, by chain id. */
export function headsOf(db: Connection): Head[] {
  return db
    .prepare<[], Head>(
      `${chainsSql} SELECT e.incident, e.chain, e.seq, e.hash, e.at FROM chains JOIN entry e ON e.chain = chains.chain
       AND e.seq = (SELECT max(seq) FROM entry WHERE chain = chains.chain) ORDER BY e.chain`,
    )
    .all()
}

/** The incident id of the ledger; null where the row that says it is gone. */
export function ledgerOf(db: Connection): string | null {
  const ledger = db.prepare('SELECT ledger FROM desk').pluck().get()
  return typeof ledger === 'string' ? ledger : null
}

/** The journal as anchors ask about it. */
export function anchoredJournal(db: Connection): AnchoredJournal {
  const entryAt = db.prepare<[string, number], { incident: string; hash: string }>(
    'SELECT incident, hash FROM entry WHERE chain = ? AND seq = ?',
  )
  const length = db.prepare('SELECT max(seq) FROM entry WHERE chain = ?').pluck()
  const incident = db.prepare('SELECT 1 FROM entry WHERE incident = ? LIMIT 1').pluck()
  return {
    ledger: ledgerOf(db),
    entryAt: (chain, seq) => entryAt.get(chain, seq) ?? null,
    lengthOf(chain) {
      const seq = length.get(chain)
      return typeof seq === 'number' ? seq : null
    },
    hasIncident: (id) => incident.get(id) !== undefined,
  }
}
