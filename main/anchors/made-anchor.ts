import { type Anchor, anchorText } from '../../shared/anchors/anchor.ts'
import type { MadeAnchor } from '../../shared/anchors/qr-picture.ts'
import { chosenFile } from '../chosen-file.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { writeOutside } from '../outside-file.ts'
import type { Shell } from '../shell.ts'
import { qrOf } from './qr.ts'

/**
 * The anchor as text and as a code. Where all of its heads are too many for one code, the code carries the ledger's head,
 * which vouches for every head that the ledger remembers.
 */
export function madeAnchor(anchor: Anchor): MadeAnchor {
  const small: Anchor = { ...anchor, incidents: [] }
  return { text: anchorText(anchor), qr: qrOf(anchor) ?? (anchor.ledger === null ? null : qrOf(small)) }
}

/** 'INC-2026-1121-0001-anchor.txt', 'muster-anchor-2026-11-21T03-00.txt'. */
export function anchorFileName({ made, incidents }: Anchor, incident: string | null): string {
  const number = incidents.find((one) => one.incident === incident)?.number ?? null
  return number === null ? `muster-anchor-${made.slice(0, 16).replace(':', '-')}.txt` : `${number}-anchor.txt`
}

/** Writes the anchor whole or not at all. Refuses Muster's own files (`not-allowed`) and what the disk refuses (`storage`). */
export async function writeAnchor(dataFolder: string, anchor: Anchor, path: string): Promise<void> {
  // Nothing in it is secret, and others should be able to read it who are to check.
  await writeOutside({ dataFolder, path, what: 'the anchor', mode: 0o666 }, Buffer.from(anchorText(anchor)))
}

/** Asks where to, and writes the heads of an incident, or of all (null), there. */
export async function saveAnchor(
  { desk, dataFolder }: { readonly desk: DeskClient; readonly dataFolder: string },
  shell: Shell,
  incident: string | null,
): Promise<{ path: string }> {
  const anchor = await desk.ask('anchor', incident)
  const path = await chosenFile(shell, anchorFileName(anchor, incident), { tried: 'Write the anchor' })
  await writeAnchor(dataFolder, anchor, path)
  return { path }
}
