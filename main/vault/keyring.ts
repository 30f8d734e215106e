import { AsyncEntry, type EntryOptions } from '@napi-rs/keyring'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
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
        const said = messageOf(error)
        return { has: false, why: `${storeName(platform)} is not there, or does not answer: ${said}` }
      }
    },
    async keep(vault, key) {
      await patiently(platform, 'Keep the key of the vault', (signal) => entryOf(vault).setSecret(key, signal))
    },
    async find(vault) {
      const find = (signal: AbortSignal) => entryOf(vault).getSecret(signal)
      const secret = await patiently(platform, 'Ask for the key of the vault', find)
      return secret === null ? null : Uint8Array.from(secret)
    },
    async forget(vault) {
      const forget = (signal: AbortSignal) => entryOf(vault).deleteCredential(signal)
      await patiently(platform, 'Forget the key of the vault', forget)
    },
  }
}

/** What the store will not do, or nobody answered its question to, is a refusal; its own words say which. */
async function patiently<T>(
  platform: NodeJS.Platform,
  tried: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    return await work(signal)
  } catch (error) {
    const said = messageOf(error)
    throw refuse(signal.aborted ? 'timed-out' : 'not-allowed', {
      tried,
      happened: signal.aborted
        ? `${storeName(platform)} did not answer within ${PATIENCE_MS / 1_000} s. Nothing was changed.`
        : `${storeName(platform)} did not do it: ${said}. Nothing was changed.`,
      next: 'Unlock the store and say yes where it asks; or use the passphrase or the recovery key. Declaring, logging and clocks work without it.',
      cause: error,
    })
  }
}

function entryOf(vault: string): AsyncEntry {
  return new AsyncEntry(SERVICE, `vault ${vault}`, pinned)
}

function storeName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'The Keychain'
  return platform === 'win32' ? 'The Credential Manager' : 'A Secret Service (GNOME Keyring, KWallet, KeePassXC)'
}
