import ICAL from 'ical.js'
import { messageOf } from '../../shared/message-of.ts'
import type { Means } from '../../shared/people/contact.ts'
import type { ReadContact, ReadContacts } from '../../shared/people/import.ts'
import { refuse } from '../../shared/refusal.ts'
import { checkedContact, emptyContact } from './checked-contact.ts'

/** Properties that say nothing about how to reach somebody: left out without a word (RFC 6350, 6). */
const silent = new Set([
  'version',
  'prodid',
  'rev',
  'uid',
  'photo',
  'logo',
  'sound',
  'key',
  'bday',
  'anniversary',
  'gender',
  'n',
])

/** A zone by its name is text (RFC 6350, 6.5.1); ical.js 2.2 takes it for an offset unless it is told. */
const zoneName = /^(TZ)(?=:[A-Za-z]):/gim

/** Contacts out of vCards (RFC 6350; 2.1 and 3.0 as address books write them). What is not understood is told by card. */
export function readVcardContacts(text: string, file: string): ReadContacts {
  const cards = cardsOf(text, file)
  const contacts: ReadContact[] = []
  const notUnderstood: string[] = []
  for (const [index, card] of cards.entries()) {
    const read = contactOf(card)
    const where = `Card ${index + 1}${read.contact.name === '' ? '' : ` (${read.contact.name})`}`
    const checked = checkedContact(read.contact, where)
    notUnderstood.push(...read.strange.map((name) => `${where}: '${name}' is not known; it was left out.`))
    notUnderstood.push(...checked.notUnderstood)
    if (checked.contact !== null) contacts.push(checked.contact)
  }
  return { contacts, notUnderstood }
}

function cardsOf(text: string, file: string): ICAL.Component[] {
  try {
    const parsed: unknown = ICAL.parse(text.replaceAll(zoneName, '$1;VALUE=text:'))
    const all = Array.isArray(parsed) && typeof parsed[0] === 'string' ? [parsed] : parsed
    if (!Array.isArray(all)) return []
    return all.map((card: unknown) => new ICAL.Component(card as unknown[]))
  } catch (error) {
    throw refuse('bad-input', {
      tried: `Read contacts from ${file}`,
      happened: messageOf(error),
      next: 'Export the contacts as vCard 3.0 or 4.0 and try again.',
      cause: error,
    })
  }
}

function contactOf(card: ICAL.Component): { contact: ReadContact; strange: string[] } {
  const contact = { ...emptyContact, means: [] as Means[] }
  const strange: string[] = []
  for (const property of card.getAllProperties()) {
    const { name } = property
    const value = textOf(property)
    if (value === '') continue
    if (name === 'fn') contact.name = value
    else if (name === 'org') contact.organisation = value
    else if (name === 'title' || name === 'role') contact.role ||= value
    else if (name === 'tz') contact.timeZone = value
    else if (name === 'note') contact.note = value
    else if (name === 'tel')
      contact.means.push({
        kind: isText(property) ? 'sms' : 'phone',
        address: value.replace(/^tel:/i, ''),
        label: labelOf(property),
      })
    else if (name === 'email') contact.means.push({ kind: 'email', address: value, label: labelOf(property) })
    else if (name === 'impp') contact.means.push({ kind: 'chat', address: value, label: labelOf(property) })
    else if (!silent.has(name) && !strange.includes(name.toUpperCase())) strange.push(name.toUpperCase())
  }
  return { contact, strange }
}

function textOf(property: ICAL.Property): string {
  // The value as it stands: decoded by its type, a zone's name would be read as an offset, and refused.
  const value = (property.toJSON() as readonly unknown[])[3]
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string' && part !== '').join(', ')
  return typeof value === 'string' ? value.trim() : ''
}

function typesOf(property: ICAL.Property): string[] {
  const type: unknown = property.getParameter('type')
  return (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string')
}

function isText(property: ICAL.Property): boolean {
  const types = typesOf(property).map((type) => type.toLowerCase())
  return types.includes('text') && !types.includes('voice')
}

function labelOf(property: ICAL.Property): string {
  return typesOf(property)
    .map((type) => type.toLowerCase())
    .filter((type) => !['voice', 'internet', 'pref', 'text'].includes(type))
    .join(', ')
}
