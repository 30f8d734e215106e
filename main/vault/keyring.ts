import { AsyncEntry, type EntryOptions } from '@napi-rs/keyring'
import type { SystemStore } from './system-store.ts'

const SERVICE = 'Muster'
/**
 * Pinned: without it, a Linux machine that has no Secret Service gets the kernel's keyring, which is memory only and
 * loses the key at the next start (@napi-rs/keyring 2.1, LinuxEntryOptions.store).
 */
const pinned: EntryOptions = { linux: { store: 'secret-service' } }
/** A store may ask the person at the machine before it answers. */
const PATIENCE_MS = 60_000
const PROBE_MS = 5_000

/** The secret store of the operating system that this runs on. Asks nothing and opens nothing until it is used. */
export function systemKeyring(platform: NodeJS.Platform): SystemStore {
  return {
    async isThere() {
      try {
        await entryOf('probe').getSecret(AbortSignal.timeout(PROBE_MS))
        return { has: true, why: `${storeName(platform)} answers.` }
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error)
        return { has: false, why: `${storeName(platform)} is not there, or does not answer: ${said}` }
      }
    },
    async keep(vault, key) {
      await entryOf(vault).setSecret(key, AbortSignal.timeout(PATIENCE_MS))
    },
    async find(vault) {
      const secret = await entryOf(vault).getSecret(AbortSignal.timeout(PATIENCE_MS))
      return secret === null ? null : Uint8Array.from(secret)
    },
    async forget(vault) {
      await entryOf(vault).deleteCredential(AbortSignal.timeout(PATIENCE_MS))
    },
  }
}

function entryOf(vault: string): AsyncEntry {
  return new AsyncEntry(SERVICE, `vault ${vault}`, pinned)
}

function storeName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'The Keychain'
  return platform === 'win32' ? 'The Credential Manager' : 'A Secret Service (GNOME Keyring, KWallet, KeePassXC)'
}
