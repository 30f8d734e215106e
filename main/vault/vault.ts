import { randomBytes } from 'node:crypto'
import { ulid } from 'ulid'
import {
  type CredentialKind,
  credentialNameSchema,
  isTypedToTest,
  type CredentialTest,
  type KeptCredential,
  maskOf,
} from '../../shared/vault/credential.ts'
import type { Contact } from '../../shared/people/contact.ts'
import { refuse } from '../../shared/refusal.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { newRecoveryKey, readRecoveryKey } from './recovery-key.ts'
import type { RawKey } from './sealed-form.ts'
import type { SystemStore } from './system-store.ts'
import { testCredential } from './test-credential.ts'
import {
  type Credentials,
  emptyParts,
  openContacts,
  openCredentials,
  withContacts,
  withCredentials,
} from './vault-contents.ts'
import {
  newDataKey,
  partKey,
  rawFormKey,
  type Seal,
  sealByKey,
  sealByPassphrase,
  unsealByKey,
  unsealByPassphrase,
} from './vault-file.ts'
import { VaultStore } from './vault-store.ts'

/** What is held while it is unlocked. With the credentials locked, only the contacts' own key is left. */
interface Keys {
  readonly data: Buffer | null
  readonly contacts: Buffer
}

/** Who takes a credential, and for what: both are shown where it is listed. */
export interface Taking {
  /** In a few words, behind 'for': 'a sweep of shop-db'. */
  readonly purpose: string
  readonly by: string
}

/** So many wrong PINs or codes in a row lock the credentials. */
const MOST_WRONG = 3

/** The shortest passphrase that is taken. Length is what counts (NIST SP 800-63B-4, 3.1.1.2: 15 characters where it stands alone). */
const SHORTEST = 15

/**
 * The credentials of one data folder, encrypted at rest, in one file that window and terminal share. While it is locked
 * this object holds no key; a value leaves it only through `use`, inside main.
 */
export class Vault {
  readonly #store: VaultStore
  readonly #system: SystemStore
  readonly #now: () => string
  #keys: Keys | null = null
  #wrong = 0

  constructor(folder: string, system: SystemStore, now: () => string) {
    this.#store = new VaultStore(folder)
    this.#system = system
    this.#now = now
  }

  async status(): Promise<Omit<VaultStatus, 'idleMinutes'>> {
    const system = await this.#system.isThere()
    if (!this.exists) return { sealedBy: [], locked: 'all', system }
    const { seals } = await this.#store.read()
    return { sealedBy: seals.map(({ by }) => by), locked: this.locked, system }
  }

  get exists(): boolean {
    return this.#store.exists
  }

