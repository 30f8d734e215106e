import { Contacts } from '../people/contacts.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { RefusalError } from '../../shared/refusal.ts'
import type { SystemStore } from './system-store.ts'
import { Vault } from './vault.ts'

const LOOK_EVERY_MS = 15_000

export interface IdleOptions {
  /** Monotonic ms. */
  readonly nowMs: () => number
  /** Whether an incident is open: then people must stay in reach, and only the credentials are locked. */
  readonly hasOpenIncident: () => Promise<boolean>
  /** After so many minutes without a call from the window the vault locks itself. Asked each time it is looked. */
  readonly idleMinutes: () => Promise<number>
  readonly log: (what: string) => void
}

/** The vault of a running Muster: opened by itself where the system's store seals it, locked again when nobody is there. */
export class VaultService {
  readonly vault: Vault
  readonly contacts: Contacts
  readonly #idle: IdleOptions
  readonly #listeners = new Set<() => void>()
  #lastSignMs: number
  #timer: NodeJS.Timeout | null = null

  constructor(folder: string, system: SystemStore, idle: IdleOptions) {
    const now = () => new Date().toISOString()
    this.vault = new Vault(folder, system, now)
    this.contacts = new Contacts(this.vault, now)
    this.#idle = idle
    this.#lastSignMs = idle.nowMs()
  }

  /** Somebody is there. */
  touch(): void {
    this.#lastSignMs = this.#idle.nowMs()
  }

  async status(): Promise<VaultStatus> {
    const [status, idleMinutes] = await Promise.all([this.vault.status(), this.#idle.idleMinutes()])
    return { ...status, idleMinutes }
  }

  /** Opens it without a question where that is possible, and watches for nobody being there. Never throws. */
  async start(): Promise<void> {
    try {
      // A desk without a vault asks no store and starts no sooner or later for it.
      const isSealedBySystem = this.vault.exists && (await this.vault.status()).sealedBy.includes('system')
      if (isSealedBySystem) await this.vault.unlockBySystem()
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      this.#idle.log(`vault: ${error.message}`)
    }
    this.#timer = setInterval(() => void this.lockIfIdle(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  /** Locks what may be locked now. Where it cannot be known whether an incident is open, people stay in reach. */
  async lockIfIdle(): Promise<void> {
    if (this.vault.locked === 'all') return
    const idleMs = (await this.#idle.idleMinutes()) * 60_000
    if (this.#idle.nowMs() - this.#lastSignMs < idleMs) return
    const isOpen = await this.#idle.hasOpenIncident().catch(() => true)
    if (isOpen && this.vault.locked === 'credentials') return
    if (isOpen) this.vault.lockCredentials()
    else this.vault.lock()
    this.changed()
  }

  changed(): void {
    for (const listener of this.#listeners) listener()
  }

  onChanged(listener: () => void): void {
    this.#listeners.add(listener)
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#listeners.clear()
    this.vault.lock()
  }
}
