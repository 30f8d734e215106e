import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Scenario } from '../../shared/packs/pack.ts'

/** What the left column shows: what is due now, or the runbook's steps. */
export type ColumnSide = 'now' | 'steps'

export interface Selection {
  readonly scenario: Scenario
  /** The finding that led to it; null where a person chose it. */
  readonly because: string | null
}

export interface Column {
  readonly side: ColumnSide
  /** Undefined: nobody has chosen, so the findings do. Null: somebody wants none. */
  readonly selection: Selection | null | undefined
}

/** How each incident's left column was left, by the incident's id. Forgotten with the window: a start shows what is due. */
export interface ColumnStore {
  readonly store: StoreApi<Readonly<Record<string, Column>>>
  turn(incident: string, side: ColumnSide): void
  select(incident: string, selection: Selection | null): void
}

const untouched: Column = { side: 'now', selection: undefined }

export function columnOf(columns: Readonly<Record<string, Column>>, incident: string): Column {
  return columns[incident] ?? untouched
}

export function createColumnStore(): ColumnStore {
  const store: ColumnStore['store'] = createStore(() => ({}))
  const patch = (incident: string, change: Partial<Column>) =>
    store.setState((all) => ({ [incident]: { ...columnOf(all, incident), ...change } }))
  return {
    store,
    turn: (incident, side) => patch(incident, { side }),
    select: (incident, selection) => patch(incident, { selection }),
  }
}
