import type { Pack, PackSeverity } from './pack.ts'
import type { Path } from './steps-of.ts'

/** Where a pack's borrowed severities first differ from those of the pack they come from. */
export interface BorrowedDifference {
  readonly path: Path
  /** As a clause: "is 'High' here and 'Major' in xorb-incident". */
  readonly happened: string
}

/**
 * Whether the severities of a pack are those of `lender`, which its `severitiesOf` names: the same levels in the same
 * order, and the same in each but for what they cover. Null where nothing differs.
 */
export function borrowedDifference(pack: Pack, lender: Pack): BorrowedDifference | null {
  const idsOf = ({ severities }: Pack) => severities.map(({ id }) => id).join(', ')
  if (idsOf(pack) !== idsOf(lender)) return differing(['severities'], idsOf(pack), idsOf(lender), lender)
  for (const [i, own] of pack.severities.entries()) {
    const theirs = lender.severities[i]
    const field = theirs === undefined ? undefined : differingField(own, theirs)
    if (field !== undefined) return differing(['severities', i, field], own[field], theirs?.[field], lender)
  }
  return null
}

function differingField(own: PackSeverity, theirs: PackSeverity): keyof PackSeverity | undefined {
  const fields = Object.keys({ ...own, ...theirs }) as (keyof PackSeverity)[]
  return fields.find((field) => field !== 'covers' && JSON.stringify(own[field]) !== JSON.stringify(theirs[field]))
}

function differing(path: Path, here: unknown, there: unknown, lender: Pack): BorrowedDifference {
  return { path, happened: `is ${shown(here)} here and ${shown(there)} in ${lender.id}` }
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'left out'
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}