  get locked(): VaultStatus['locked'] {
    if (this.#keys === null) return 'all'
    return this.#keys.data === null ? 'credentials' : 'nothing'
  }

  /** Begins a vault sealed by a passphrase, and leaves it unlocked. Answers the recovery key, to be printed and kept away. */
  async createByPassphrase(passphrase: string): Promise<{ recovery: string }> {
    assertLong(passphrase)
    return this.#create(async (id, dataKey) => sealByPassphrase(id, dataKey, passphrase))
  }

  /** Begins a vault sealed by the operating system's secret store. Refuses where there is none. */
  async createBySystem(): Promise<{ recovery: string }> {
    const { has, why } = await this.#system.isThere()
    if (!has) {
      throw refuse('unsupported', {
        tried: "Seal the vault by the system's secret store",
        happened: why,
        next: 'Seal it by a passphrase.',
      })
    }
    return this.#create(async (id, dataKey) => {
      const key = randomBytes(32)
      await this.#system.keep(id, key)
      return sealByKey(id, dataKey, 'system', key)
    })
  }

  async unlockByPassphrase(passphrase: string): Promise<void> {
    const file = await this.#store.read()
    this.#hold(await unsealByPassphrase(file, passphrase), 'The passphrase is not the right one.')
  }

  async unlockByRecovery(typed: string): Promise<void> {
    const file = await this.#store.read()
    this.#hold(unsealByKey(file, 'recovery', readRecoveryKey(typed)), 'The recovery key is not that of this vault.')
  }

  /** Unlocks without asking anyone. Refuses where the vault is not sealed so, or the store does not give its key. */
  async unlockBySystem(): Promise<void> {
    const file = await this.#store.read()
    const key = await this.#system.find(file.id)
    this.#hold(
      key === null ? null : unsealByKey(file, 'system', key),
      "The system's secret store does not hold this vault's key.",
    )
  }

  /** Forgets the keys. What was encrypted stays. */
  lock(): void {
    this.#keys?.data?.fill(0)
    this.#keys?.contacts.fill(0)
    this.#keys = null
  }

  /** Forgets all but what opens the contacts: an incident is open, and its people must be called. */
  lockCredentials(): void {
    this.#keys?.data?.fill(0)
    if (this.#keys !== null) this.#keys = { ...this.#keys, data: null }
  }

  async changePassphrase(passphrase: string): Promise<void> {
    assertLong(passphrase)
    const dataKey = this.#key('Change the passphrase')
    await this.#store.change(async (file) => {
      const seal = await sealByPassphrase(file.id, dataKey, passphrase)
      // The system's seal goes with it: who sets a passphrase wants to be asked for it.
      const kept = file.seals.filter(({ by }) => by === 'recovery')
      return { file: { ...file, seals: [seal, ...kept] }, answer: null }
    })
  }

  async list(): Promise<KeptCredential[]> {
    const credentials = await this.#credentials('List what the vault holds')
    return Object.entries(credentials)
      .map(([name, { kind, value, setAt, usedAt, usedFor, usedBy }]) => ({
        name,
        kind,
        mask: maskOf(value),
        setAt,
        usedAt,
        usedFor,
        usedBy,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name))
  }

  /** Keeps a credential; answers whether it took the place of another one. */
  async set(name: string, kind: CredentialKind, value: string): Promise<{ replaced: boolean }> {
    assertName(name)
    const tried = `Keep '${name}' in the vault`
    if (value === '' || value.length > 65_536) {
      throw refuse('bad-input', {
        tried,
        happened: 'The value is empty or larger than 64 KiB.',
        next: 'Give a value.',
      })
    }
    let replaced = false
    await this.#change(tried, (credentials) => {
      replaced = Object.hasOwn(credentials, name)
      return {
        ...credentials,
        [name]: { kind, value, setAt: this.#now(), usedAt: null, usedFor: null, usedBy: null },
      }
    })
    return { replaced }
  }

  async forget(name: string): Promise<void> {
    await this.#change(`Forget '${name}'`, (credentials) => {
      if (!Object.hasOwn(credentials, name)) throw unknown(`Forget '${name}'`, name)
      return Object.fromEntries(Object.entries(credentials).filter(([known]) => known !== name))
    })
  }

  /**
   * The one way to a value: hands it to `work`, at the moment of use, once it is written down who takes it, when and for what;
   * so a use that failed is one, too. The value must not outlive the work.
   */
  async use<T>(name: string, { purpose, by }: Taking, work: (value: string) => Promise<T>): Promise<T> {
    const tried = `Use '${name}' for ${purpose}`
    let taken: string | null = null
    await this.#change(tried, (credentials) => {
      const credential = credentials[name]
      if (credential === undefined) throw unknown(tried, name)
      taken = credential.value
      return { ...credentials, [name]: { ...credential, usedAt: this.#now(), usedFor: purpose, usedBy: by } }
    })
    if (taken === null) throw new Error(`'${name}' was written down as taken, and was not there`)
    return work(taken)
  }

  /**
   * What can be told of a value without sending it anywhere. `typed`: what a person typed to be compared, null where nothing
   * is. After three that were wrong in a row the credentials are locked: a PIN must not be found by trying.
   */
  async test(name: string, typed: string | null): Promise<CredentialTest> {
    const tried = `Test '${name}'`
    const credential = (await this.#credentials(tried))[name]
    if (credential === undefined) throw unknown(tried, name)
    const found = testCredential(credential.kind, credential.value, { typed, nowMs: Date.parse(this.#now()) })
    if (typed === null || !isTypedToTest(credential.kind)) return found
    this.#wrong = found.outcome === 'bad' ? this.#wrong + 1 : 0
    if (this.#wrong < MOST_WRONG) return found
    this.#wrong = 0
    this.lockCredentials()
    throw refuse('not-allowed', {
      tried,
      happened: `What was typed was wrong ${MOST_WRONG} times in a row. The credentials are locked.`,
      next: 'Unlock the vault again. Ask whose it is before you try further.',
    })
  }

  /** A key for one raw form of evidence, which only this vault can make again. Refuses while the credentials are locked. */
  async newRawKey(): Promise<RawKey> {
    const { id } = await this.#store.read()
    const dataKey = this.#key('Seal the raw form of evidence')
    const salt = randomBytes(32)
    return { vault: id, salt: salt.toString('hex'), key: rawFormKey(dataKey, salt) }
  }

  /** The key of a raw form that was sealed. Refuses one that another vault sealed, and while the credentials are locked. */
  async rawKey({ vault, salt }: Pick<RawKey, 'vault' | 'salt'>): Promise<RawKey> {
    const tried = 'Open the sealed raw form of evidence'
    const { id } = await this.#store.read()
    const dataKey = this.#key(tried)
    if (id !== vault) throw ofAnotherVault(tried, vault)
    return { vault, salt, key: rawFormKey(dataKey, Buffer.from(salt, 'hex')) }
  }

  async contacts(): Promise<Contact[]> {
    const key = this.#contactsKey('Read the contacts')
    return openContacts(await this.#store.read(), key, this.#store.path)
  }

  /** Decides on the newest contacts and writes what `work` returns; nothing of another program comes in between. */
  async changeContacts<T>(
    work: (contacts: readonly Contact[]) => { contacts: readonly Contact[]; answer: T },
  ): Promise<T> {
    const key = this.#contactsKey('Change the contacts')
    return this.#store.change((file) => {
      const { contacts, answer } = work(openContacts(file, key, this.#store.path))
      return { file: withContacts(file, key, contacts), answer }
    })
  }

  async #create(seal: (id: string, dataKey: Buffer) => Promise<Seal>): Promise<{ recovery: string }> {
    const id = ulid()
    const dataKey = newDataKey()
    const recovery = newRecoveryKey()
    const first = await seal(id, dataKey)
    await this.#store.create({
      format: 'muster.dev/vault/1',
      id,
      seals: [first, sealByKey(id, dataKey, 'recovery', recovery.key)],
      ...emptyParts(id, dataKey),
    })
    this.#hold(dataKey, '')
    return { recovery: recovery.text }
  }

  #hold(dataKey: Buffer | null, happened: string): void {
    if (dataKey === null) {
      throw refuse('not-allowed', {
        tried: 'Unlock the vault',
        happened: `${happened} Nothing was changed.`,
        next: 'Try again, or use the recovery key from the printed sheet.',
      })
    }
    this.lock()
    this.#keys = { data: dataKey, contacts: partKey(dataKey, 'contacts') }
  }

  #key(tried: string): Buffer {
    const key = this.#keys?.data ?? null
    if (key === null) throw isLocked(tried)
    return key
  }

  #contactsKey(tried: string): Buffer {
    const key = this.#keys?.contacts ?? null
    if (key === null) throw isLocked(tried)
    return key
  }

  async #credentials(tried: string): Promise<Credentials> {
    const key = this.#key(tried)
    return openCredentials(await this.#store.read(), key, this.#store.path)
  }

  async #change(tried: string, work: (credentials: Credentials) => Credentials): Promise<void> {
    const dataKey = this.#key(tried)
    await this.#store.change((file) => {
      const credentials = work(openCredentials(file, dataKey, this.#store.path))
      return { file: withCredentials(file, dataKey, credentials), answer: null }
    })
  }
}

