import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument } from '../../shared/contract.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import type { CredentialTest, ListedCredential } from '../../shared/vault/credential.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** What the window knows of the vault: names and masks. A secret passes through a call and is kept nowhere, but for one. */
export interface VaultState {
  readonly asked: Asked
  readonly status: VaultStatus | null
  readonly credentials: readonly ListedCredential[] | null
  /** Why it was locked, where that needs saying. */
  readonly lockedBy: Refusal | null
  /**
   * The recovery key of the vault that was begun here, from main's only answer that tells it until it is on paper. In memory
   * alone, and through a locking too: nothing else could bring it back.
   */
  readonly recovery: string | null
}

export interface VaultStore {
  readonly store: StoreApi<VaultState>
  /** Asks for the status, and for the list where it can be read. */
  read(): Promise<void>
  /** Begins a vault. Its recovery key waits in the state, whatever is looked at by then. */
  create(wanted: Argument<'vault.create'>): Promise<Outcome<{ recovery: string }>>
  /** The recovery key is on paper: the window forgets it. */
  wroteDown(): void
  unlock(wanted: Argument<'vault.unlock'>): Promise<Outcome<null>>
  lock(): Promise<Outcome<null>>
  set(credential: Argument<'vault.set'>): Promise<Outcome<null>>
  forget(name: string): Promise<Outcome<null>>
  test(name: string, typed: string | null): Promise<Outcome<CredentialTest>>
  setIdle(minutes: number): Promise<Outcome<null>>
  changePassphrase(passphrase: string): Promise<Outcome<null>>
  saveRecoverySheet(recovery: string): Promise<Outcome<{ path: string }>>
  changed(status: VaultStatus): void
}

export function createVaultStore(client: Client): VaultStore {
  const store = createStore<VaultState>(() => ({
    asked: idle,
    status: null,
    credentials: null,
    lockedBy: null,
    recovery: null,
  }))
  let heard = 0
  /** Takes this status for the newest, and asks for the list that goes with it. */
  async function take(status: VaultStatus): Promise<void> {
    heard += 1
    const mine = heard
    store.setState({ status })
    if (status.locked !== 'nothing') return store.setState({ credentials: null })
    const listed = await client.call('vault.list', {})
    // A vault that was locked meanwhile has no list to show, and was not refused one.
    if (mine !== heard) return
    if (listed.ok) store.setState({ credentials: listed.value })
    else store.setState({ asked: askedOf(listed), credentials: null })
  }
  return {
    store,
    async read() {
      store.setState({ asked: { state: 'asked' } })
      const before = heard
      const outcome = await client.call('vault.status', {})
      store.setState({ asked: askedOf(outcome) })
      // What was told while the answer was on its way is newer.
      if (outcome.ok && before === heard) await take(outcome.value)
    },
    async create(wanted) {
      const outcome = await client.call('vault.create', wanted)
      if (outcome.ok) store.setState({ recovery: outcome.value.recovery })
      return outcome
    },
    wroteDown: () => store.setState({ recovery: null }),
    async unlock(wanted) {
      const outcome = await client.call('vault.unlock', wanted)
      if (outcome.ok) store.setState({ lockedBy: null })
      return outcome
    },
    lock: () => client.call('vault.lock', {}),
    set: (credential) => client.call('vault.set', credential),
    forget: (name) => client.call('vault.forget', { name }),
    async test(name, typed) {
      const outcome = await client.call('vault.test', { name, typed })
      // What was wrong too often locks it, and takes the line away that would say so.
      if (!outcome.ok && outcome.refusal.code === 'not-allowed') store.setState({ lockedBy: outcome.refusal })
      return outcome
    },
    setIdle: (minutes) => client.call('vault.setIdle', { minutes }),
    changePassphrase: (passphrase) => client.call('vault.changePassphrase', { passphrase }),
    saveRecoverySheet: (recovery) => client.call('vault.saveRecoverySheet', { recovery }),
    changed: (status) => void take(status),
  }
}
