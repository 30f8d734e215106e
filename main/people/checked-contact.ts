import { contactSchema, type Means, timeThere } from '../../shared/people/contact.ts'
import type { ReadContact } from '../../shared/people/import.ts'

export const emptyContact: ReadContact = {
  name: '',
  role: '',
  organisation: '',
  means: [],
  timeZone: null,
  onCall: '',
  contract: '',
  note: '',
}

const readSchema = contactSchema.omit({ id: true, confirmedAt: true })

/** A contact without what cannot be right, and words on what was left out; null where nothing usable remains. */
export function checkedContact(
  read: ReadContact,
  where: string,
): { contact: ReadContact | null; notUnderstood: string[] } {
  const notUnderstood: string[] = []
  if (read.name.trim() === '') return { contact: null, notUnderstood: [`${where}: there is no name; it was left out.`] }
  const ways = read.means.filter((means) => {
    const why = whyNot(means)
    if (why !== null) notUnderstood.push(`${where}: '${means.address}' ${why}; it was left out.`)
    return why === null
  })
  const zone = read.timeZone
  const isZone = zone === null || timeThere(zone, 0) !== null
  if (!isZone) notUnderstood.push(`${where}: '${zone}' is no time zone such as Europe/Berlin; it was left out.`)
  const checked = readSchema.safeParse({ ...read, means: ways, timeZone: isZone ? zone : null })
  if (checked.success) return { contact: checked.data, notUnderstood }
  const [first] = checked.error.issues
  return {
    contact: null,
    notUnderstood: [
      ...notUnderstood,
      `${where}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}; it was left out.`,
    ],
  }
}

function whyNot({ kind, address }: Means): string | null {
  if (kind === 'email') return /^[^\s@]+@[^\s@]+$/.test(address) ? null : 'is no e-mail address'
  if (kind !== 'phone' && kind !== 'sms') return null
  const digits = address.replaceAll(/\D/g, '').length
  return digits >= 3 && digits <= 20 && /^[+\d][\d\s()./-]*(?:(?:x|ext\.?)\s*\d+)?$/i.test(address)
    ? null
    : 'is no telephone number'
}
