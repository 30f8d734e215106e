import type { Anchor, AnchoredHead, AnchoredIncident } from './anchor.ts'

/** What the journal holds now, as far as anchors ask. */
export interface AnchoredJournal {
  /** The incident id of this folder's ledger, null where it is gone. */
  readonly ledger: string | null
  /** The entry of that number in a chain, null where there is none. */
  entryAt(chain: string, seq: number): { readonly incident: string; readonly hash: string } | null
  /** The number of a chain's last entry, null where the journal holds nothing of it. */
  lengthOf(chain: string): number | null
  hasIncident(incident: string): boolean
}

/** How an anchor compares with the journal: every head stands, or what is wrong, as sentences. */
export interface Compared {
  readonly heads: number
  readonly problems: readonly string[]
}

/** Compares each head of an anchor with what stands in its place now. `source` names the anchor: 'the anchor of ...'. */
export function compareAnchor(anchor: Anchor, journal: AnchoredJournal, source: string): Compared {
  const isOwn = anchor.ledger === null || anchor.ledger.incident === journal.ledger
  // Another desk's ledger is not here to be compared; the incidents that came from there are.
  const ledgers = anchor.ledger !== null && isOwn ? [anchor.ledger] : []
  const problems = [
    ...ledgers.flatMap((ledger) => problemsOf(ledger, 'the ledger', { journal, source, isOwn })),
    ...anchor.incidents.flatMap((incident) =>
      problemsOf(incident, incident.number ?? incident.incident, { journal, source, isOwn }),
    ),
  ]
  const compared = [...ledgers, ...anchor.incidents]
  return { heads: compared.reduce((sum, { heads }) => sum + heads.length, 0), problems }
}

interface Circumstances {
  readonly journal: AnchoredJournal
  readonly source: string
  readonly isOwn: boolean
}

function problemsOf({ incident, heads }: AnchoredIncident, name: string, circumstances: Circumstances): string[] {
  const { journal, source, isOwn } = circumstances
  if (!journal.hasIncident(incident)) {
    const why = isOwn ? 'it was taken out' : 'it was taken out, or never brought here from that desk'
    return [`${name}: ${source} names it, and the journal holds nothing of it: ${why}.`]
  }
  return heads.flatMap((head) => problemOf(head, incident, name, circumstances) ?? [])
}

function problemOf(
  { chain, seq, hash }: AnchoredHead,
  incident: string,
  name: string,
  { journal, source, isOwn }: Circumstances,
): string | null {
  const named = `${name}, chain ${chain.slice(0, 8)}`
  const found = journal.entryAt(chain, seq)
  if (found !== null) {
    if (found.hash !== hash) return `${named}: ${source} names another entry ${seq}: the chain was rebuilt since.`
    return found.incident === incident ? null : `${named}: ${source} names it under another incident.`
  }
  const length = journal.lengthOf(chain)
  const why = isOwn
    ? 'cut off, or this folder was put back from an older copy'
    : 'cut off, or not brought here from that desk yet'
  if (length === null) return `${named}: ${source} names its entry ${seq}, and the whole chain is gone: ${why}.`
  const gone = length >= seq ? `entry ${seq} is gone` : `entries ${length + 1} to ${seq} are gone`
  return `${named}: ${source} names its entry ${seq}, and ${length + 1 === seq ? `entry ${seq} is gone` : gone}: ${why}.`
}
