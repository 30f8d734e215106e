import type { PackSummary } from '../../shared/packs/calls.ts'
import type { BoardRow } from '../../shared/incident/board.ts'

/** The runbook that nobody has to choose: that of the newest real incident, since this desk is likely to need it again; else the first. */
export function defaultPack(rows: readonly BoardRow[], packs: readonly PackSummary[]): string | null {
  const real = rows.filter(({ mode }) => mode === 'live')
  const title = real.toSorted((a, b) => b.detectedAt.localeCompare(a.detectedAt))[0]?.pack ?? null
  return (packs.find((pack) => pack.title === title) ?? packs[0])?.id ?? null
}
