import { extname } from 'node:path'
import { open } from 'node:fs/promises'
import { ulid } from 'ulid'
import type { Contact } from '../../shared/people/contact.ts'
import { mergeContacts, type ReadContact, type ReadContacts } from '../../shared/people/import.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Vault } from '../vault/vault.ts'
import { checkedContact } from './checked-contact.ts'
import { readCsvContacts } from './read-csv.ts'
import { readVcardContacts } from './read-vcard.ts'

/** What an import did, and what of the file it did not understand. */
export interface ImportReport {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly notUnderstood: readonly string[]
}

const MOST_BYTES = 4 * 1_048_576

/** The people who can be called, as the vault keeps them. All of it wants the vault unlocked for contacts. */
export class Contacts {
  readonly #vault: Vault
  readonly #now: () => string

  constructor(vault: Vault, now: () => string) {
    this.#vault = vault
    this.#now = now
  }

  async list(): Promise<Contact[]> {
    const contacts = await this.#vault.contacts()
    return contacts.toSorted((a, b) => a.name.localeCompare(b.name))
  }

  /** Reads a CSV or vCard file, by its name's ending, and merges it. Nothing is written where the file is refused. */
  async import(file: string): Promise<ImportReport> {
    return this.importText(await readCapped(file), file)
  }

  /** As `import`, with the file's text at hand; `file` is its name. */
  async importText(text: string, file: string): Promise<ImportReport> {
    const { contacts, notUnderstood } = readContacts(text, file)
    const merged = await this.#vault.changeContacts((known) => {
      const result = mergeContacts(known, contacts, { newId: ulid, now: this.#now() })
      return { contacts: result.contacts, answer: result }
    })
    const { added, updated, unchanged } = merged
    return { added, updated, unchanged, notUnderstood }
  }

  /** Adds a contact, or with an `id` changes the one that has it. Answers its id. */
  async keep(contact: ReadContact, id: string | null): Promise<string> {
    const tried = `Keep the contact '${contact.name}'`
    const checked = checkedContact(contact, 'The contact')
    if (checked.contact === null || checked.notUnderstood.length > 0) {
      throw refuse('bad-input', {
        tried,
        happened: checked.notUnderstood.join(' '),
        next: 'Correct what it names, then try again. Nothing was changed.',
      })
    }
    const kept: Contact = { ...checked.contact, id: id ?? ulid(), confirmedAt: this.#now() }
    await this.#vault.changeContacts((known) => {
      if (id !== null && !known.some((one) => one.id === id)) throw unknownContact(tried)
      const others = known.filter((one) => one.id !== id)
      return { contacts: [...others, kept], answer: null }
    })
    return kept.id
  }

  async forget(id: string): Promise<void> {
    await this.#vault.changeContacts((known) => {
      const others = known.filter((one) => one.id !== id)
      if (others.length === known.length) throw unknownContact('Forget a contact')
      return { contacts: others, answer: null }
    })
  }
}

function readContacts(text: string, file: string): ReadContacts {
  const ending = extname(file).toLowerCase()
  if (ending === '.vcf' || /^\s*BEGIN:VCARD/i.test(text)) return readVcardContacts(text, file)
  if (['.csv', '.tsv', '.txt'].includes(ending)) return readCsvContacts(text, file)
  throw refuse('bad-input', {
    tried: `Read contacts from ${file}`,
    happened: `A file that ends in '${ending}' is neither CSV nor vCard.`,
    next: 'Save it as .csv or .vcf and try again.',
  })
}

async function readCapped(file: string): Promise<string> {
  const tried = `Read contacts from ${file}`
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      if (size > MOST_BYTES) {
        throw refuse('too-large', {
          tried,
          happened: `It has ${size} bytes; 4 MiB are read at most.`,
          next: 'Split it.',
        })
      }
      return new TextDecoder('utf-8', { fatal: true }).decode(await handle.readFile())
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof TypeError) {
      throw refuse('bad-input', {
        tried,
        happened: 'It is not UTF-8.',
        next: 'Save it as UTF-8 and try again.',
        cause: error,
      })
    }
    if (!(error instanceof Error && 'code' in error)) throw error
    throw refuse('not-found', { tried, happened: error.message, next: 'Check the path.', cause: error })
  }
}

function unknownContact(tried: string) {
  return refuse('not-found', {
    tried,
    happened: 'There is no such contact (any more).',
    next: 'Look at `muster people list`.',
  })
}
