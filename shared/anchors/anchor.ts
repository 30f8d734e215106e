import { crc32 } from './crc32.ts'

/** The head of a chain at the moment of an anchor: entry `seq` of `chain` had this hash. */
export interface AnchoredHead {
  readonly chain: string
  readonly seq: number
  readonly hash: string
}

/** The heads of one incident. `number` is its label, null where it was not known. */
export interface AnchoredIncident {
  readonly incident: string
  readonly number: string | null
  readonly heads: readonly AnchoredHead[]
}

/**
 * Heads of a journal, to be kept outside of it: whoever later cuts off the end of a chain, takes out an incident or writes
 * a chain anew from its beginning, cannot change them.
 */
export interface Anchor {
  /** ISO UTC with milliseconds. */
  readonly made: string
  /** The ledger of the data folder, which remembers the heads of all its chains; null where the anchor is of entries alone. */
  readonly ledger: AnchoredIncident | null
  readonly incidents: readonly AnchoredIncident[]
}

/** A label of another form (an incident that came from elsewhere may bear any) would not be read back, and is left out. */
export const ANCHOR_NUMBER = /^[A-Z0-9][A-Z0-9-]{0,39}$/i

/** 'MUSTER ANCHOR 1': the version of the form. */
export const ANCHOR_TITLE = ['MUSTER', 'ANCHOR', '1'] as const

/**
 * The anchor as text for a message or a page: a word and its value on each line, none longer than 70 characters, the last line a
 * checksum of all others. Read by `readAnchors`.
 */
export function anchorText(anchor: Anchor): string {
  const lines = [ANCHOR_TITLE.join(' '), ...membersOf(anchor).map((member) => member.join(' '))]
  return `${[...lines, `sum ${checksumOf(anchor)}`].join('\n')}\n`
}

/** The same words on one line. */
export function anchorLine(anchor: Anchor): string {
  return [...wordsOf(anchor), 'sum', checksumOf(anchor)].join(' ')
}

/**
 * The same in capital letters, which a QR code packs tighter than small ones (its alphanumeric mode: 11 bits for two
 * characters; ISO/IEC 18004:2015, 7.4.4).
 */
export function anchorCode(anchor: Anchor): string {
  return anchorLine(anchor).toUpperCase()
}

/** Tells a typing error from tampering: it proves nothing, and anybody can make it fit. */
export function checksumOf(anchor: Anchor): string {
  return crc32(wordsOf(anchor).join(' ').toUpperCase())
}

function wordsOf(anchor: Anchor): string[] {
  return [...ANCHOR_TITLE, ...membersOf(anchor).flat()]
}

function membersOf({ made, ledger, incidents }: Anchor): [string, string][] {
  return [
    ['made', made],
    ...(ledger === null ? [] : [['ledger', ledger.incident] as [string, string], ...headMembers(ledger)]),
    ...incidents.flatMap((incident): [string, string][] => [
      ['incident', incident.incident],
      ...(incident.number !== null && ANCHOR_NUMBER.test(incident.number)
        ? [['number', incident.number] as [string, string]]
        : []),
      ...headMembers(incident),
    ]),
  ]
}

function headMembers({ heads }: AnchoredIncident): [string, string][] {
  return heads.flatMap(({ chain, seq, hash }): [string, string][] => [
    ['chain', chain],
    ['entry', String(seq)],
    ['hash', hash],
  ])
}
