import { Contacts } from '../people/contacts.ts'
import { cardPage, writeCard } from '../people/contact-card-file.ts'
import { OverlayShelf } from '../packs/overlay-shelf.ts'
import type { PackShelf } from '../packs/pack-shelf.ts'
import { packNamed } from '../packs/packs.ts'
import type { Paper } from '../../shared/people/contact-card.ts'
import { printHeadless } from './terminal-exporter.ts'
import { unlockVault, type VaultPlace } from './vault-place.ts'

export interface CardOptions {
  readonly pack: string
  readonly out: string
  readonly paper: Paper
}

/** `muster card --pack ID --out FILE`: the contact card for a bag, with numbers in the clear; opens the vault for it. */
export async function cardCommand(place: VaultPlace, shelf: PackShelf, options: CardOptions): Promise<boolean> {
  const { dataFolder, vault, say, remark } = place
  const loaded = packNamed(shelf.packs, options.pack)
  const overlay = await new OverlayShelf(dataFolder, shelf).inForce()
  remark('The card holds names and numbers in the clear. Keep it on you, and shred the old one.')
  await unlockVault(place)
  const madeAt = new Date().toISOString()
  const contacts = await new Contacts(vault, () => madeAt).list()
  const html = cardPage({ loaded, overlay, contacts, madeAt }, options.paper)
  const written = await writeCard(html, { path: options.out, dataFolder, print: printHeadless })
  say({ ...written, contacts: contacts.length, madeAt }, [
    `Wrote ${contacts.length} contacts as ${written.format.toUpperCase()}, in the clear, to ${written.path}.`,
  ])
  return true
}
