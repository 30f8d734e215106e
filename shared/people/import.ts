import type { Contact, Means } from './contact.ts'

/** A contact as a file tells it, before it has an id. */
export type ReadContact = Omit<Contact, 'id' | 'confirmedAt'>

/** What a file held, and what of it was not understood: where, and in words. */
export interface ReadContacts {
  readonly contacts: readonly ReadContact[]
  readonly notUnderstood: readonly string[]
}

export interface MergedContacts {
  readonly contacts: readonly Contact[]
  readonly added: number
  readonly updated: number
  readonly unchanged: number
}

/**
 * The known contacts with those that were read: one of the same name and organisation gains what the file adds and keeps
 * what the file does not say, so importing twice changes nothing.
 */
export function mergeContacts(
  known: readonly Contact[],
  read: readonly ReadContact[],
  make: { newId: () => string; now: string },
): MergedContacts {
  const byKey = new Map(known.map((contact) => [keyOf(contact), contact]))
  let added = 0
  let updated = 0
  for (const contact of read) {
    const before = byKey.get(keyOf(contact))
    if (before === undefined) {
      byKey.set(keyOf(contact), { ...contact, id: make.newId(), confirmedAt: make.now })
      added += 1
      continue
    }
    const after = { ...withWhatIsSaid(before, contact), confirmedAt: make.now }
    if (!isSame(before, after)) updated += 1
    byKey.set(keyOf(contact), after)
  }
  return { contacts: Array.from(byKey.values()), added, updated, unchanged: read.length - added - updated }
}

function keyOf({ name, organisation }: Pick<Contact, 'name' | 'organisation'>): string {
  return `${name.trim().toLowerCase()}\n${organisation.trim().toLowerCase()}`
}

function withWhatIsSaid(before: Contact, read: ReadContact): Contact {
  const isKnown = (means: Means) =>
    before.means.some(({ kind, address }) => kind === means.kind && address === means.address)
  return {
    ...before,
    role: read.role || before.role,
    means: [...before.means, ...read.means.filter((means) => !isKnown(means))],
    timeZone: read.timeZone ?? before.timeZone,
    onCall: read.onCall || before.onCall,
    contract: read.contract || before.contract,
    note: read.note || before.note,
  }
}

function isSame(a: Contact, b: Contact): boolean {
  return JSON.stringify({ ...a, confirmedAt: '' }) === JSON.stringify({ ...b, confirmedAt: '' })
}
