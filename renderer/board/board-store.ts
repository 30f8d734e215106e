import { createStore, type StoreApi } from 'zustand/vanilla'
import { type BoardRow, compareBoardRows } from '../../shared/incident/board.ts'

export interface BoardState {
  /** Open before ended, worst first; null until main has answered. */
  readonly rows: readonly BoardRow[] | null
}

export interface BoardStore {
  readonly store: StoreApi<BoardState>
  /** New and changed rows; the others stay. */
  changed(rows: readonly BoardRow[]): void
}

export function createBoardStore(): BoardStore {
  const store = createStore<BoardState>(() => ({ rows: null }))
  return {
    store,
    changed(changed) {
      const byId = new Map((store.getState().rows ?? []).map((row) => [row.id, row]))
      for (const row of changed) byId.set(row.id, row)
      store.setState({ rows: [...byId.values()].toSorted(compareBoardRows) })
    },
  }
}

/** Whether the incident of this row still wants somebody. */
export function isOpenRow(row: BoardRow): boolean {
  return row.status === 'open' || row.status === 'unconfirmed'
}
