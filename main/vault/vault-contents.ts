import { z } from 'zod'
import { type Contact, contactSchema } from '../../shared/people/contact.ts'
import { refuse } from '../../shared/refusal.ts'
import { credentialKindSchema, credentialNameSchema } from '../../shared/vault/credential.ts'
import { lockPart, openPart, type Part, partKey, type VaultFile } from './vault-file.ts'

const credentialSchema = z.strictObject({
  kind: credentialKindSchema,
  value: z.string().min(1).max(65_536),
  setAt: z.string(),
  usedAt: z.string().nullable(),
  usedFor: z.string().nullable(),
  usedBy: z.string().nullable().default(null),
})
const credentialsSchema = z.record(credentialNameSchema, credentialSchema)
export type Credentials = z.infer<typeof credentialsSchema>

const contactsSchema = z.array(contactSchema).max(20_000)

/** Both parts of a new vault, with nothing in them. */
export function emptyParts(id: string, dataKey: Uint8Array): Pick<VaultFile, Part> {
  return {
    credentials: lockPart(id, 1, 'credentials', partKey(dataKey, 'credentials'), {}),
    contacts: lockPart(id, 1, 'contacts', partKey(dataKey, 'contacts'), []),
  }
}

/** Refuses (`damaged`) what the key opens and Muster did not write. `path` is for its words. */
export function openCredentials(file: VaultFile, dataKey: Uint8Array, path: string): Credentials {
  const parsed = credentialsSchema.safeParse(openPart(file, 'credentials', partKey(dataKey, 'credentials')))
  if (parsed.success) return parsed.data
  throw strangeInside(path)
}

/** The same vault with these credentials in it. */
export function withCredentials(file: VaultFile, dataKey: Uint8Array, credentials: Credentials): VaultFile {
  const checked = credentialsSchema.parse(credentials)
  const revision = file.credentials.revision + 1
  const key = partKey(dataKey, 'credentials')
  return { ...file, credentials: lockPart(file.id, revision, 'credentials', key, checked) }
}

/** As `openCredentials`, for the contacts, under their own key. */
export function openContacts(file: VaultFile, key: Uint8Array, path: string): Contact[] {
  const parsed = contactsSchema.safeParse(openPart(file, 'contacts', key))
  if (parsed.success) return parsed.data
  throw strangeInside(path)
}

/** The same vault with these contacts in it. */
export function withContacts(file: VaultFile, key: Uint8Array, contacts: readonly Contact[]): VaultFile {
  const checked = contactsSchema.parse(contacts)
  return { ...file, contacts: lockPart(file.id, file.contacts.revision + 1, 'contacts', key, checked) }
}

function strangeInside(path: string) {
  return refuse('damaged', {
    tried: `Read the vault ${path}`,
    happened: 'Its key opens it, and what is inside is not what Muster wrote.',
    next: 'Bring the file back from a backup.',
  })
}
