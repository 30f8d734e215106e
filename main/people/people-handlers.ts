import type { Contact } from '../../shared/people/contact.ts'
import { type Reach, reachOf } from '../../shared/people/reach.ts'
import { chosenFile } from '../chosen-file.ts'
import type { Handlers } from '../contract/answerer.ts'
import { packNamed } from '../packs/packs.ts'
import type { Services } from '../services.ts'
import type { Shell } from '../shell.ts'
import { cardPage, writeCard } from './contact-card-file.ts'

type ReachCall = 'people.reach' | 'people.saveCard'
type Parts = Pick<Services, 'desk' | 'vault' | 'overlays' | 'shelf' | 'dataFolder' | 'settings'>

/** Answers about who stands behind the roles of an incident, and the card that is printed of them. */
export function peopleHandlers(
  services: Parts,
  shell: Pick<Shell, 'chooseSaveFile' | 'printToPdf'>,
): Pick<Handlers, ReachCall> {
  return {
    'people.reach': async ({ incident }) => reachIn(services, incident),
    'people.saveCard': async ({ pack, paper, format }) => {
      // Refused while the vault is locked, before anybody is asked where to put it.
      const contacts = await services.vault.contacts.list()
      const [loaded, overlay] = [packNamed(services.shelf.packs, pack), await services.overlays.inForce()]
      const html = cardPage({ loaded, overlay, contacts, madeAt: new Date().toISOString() }, paper)
      const path = await chosenFile(shell, `contact-card-${pack}-${paper}.${format}`, {
        tried: 'Write the contact card',
        next: 'Choose a file, or leave it.',
      })
      const print = (page: string) => shell.printToPdf(page)
      const written = await writeCard(html, { path, dataFolder: services.dataFolder, print })
      return { ...written, contacts: contacts.length }
    },
  }
}

/** Who stands behind each role, with their numbers as far as the vault is open. Nobody's name waits for it. */
export async function reachIn({ desk, vault, settings }: Parts, incident: string): Promise<Reach> {
  const effective = await desk.ask('effective', incident)
  const self = settings.operator?.name ?? null
  const isThere = vault.vault.exists
  const isOpen = isThere && vault.vault.locked !== 'all'
  const contacts: readonly Contact[] | null = isOpen ? await vault.contacts.list() : null
  const standing = isOpen ? 'open' : isThere ? 'locked' : 'none'
  if (effective === null) return { vault: standing, roles: {}, callBack: null }
  return reachOf({ effective, contacts, vault: standing, self })
}
