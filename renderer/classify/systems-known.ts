import type { BoardRow } from '../../shared/incident/board.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'

/** Systems that may be affected: what this incident's findings are about, what was affected before, the runbook's targets. */
export function systemsKnown(rows: readonly BoardRow[], { sweep }: Pick<IncidentState, 'sweep'>, pack: Pack): string[] {
  const found = (sweep?.findings ?? []).map(({ object }) => object.service ?? object.name)
  const earlier = rows.flatMap(({ systems }) => systems)
  return [...new Set([...found, ...earlier, ...pack.targets.map(({ title }) => title)])]
}
