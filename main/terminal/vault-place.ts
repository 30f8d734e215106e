import { OverlayShelf } from '../packs/overlay-shelf.ts'
import type { PackShelf } from '../packs/pack-shelf.ts'
import { makeFolder } from '../synced-folder.ts'
import { BindingStore } from '../targets/binding-store.ts'
import { systemKeyring } from '../vault/keyring.ts'
import { Vault } from '../vault/vault.ts'
import type { UseSources } from '../vault/where-used.ts'
import type { Speaker } from './face.ts'
import { type SecretInput, secretInput } from './secret-input.ts'

/** What seals a vault, in words. */
export const seals = {
  system: "the system's secret store",
  passphrase: 'a passphrase',
  recovery: 'the recovery key',
} as const

/** A command on the vault of a data folder: it opens no journal, so it works where none can be opened. */
export type VaultCommand<Options> = (place: VaultPlace, options: Options) => Promise<boolean>

export interface VaultPlace extends Speaker {
  readonly dataFolder: string
  readonly vault: Vault
  readonly secrets: SecretInput
  /** What may name credentials on this desk. */
  readonly sources: UseSources
}

/** Runs a command with the vault of a folder, and forgets its key afterwards. */
export async function withVault<Options>(
  speaker: Speaker,
  { shelf, folder }: { readonly shelf: Pick<PackShelf, 'packs'>; readonly folder: string },
  options: Options,
  work: VaultCommand<Options>,
): Promise<boolean> {
  makeFolder(folder)
  const overlays = new OverlayShelf(folder, shelf)
  const bindings = new BindingStore(folder)
  const sources: UseSources = {
    packs: () => shelf.packs.map(({ pack }) => pack),
    overlay: () => overlays.inForce(),
    bindings: (pack) => bindings.read(pack),
  }
  const vault = new Vault(folder, systemKeyring(process.platform), () => new Date().toISOString())
  const secrets = secretInput(process.stdin, process.stderr)
  try {
    return await work({ ...speaker, dataFolder: folder, vault, secrets, sources }, options)
  } finally {
    vault.lock()
    secrets.close()
  }
}

/** Opens the vault for this command: by the system's store without a question, else by the passphrase. */
export async function unlockVault({ vault, secrets }: Pick<VaultPlace, 'vault' | 'secrets'>): Promise<void> {
  const { sealedBy } = await vault.status()
  if (sealedBy.includes('system')) await vault.unlockBySystem()
  else await vault.unlockByPassphrase(await secrets.read('Passphrase of the vault'))
}
