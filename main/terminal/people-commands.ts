import { type Contact, staleDays, timeThere } from '../../shared/people/contact.ts'
import { refuse } from '../../shared/refusal.ts'
import { Contacts } from '../people/contacts.ts'
import { writeNewFile } from './new-file.ts'
import { table } from './text.ts'
import { unlockVault, type VaultPlace } from './vault-place.ts'

/** `muster people list` */
export async function peopleListCommand(place: VaultPlace): Promise<boolean> {
  const people = await (await contactsOf(place)).list()
  place.say(people, people.length === 0 ? ['There are no contacts yet.'] : table(people.map(rowOf)))
  return true
}

function rowOf(contact: Contact): string[] {
  const { name, role, organisation, means, timeZone } = contact
  const now = Date.now()
  const days = staleDays(contact, now)
  return [
    name,
    role === '' ? organisation : role,
    means[0] === undefined ? 'no way to reach' : `${means[0].kind} ${means[0].address}`,
    timeZone === null ? '' : `${timeThere(timeZone, now) ?? ''} ${timeZone}`,
    days === null ? '' : `not confirmed for ${days} days`,
  ]
}

/** `muster people import FILE` */
export async function peopleImportCommand(place: VaultPlace, { file }: { file: string }): Promise<boolean> {
  const report = await (await contactsOf(place)).import(file)
  const { added, updated, unchanged, notUnderstood } = report
  place.say(report, [`${added} added, ${updated} updated, ${unchanged} unchanged.`, ...notUnderstood])
  return true
}

/** `muster people export --in-the-clear --out FILE`: numbers leave the vault, so the flag has to be typed. */
export async function peopleExportCommand(
  place: VaultPlace,
  { out, inTheClear }: { out: string; inTheClear?: boolean },
): Promise<boolean> {
  const tried = `Write the contacts to ${out}`
  if (inTheClear !== true) {
    throw refuse('not-allowed', {
      tried,
      happened: 'Numbers and addresses would leave the vault in the clear.',
      next: 'Say so: --in-the-clear.',
    })
  }
  const people = await (await contactsOf(place)).list()
  await writeNewFile(out, `${JSON.stringify(people, null, 2)}\n`, { tried })
  place.say({ out, contacts: people.length }, [`Wrote ${people.length} contacts to ${out}, in the clear.`])
  return true
}

/** `muster people forget ID` */
export async function peopleForgetCommand(place: VaultPlace, { id }: { id: string }): Promise<boolean> {
  await (await contactsOf(place)).forget(id)
  place.say({ forgotten: id }, ['Forgot the contact. Entries that name it keep the name.'])
  return true
}

async function contactsOf(place: VaultPlace): Promise<Contacts> {
  await unlockVault(place)
  return new Contacts(place.vault, () => new Date().toISOString())
}
