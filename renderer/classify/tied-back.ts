import type { BoardRow } from '../../shared/incident/board.ts'
import type { Relation } from '../../shared/incident/entries.ts'

/** The incidents that are tied to this one from their side, and how. */
export function tiedBack(rows: readonly BoardRow[], id: string): { readonly row: BoardRow; readonly how: Relation }[] {
  return rows.flatMap((row) => row.relations.flatMap(({ incident, how }) => (incident === id ? [{ row, how }] : [])))
}
