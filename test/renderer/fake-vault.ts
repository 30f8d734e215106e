import { ulid } from 'ulid'
import type { Handlers } from '../../main/contract/answerer.ts'
import { readCsvContacts } from '../../main/people/read-csv.ts'
import type { Contact } from '../../shared/people/contact.ts'
import { mergeContacts } from '../../shared/people/import.ts'
import { type Reach, reachOf } from '../../shared/people/reach.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { refuse } from '../../shared/refusal.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { type ListedCredential, maskOf } from '../../shared/vault/credential.ts'

type VaultCall = Exclude<Extract<keyof Handlers, `vault.${string}` | `people.${string}`>, 'people.reach'>

/** A vault in memory, as main's answers tell of one; its passphrase is what it was created with. */
export class FakeVault {
  status: VaultStatus = {
    sealedBy: [],
    locked: 'all',
    system: { has: false, why: 'There is no secret store.' },
    idleMinutes: 15,
  }
  readonly credentials = new Map<string, ListedCredential>()
  contacts: Contact[] = []
  #passphrase = ''

  /** Who stands behind a pack's roles, by the contacts alone. */
  reach(pack: Pack): Reach {
    const isOpen = this.status.locked !== 'all'
    const vault = isOpen ? 'open' : this.status.sealedBy.length === 0 ? 'none' : 'locked'
    return reachOf({ effective: { pack, people: {} }, contacts: isOpen ? this.contacts : null, vault, self: null })
  }

  readonly handlers = (now: string, told: (status: VaultStatus) => void): Pick<Handlers, VaultCall> => {
    const change = (status: Partial<VaultStatus>): null => {
      this.status = { ...this.status, ...status }
      told(this.status)
      return null
    }
    const open = (): void => {
      if (this.status.locked === 'all') {
        throw refuse('not-allowed', { tried: 'Read the vault', happened: 'The vault is locked.', next: 'Unlock it.' })
      }
    }
    return {
      'vault.status': async () => this.status,
      'vault.create': async (wanted) => {
        this.#passphrase = wanted.by === 'passphrase' ? wanted.passphrase : ''
        change({ sealedBy: [wanted.by, 'recovery'], locked: 'nothing' })
        return { recovery: 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789' }
      },
      'vault.unlock': async (wanted) => {
        if (wanted.by === 'passphrase' && wanted.secret !== this.#passphrase) {
          throw refuse('not-allowed', {
            tried: 'Unlock the vault',
            happened: 'The passphrase is not the right one. Nothing was changed.',
            next: 'Try again.',
          })
        }
        return change({ locked: 'nothing' })
      },
      'vault.lock': async () => change({ locked: 'all' }),
      'vault.list': async () => [...this.credentials.values()],
      'vault.set': async ({ name, kind, value }) => {
        open()
        this.credentials.set(name, {
          name,
          kind,
          mask: maskOf(value),
          setAt: now,
          usedAt: null,
          usedFor: null,
          usedBy: null,
          where: [],
        })
        return change({})
      },
      'vault.forget': async ({ name }) => {
        this.credentials.delete(name)
        return change({})
      },
      'vault.test': async ({ typed }) => {
        open()
        return typed === null
          ? { outcome: 'not-tested', said: ['Nothing was sent.'] }
          : { outcome: 'bad', said: ['It is not the PIN.'] }
      },
      'vault.setIdle': async ({ minutes }) => change({ idleMinutes: minutes }),
      'vault.changePassphrase': async ({ passphrase }) => {
        this.#passphrase = passphrase
        return change({})
      },
      'vault.saveRecoverySheet': async () => ({ path: '/home/ana/muster-recovery-key.pdf' }),
      'people.saveCard': async ({ format }) => {
        open()
        return { path: `/home/ana/contact-card.${format}`, format, contacts: this.contacts.length }
      },
      'people.list': async () => {
        open()
        return this.contacts
      },
      'people.keep': async ({ id, contact }) => {
        open()
        const kept = { ...contact, id: id ?? ulid(), confirmedAt: now }
        this.contacts = [...this.contacts.filter((one) => one.id !== kept.id), kept]
        return { id: kept.id }
      },
      'people.forget': async ({ id }) => {
        this.contacts = this.contacts.filter((one) => one.id !== id)
        return null
      },
      'people.import': async ({ file, text }) => {
        const { contacts, notUnderstood } = readCsvContacts(text, file)
        const { contacts: merged, ...counts } = mergeContacts(this.contacts, contacts, { newId: ulid, now })
        this.contacts = [...merged]
        return { ...counts, notUnderstood: [...notUnderstood] }
      },
    }
  }
}
