import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Anchor, anchorText } from '../../shared/anchors/anchor.ts'
import type { MadeAnchor } from '../../shared/anchors/qr-picture.ts'
import { refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { isOwnFile } from '../postmortem/own-files.ts'
import type { Shell } from '../shell.ts'
import { syncFolder } from '../synced-folder.ts'
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
  const tried = `Write the anchor to ${path}`
  if (await isOwnFile(dataFolder, path)) {
    throw refuse('not-allowed', {
      tried,
      happened: "This is a file of Muster's own. Nothing was written.",
      next: 'Choose another name or folder, best on another machine.',
    })
  }
  const temporary = `${path}.${process.pid}.part`
  try {
    await writeFile(temporary, anchorText(anchor), { flush: true })
    await rename(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw refuse('storage', {
      tried,
      happened: error instanceof Error ? error.message : String(error),
      next: 'Choose a folder that exists, that you may write to, and that has room.',
      cause: error,
    })
  }
}

/** Asks where to, and writes the heads of an incident, or of all (null), there. */
export async function saveAnchor(
  { desk, dataFolder }: { readonly desk: DeskClient; readonly dataFolder: string },
  shell: Shell,
  incident: string | null,
): Promise<{ path: string }> {
  const anchor = await desk.ask('anchor', incident)
  const path = await shell.chooseSaveFile(anchorFileName(anchor, incident))
  if (path === null) {
    throw refuse('cancelled', {
      tried: 'Write the anchor',
      happened: 'No file was chosen. Nothing was written there.',
      next: 'Try again when you know where it should go.',
    })
  }
  await writeAnchor(dataFolder, anchor, path)
  return { path }
}