function assertLong(passphrase: string): void {
  if (Array.from(passphrase).length >= SHORTEST) return
  throw refuse('bad-input', {
    tried: 'Seal the vault by a passphrase',
    happened: `It is shorter than ${SHORTEST} characters.`,
    next: 'Take four or five words that do not belong together.',
  })
}

/** Refuses (`bad-input`) what cannot be a credential's name. */
export function assertName(name: string): void {
  if (credentialNameSchema.safeParse(name).success) return
  throw refuse('bad-input', {
    tried: `Keep '${name.slice(0, 100)}' in the vault`,
    happened:
      'A name has 1 to 100 of a-z, 0-9, dot, dash, underscore and slash, and neither begins nor ends with a sign.',
    next: 'Give a name such as shop/db.',
  })
}

function isLocked(tried: string) {
  return refuse('not-allowed', {
    tried,
    happened: 'The vault is locked.',
    next: 'Unlock it (`muster vault unlock`, or the vault page). Declaring, logging and clocks work without it.',
  })
}

function ofAnotherVault(tried: string, vault: string) {
  return refuse('not-allowed', {
    tried,
    happened: `It was sealed by another vault, ${vault}.`,
    next: "Open it where that vault is, or bring that vault's file here.",
  })
}

function unknown(tried: string, name: string) {
  return refuse('not-found', {
    tried,
    happened: `The vault holds nothing under '${name}'.`,
    next: 'Look at `muster vault list`, or keep it first: `muster vault set NAME`.',
  })
}
