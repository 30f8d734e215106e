import { createStore, type StoreApi } from 'zustand/vanilla'
import { type BoardRow, compareBoardRows } from '../../shared/incident/board.ts'
import { labelsOf } from '../../shared/incident/labels.ts'

export interface BoardState {
  /** Each under the number that this desk calls it by. Open before ended, worst first; null until main has answered. */
  readonly rows: readonly BoardRow[] | null
}

export interface BoardStore {
  readonly store: StoreApi<BoardState>
  /** New and changed rows; the others stay. */
  changed(rows: readonly BoardRow[]): void
}

export function createBoardStore(): BoardStore {
  const store = createStore<BoardState>(() => ({ rows: null }))
  const known = new Map<string, BoardRow>()
  return {
    store,
    changed(changed) {
      for (const row of changed) known.set(row.id, row)
      const labels = labelsOf(known.values())
      const rows = Array.from(known.values(), (row) => ({ ...row, number: labels.get(row.id) ?? row.number }))
      store.setState({ rows: rows.toSorted(compareBoardRows) })
    },
  }
}

/** What this desk calls an incident; `number` where the board does not list it (yet). */
export function labelIn({ rows }: BoardState, id: string, number: string): string {
  return rows?.find((row) => row.id === id)?.number ?? number
}
