import { extname } from 'node:path'
import { contactCard, type Paper } from '../../shared/people/contact-card.ts'
import type { Contact } from '../../shared/people/contact.ts'
import { applyOverlay } from '../../shared/packs/overlay.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { OverlayInForce } from '../packs/overlay-shelf.ts'
import type { LoadedPack } from '../packs/pack-file.ts'
import { writeOutside } from '../outside-file.ts'
import { version } from '../version.ts'

/** What a card is made of. */
export interface CardSources {
  readonly loaded: LoadedPack
  readonly overlay: OverlayInForce
  /** Out of the vault, which is unlocked. */
  readonly contacts: readonly Contact[]
  /** ISO UTC. */
  readonly madeAt: string
}

export type CardFormat = 'pdf' | 'html'

/** The card as a page to print. An overlay that cannot be read is refused: a card without its names would be believed. */
export function cardPage({ loaded, overlay, contacts, madeAt }: CardSources, paper: Paper): string {
  if (overlay.refusal !== null) throw new RefusalError(overlay.refusal)
  return contactCard(
    {
      effective: applyOverlay(loaded.pack, overlay.loaded?.overlay ?? null),
      packHash: loaded.hash,
      overlayHash: overlay.loaded?.hash ?? null,
      contacts,
      madeAt,
      version,
    },
    paper,
  )
}

/**
 * Writes a card, whole or not at all, for its owner's eyes alone (mode 0600). Where PDF cannot be printed here (`unsupported`)
 * it is written as HTML beside it, to be printed elsewhere. Answers where it lies. It is no matter of an incident: no entry
 * tells of it. Rejects with a refusal.
 */
export async function writeCard(
  html: string,
  { path, dataFolder, print }: { path: string; dataFolder: string; print: (html: string) => Promise<Uint8Array> },
): Promise<{ path: string; format: CardFormat }> {
  const wanted = extname(path).toLowerCase()
  if (!['.pdf', '.html'].includes(wanted)) {
    throw refuse('bad-input', {
      tried: `Write the contact card to ${path}`,
      happened: `'${wanted}' is neither .pdf nor .html.`,
      next: 'Name a file that ends in .pdf or .html.',
    })
  }
  const pdf = wanted === '.pdf' ? await printed(html, print) : null
  const target = wanted === '.pdf' && pdf === null ? `${path.slice(0, -wanted.length)}.html` : path
  await writeOutside({ dataFolder, path: target, what: 'the contact card' }, pdf ?? Buffer.from(html, 'utf8'))
  return { path: target, format: pdf === null ? 'html' : 'pdf' }
}

async function printed(html: string, print: (html: string) => Promise<Uint8Array>): Promise<Uint8Array | null> {
  try {
    return await print(html)
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === 'unsupported') return null
    throw error
  }
}
