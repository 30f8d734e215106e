import { z } from 'zod'
import { ulidSchema } from '../journal/header.ts'
import { type EffectivePack, heldBy } from '../packs/overlay.ts'
import type { Role } from '../packs/pack.ts'
import type { Contact, Means } from './contact.ts'
import { calledBySchema } from './entries.ts'

/** One way to somebody. `url`: what the system opens for it (tel, sms, mailto, https); null where there is no such link. */
export const waySchema = z.strictObject({
  means: calledBySchema,
  address: z.string().max(300),
  label: z.string().max(100),
  url: z.string().max(400).nullable(),
})

/**
 * Somebody who stands behind a role. `numbers`: `locked` where they are in the vault and it is locked; `none` where nobody
 * wrote any down.
 */
export const reachableSchema = z.strictObject({
  name: z.string().max(300),
  contact: ulidSchema.nullable(),
  numbers: z.enum(['known', 'locked', 'none']),
  ways: z.array(waySchema).max(60),
  timeZone: z.string().max(100).nullable(),
  onCall: z.string().max(1_000),
  contract: z.string().max(200),
  /** When somebody last said that all of it is right, ISO UTC; null where nobody was asked. */
  confirmedAt: z.string().nullable(),
})

/** Who stands behind each role of an incident's runbook, and how they are reached. */
export const reachSchema = z.strictObject({
  /** `none`: there is no vault yet. */
  vault: z.enum(['open', 'locked', 'none']),
  /** By the role's id; those of whom nobody is known are left out. */
  roles: z.record(z.string(), z.array(reachableSchema).max(50)),
  /** The number under which whoever sits at this desk is called back; null where the vault does not tell. */
  callBack: z.string().max(300).nullable(),
})

export type Way = z.infer<typeof waySchema>
export type Reachable = z.infer<typeof reachableSchema>
export type Reach = z.infer<typeof reachSchema>

interface Known {
  readonly effective: Pick<EffectivePack, 'pack' | 'people'>
  /** Null: the vault is locked, or there is none. */
  readonly contacts: readonly Contact[] | null
  readonly vault: Reach['vault']
  /** Who sits at this desk; null where nobody said. */
  readonly self: string | null
}

/**
 * Who stands behind each role: those whom the overlay names, with their numbers of the vault; where it names nobody, the
 * contacts of the vault whose role is this one, by its title or id. Pure.
 */
export function reachOf({ effective, contacts, vault, self }: Known): Reach {
  const roles = effective.pack.roles.flatMap((role): [string, Reachable[]][] => {
    const named = (heldBy(effective.people, role.id) ?? []).map((person) => {
      const known = contacts?.find(({ id }) => id === person.contact) ?? null
      return reachableOf({ ...person, contact: person.contact ?? null }, known, contacts !== null)
    })
    const people = named.length > 0 ? named : byRole(role, contacts ?? [])
    return people.length === 0 ? [] : [[role.id, people.slice(0, 50)]]
  })
  const own = self === null ? undefined : contacts?.find(({ name }) => sameText(name, self))
  return {
    vault,
    roles: Object.fromEntries(roles),
    callBack: own?.means.find(({ kind }) => kind === 'phone')?.address ?? null,
  }
}

/** The way of somebody that a call by these means takes: the first of them, else the first of all. */
export function wayBy(person: Pick<Reachable, 'ways'>, means: Way['means']): Way | null {
  return person.ways.find((way) => way.means === means) ?? person.ways[0] ?? null
}

/** What the system is asked to open for an address; null where nothing opens it. */
export function urlOf(means: Way['means'], address: string): string | null {
  if (/^https:\/\/\S+$/.test(address)) return address
  switch (means) {
    case 'phone':
      return dialled('tel', address)
    case 'sms':
      return dialled('sms', address)
    case 'email':
      return /^[^\s@?&]+@[^\s@?&]+$/.test(address) ? `mailto:${address}` : null
    default:
      return null
  }
}

/** RFC 3966 (tel) and RFC 5724 (sms): digits, with a plus before a country code; an extension as a parameter of tel. */
function dialled(scheme: 'tel' | 'sms', address: string): string | null {
  const [number = '', extension = ''] = address.split(/\s*(?:x|ext\.?)\s*/i)
  const digits = number.replaceAll(/[^\d]/g, '')
  if (digits.length < 3) return null
  const ext = extension.replaceAll(/[^\d]/g, '')
  return `${scheme}:${number.trim().startsWith('+') ? '+' : ''}${digits}${scheme === 'tel' && ext !== '' ? `;ext=${ext}` : ''}`
}

interface Named {
  readonly name: string
  readonly contact: string | null
  readonly addresses: readonly { readonly means: Way['means']; readonly value: string }[]
}

function reachableOf({ name, contact, addresses }: Named, known: Contact | null, isOpen: boolean): Reachable {
  const written = addresses.map(({ means, value }) => wayOf(means, value, ''))
  const ways = [...(known?.means ?? []).map(fromVault), ...written]
  return {
    name: known?.name ?? name,
    contact,
    numbers: ways.length > 0 ? 'known' : contact !== null && !isOpen ? 'locked' : 'none',
    ways,
    timeZone: known?.timeZone ?? null,
    onCall: known?.onCall ?? '',
    contract: known?.contract ?? '',
    confirmedAt: known?.confirmedAt ?? null,
  }
}

function byRole({ id, title }: Pick<Role, 'id' | 'title'>, contacts: readonly Contact[]): Reachable[] {
  return contacts
    .filter(({ role }) => sameText(role, title) || sameText(role, id))
    .map((contact) => reachableOf({ name: contact.name, contact: contact.id, addresses: [] }, contact, true))
}

function fromVault({ kind, address, label }: Means): Way {
  return wayOf(kind, address, label)
}

function wayOf(means: Way['means'], address: string, label: string): Way {
  return { means, address, label, url: urlOf(means, address) }
}

/** As people write one thing: without regard to case, blanks and dashes. */
function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]+/g, '')
  return plain(a) !== '' && plain(a) === plain(b)
}
