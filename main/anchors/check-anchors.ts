import type { Anchor } from '../../shared/anchors/anchor.ts'
import { type AnchoredJournal, compareAnchor } from '../../shared/anchors/compare.ts'
import { ANCHORS_FILE, type OwnAnchors } from './own-anchors.ts'

export interface CheckedAnchors {
  readonly problems: readonly string[]
  /** What stands, as sentences. */
  readonly stand: readonly string[]
  /** What cannot be seen even so. */
  readonly limits: readonly string[]
}

/** Compares the anchors that a person gave, and those that the folder keeps itself, with the journal. */
export function checkAnchors(
  journal: AnchoredJournal,
  { given, own }: { readonly given: readonly Anchor[]; readonly own: OwnAnchors },
): CheckedAnchors {
  const problems: string[] = [...own.problems]
  const stand: string[] = []
  for (const anchor of given) {
    const compared = compareAnchor(anchor, journal, `the anchor of ${anchor.made}`)
    problems.push(...compared.problems)
    if (compared.problems.length === 0 && compared.heads > 0) {
      stand.push(`The anchor of ${anchor.made} that you gave: its ${headsStand(compared.heads)}.`)
    }
    if (compared.heads === 0) problems.push(`The anchor of ${anchor.made} names nothing of this desk: it is another's.`)
  }
  const kept = own.anchors.map((anchor) => compareAnchor(anchor, journal, `${ANCHORS_FILE} of ${anchor.made}`))
  problems.push(...kept.flatMap((compared) => compared.problems))
  const last = own.anchors.at(-1)
  if (last !== undefined && kept.every((compared) => compared.problems.length === 0)) {
    const heads = kept.reduce((sum, compared) => sum + compared.heads, 0)
    const many = kept.length === 1 ? 'one anchor, of' : `${kept.length} anchors, the last of`
    stand.push(
      `${ANCHORS_FILE} beside the journal, ${many} ${last.made}: ${kept.length === 1 ? 'its' : 'their'} ${headsStand(heads)}.`,
    )
  }
  return { problems, stand, limits: limitsOf(given, last ?? null) }
}

function headsStand(heads: number): string {
  return heads === 1 ? 'head still stands' : `${heads} heads still stand`
}

function limitsOf(given: readonly Anchor[], own: Anchor | null): string[] {
  const newest = given
    .map(({ made }) => made)
    .toSorted()
    .at(-1)
  if (newest !== undefined) {
    return [
      `What was written after ${newest}, the time of the anchor, can have been cut off or rebuilt since. What the anchor names had happened by then, as it stands here now; chains that it does not name are not covered by it.`,
    ]
  }
  return [
    'Whoever can write this folder can rebuild all of it from the beginning, or cut off the newest entries of an incident since the ledger last remembered its head (every 20 entries, at each hand-over, export and hour). Compare the heads with a copy outside (an export, a printed page, a message) to see that: `muster verify --anchor FILE`.',
    ...(own === null
      ? []
      : [
          `${ANCHORS_FILE} lies in the same folder as the journal: whoever rebuilds the one can rebuild the other. An anchor that was kept elsewhere shows it.`,
        ]),
  ]
}
