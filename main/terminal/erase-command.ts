import { outOfReach } from '../../shared/erasure/rules.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import * as everywhere from '../erasure/erase-everywhere.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

interface EraseOptions {
  readonly reason: string
  readonly approver: string
  /** The beginning of a bundle's sha256. */
  readonly evidence?: string
}

/** `muster erase ID ENTRY --reason TEXT --approver NAME`, or `--evidence SHA` instead of ENTRY. */
export async function eraseCommand(
  face: Face,
  named: string,
  entry: string | undefined,
  options: EraseOptions,
): Promise<void> {
  const { id, core, evidence } = await face.services.desk.ask('find', named)
  if (entry !== undefined && options.evidence === undefined) return eraseEntry(face, id, core.number, entry, options)
  if (entry === undefined && options.evidence !== undefined) {
    return eraseEvidence(face, id, bundleNamed(evidence, options.evidence), options)
  }
  throw refuse('bad-input', {
    tried: `Erase from ${core.number}`,
    happened: entry === undefined ? 'Nothing was named.' : 'An entry and evidence were named at once.',
    next: 'Name one: an entry by its number (#12) or hash, or evidence with --evidence SHA.',
  })
}

async function eraseEntry(
  { services, by, say }: Face,
  id: string,
  number: string,
  named: string,
  { reason, approver }: EraseOptions,
): Promise<void> {
  const { hash, seq, kind, at } = await services.desk.ask('findEntry', id, named)
  const erased = await everywhere.eraseEntry(services, { id, entry: hash, reason, approver }, by)
  say({ id, entry: hash, erasedBy: erased }, [
    `Erased the text of #${seq} (${kind}, ${inUtc(at)}). #${erased.seq} says so, approved by ${plain(approver)}.`,
    erased.isGone ? 'Nothing of it is left in the data folder.' : notYet,
    ...erased.removedCopies.map((copy) => `Removed ${copy}: a copy made by an update, which held it too.`),
    ...erased.leftCopies.map(
      (copy) => `Still there: ${copy}, a copy that somebody made. It may hold it: remove it yourself.`,
    ),
    ...erased.corrections.map(
      (correction) =>
        `#${correction.seq} corrects it and may repeat it. To erase that too: muster erase ${number} '#${correction.seq}'`,
    ),
    `Out of reach: ${outOfReach}`,
  ])
}

async function eraseEvidence(
  { services, by, say }: Face,
  id: string,
  bundle: string,
  { reason, approver }: EraseOptions,
): Promise<void> {
  const erased = await everywhere.eraseEvidence(services, { id, bundle, reason, approver }, by)
  say({ id, bundle, erasedBy: erased }, [
    `Erased the evidence ${bundle.slice(0, 12)}…. #${erased.seq} says so, approved by ${plain(approver)}. Its record stays.`,
    erased.heldBy.length > 0
      ? `Its bytes stay, as ${erased.heldBy.join(', ')} holds the same: erase it there too.`
      : erased.isGone
        ? 'Nothing of its bytes is left in the data folder.'
        : notYet,
    `Out of reach: ${outOfReach}`,
  ])
}

const notYet =
  'Another process is reading: until that ends, the log of the journal or the search index may still hold it. Muster goes on clearing it.'

/** The one bundle that begins so. */
function bundleNamed(evidence: IncidentState['evidence'], named: string): string {
  const wanted = named.toLowerCase()
  const found = [...new Set(evidence.map(({ bundle }) => bundle))].filter((bundle) => bundle.startsWith(wanted))
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  throw refuse('not-found', {
    tried: `Find the evidence '${named}'`,
    happened: only === undefined ? 'This incident holds none of that hash.' : `${found.length} bundles begin so.`,
    next: 'Give more digits of its sha256, as the window and the post-mortem list it.',
  })
}
