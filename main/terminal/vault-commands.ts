import { credentialKindSchema, type CredentialKind } from '../../shared/vault/credential.ts'
import { refuse } from '../../shared/refusal.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { makeFolder } from '../synced-folder.ts'
import { systemKeyring } from '../vault/keyring.ts'
import { Vault } from '../vault/vault.ts'
import type { Speaker } from './face.ts'
import { type SecretInput, secretInput } from './secret-input.ts'
import { plain, table } from './text.ts'

const seals = { system: "the system's secret store", passphrase: 'a passphrase', recovery: 'the recovery key' } as const

/** A command on the vault of a data folder: it opens no journal, so it works where none can be opened. */
export type VaultCommand<Options> = (place: VaultPlace, options: Options) => Promise<boolean>

export interface VaultPlace extends Speaker {
  readonly vault: Vault
  readonly secrets: SecretInput
}

/** Runs a command with the vault of a folder, and forgets its key afterwards. */
export async function withVault<Options>(
  speaker: Speaker,
  folder: string,
  options: Options,
  work: VaultCommand<Options>,
): Promise<boolean> {
  makeFolder(folder)
  const vault = new Vault(folder, systemKeyring(process.platform), () => new Date().toISOString())
  const secrets = secretInput(process.stdin, process.stderr)
  try {
    return await work({ ...speaker, vault, secrets }, options)
  } finally {
    vault.lock()
    secrets.close()
  }
}

/** `muster vault status` */
export async function vaultStatusCommand({ vault, say }: VaultPlace): Promise<boolean> {
  const status = await vault.status()
  say(status, statusLines(status))
  return true
}

function statusLines({ sealedBy, system }: VaultStatus): string[] {
  if (sealedBy.length === 0) return ['There is no vault in this data folder yet.', plain(system.why)]
  return [`The vault is sealed by ${sealedBy.map((by) => seals[by]).join(' and ')}.`, plain(system.why)]
}

/** `muster vault create`: by the system's store where there is one, unless a passphrase is wanted. */
export async function vaultCreateCommand(place: VaultPlace, options: { passphrase?: boolean }): Promise<boolean> {
  const { vault, say, remark } = place
  const { system } = await vault.status()
  const bySystem = options.passphrase !== true && system.has
  if (!bySystem && options.passphrase !== true) remark(system.why)
  const made = bySystem ? await vault.createBySystem() : await vault.createByPassphrase(await newPassphrase(place))
  say(made, [
    `The vault is there, sealed by ${bySystem ? seals.system : seals.passphrase}.`,
    'Its recovery key is shown this once. Print it, and keep it away from this laptop:',
    '',
    `    ${made.recovery}`,
  ])
  return true
}

/** `muster vault unlock`: tries the seal, and keeps nothing open: each command asks for itself. */
export async function vaultUnlockCommand(place: VaultPlace, options: { recovery?: boolean }): Promise<boolean> {
  if (options.recovery === true) await place.vault.unlockByRecovery(await place.secrets.read('Recovery key'))
  else await unlockVault(place)
  const held = await place.vault.list()
  place.say({ unlocked: true, credentials: held.length }, [`The vault opens; it holds ${held.length} credentials.`])
  return true
}

/** `muster vault list` */
export async function vaultListCommand(place: VaultPlace): Promise<boolean> {
  await unlockVault(place)
  const held = await place.vault.list()
  place.say(
    held,
    held.length === 0
      ? ['The vault is empty.']
      : table(held.map(({ name, kind, mask, usedAt, usedFor }) => [name, kind, mask, lastUse(usedAt, usedFor)])),
  )
  return true
}

function lastUse(usedAt: string | null, usedFor: string | null): string {
  return usedAt === null ? 'never used' : `used ${usedAt} for ${usedFor ?? 'something'}`
}

/** `muster vault set NAME`: the value is asked for, or the next line of standard input. */
export async function vaultSetCommand(place: VaultPlace, options: { name: string; kind: string }): Promise<boolean> {
  const kind = kindNamed(options.kind)
  await unlockVault(place)
  await place.vault.set(options.name, kind, await place.secrets.read(`Value of ${options.name}`))
  place.say({ kept: options.name }, [`Kept ${plain(options.name)}.`])
  return true
}

/** `muster vault forget NAME` */
export async function vaultForgetCommand(place: VaultPlace, options: { name: string }): Promise<boolean> {
  await unlockVault(place)
  await place.vault.forget(options.name)
  place.say({ forgotten: options.name }, [`Forgot ${plain(options.name)}. Copies made before (backups) still hold it.`])
  return true
}

/** `muster vault passphrase`: the old one (or the recovery key), then the new one twice. */
export async function vaultPassphraseCommand(place: VaultPlace, options: { recovery?: boolean }): Promise<boolean> {
  if (options.recovery === true) await place.vault.unlockByRecovery(await place.secrets.read('Recovery key'))
  else await unlockVault(place)
  await place.vault.changePassphrase(await newPassphrase(place))
  place.say({ changed: true }, ['The vault is sealed by the new passphrase, and still by its recovery key.'])
  return true
}

/** Opens the vault for this command: by the system's store without a question, else by the passphrase. */
export async function unlockVault({ vault, secrets }: Pick<VaultPlace, 'vault' | 'secrets'>): Promise<void> {
  const { sealedBy } = await vault.status()
  if (sealedBy.includes('system')) await vault.unlockBySystem()
  else await vault.unlockByPassphrase(await secrets.read('Passphrase of the vault'))
}

async function newPassphrase({ secrets }: VaultPlace): Promise<string> {
  const first = await secrets.read('New passphrase')
  const again = await secrets.read('The same again')
  if (first === again) return first
  throw refuse('bad-input', {
    tried: 'Seal the vault by a passphrase',
    happened: 'The two are not the same. Nothing was changed.',
    next: 'Type it again, twice.',
  })
}

function kindNamed(named: string): CredentialKind {
  const kind = credentialKindSchema.safeParse(named)
  if (kind.success) return kind.data
  throw refuse('bad-input', {
    tried: `Keep a credential of kind '${named}'`,
    happened: 'There is no such kind.',
    next: `Choose one of ${credentialKindSchema.options.join(', ')}.`,
  })
}
