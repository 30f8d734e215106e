import { credentialKindSchema, type CredentialKind } from '../../shared/vault/credential.ts'
import { refuse } from '../../shared/refusal.ts'
import { assertName } from '../vault/vault.ts'
import { whereUsed } from '../vault/where-used.ts'
import { counted, plain } from './text.ts'
import { usesOrNone, wordsOfUse } from './vault-look-commands.ts'
import { seals, unlockVault, type VaultPlace } from './vault-place.ts'

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
  place.say({ unlocked: true, credentials: held.length }, [
    `The vault opens; it holds ${counted(held.length, 'credential')}.`,
  ])
  return true
}

/** `muster vault set NAME`: the value is asked for, or the next line of standard input. */
export async function vaultSetCommand(place: VaultPlace, options: { name: string; kind: string }): Promise<boolean> {
  const kind = kindNamed(options.kind)
  assertName(options.name)
  await unlockVault(place)
  const { replaced } = await place.vault.set(options.name, kind, await place.secrets.read(`Value of ${options.name}`))
  place.say({ kept: options.name, replaced }, [
    `Kept ${plain(options.name)}${replaced ? ' in place of the value before, which is gone' : ''}.`,
  ])
  return true
}

/** `muster vault forget NAME` */
export async function vaultForgetCommand(place: VaultPlace, options: { name: string }): Promise<boolean> {
  await unlockVault(place)
  const named = await usesOrNone(() => whereUsed(options.name, place.sources), place.remark)
  await place.vault.forget(options.name)
  for (const use of named) place.remark(`It is still named by the ${plain(wordsOfUse(use))}.`)
  place.say({ forgotten: options.name }, [
    `Forgot ${plain(options.name)}. Copies of vault.json made before still hold it.`,
  ])
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
