import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { type CredentialUse, isTypedToTest, type ListedCredential } from '../../shared/vault/credential.ts'
import {
  DEFAULT_IDLE_MINUTES,
  idleMinutesSchema,
  LEAST_IDLE_MINUTES,
  MOST_IDLE_MINUTES,
} from '../../shared/vault/idle.ts'
import { changeSettings, readSettings } from '../desk/settings.ts'
import { allUses } from '../vault/where-used.ts'
import { counted, plain, table } from './text.ts'
import { seals, unlockVault, type VaultPlace } from './vault-place.ts'

/** `muster vault status` */
export async function vaultStatusCommand({ vault, dataFolder, sources, say, remark }: VaultPlace): Promise<boolean> {
  const idleMinutes = await idleMinutesOf(dataFolder)
  const status: VaultStatus = { ...(await vault.status()), idleMinutes }
  const named = await usesOrNone(() => allUses(sources), remark)
  say({ ...status, named }, [...statusLines(status), ...namedLines(named)])
  return true
}

function statusLines({ sealedBy, system, idleMinutes }: VaultStatus): string[] {
  if (sealedBy.length === 0) return ['There is no vault in this data folder yet.', plain(system.why)]
  return [
    `The vault is sealed by ${sealedBy.map((by) => seals[by]).join(' and ')}.`,
    plain(system.why),
    `In the window it locks itself after ${counted(idleMinutes, 'minute')} without anybody: muster vault idle.`,
  ]
}

/** Names of credentials stand in the bindings, which need no vault; whether it holds them and when they were taken says `list`. */
function namedLines(named: readonly CredentialUse[]): string[] {
  if (named.length === 0) return ['No target and no overlay names a credential of it.']
  return [
    'Named by runbooks (when each was taken last says muster vault list):',
    ...table(named.map((use) => [`  ${use.credential}`, wordsOfUse(use)])),
  ]
}

export function wordsOfUse({ pack, is, title }: CredentialUse): string {
  return `${is} '${title}' of ${pack}`
}

/** None, with a remark, where what is bound cannot be read: that is no fault of the vault. */
export async function usesOrNone(
  read: () => Promise<CredentialUse[]>,
  remark: VaultPlace['remark'],
): Promise<CredentialUse[]> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    remark(`What names credentials cannot be told: ${error.refusal.happened}`)
    return []
  }
}

/** `muster vault list` */
export async function vaultListCommand(place: VaultPlace): Promise<boolean> {
  await unlockVault(place)
  const named = await usesOrNone(() => allUses(place.sources), place.remark)
  const held = (await place.vault.list()).map((one) => ({
    ...one,
    where: named.filter(({ credential }) => credential === one.name),
  }))
  const missing = [...new Set(named.map(({ credential }) => credential))].filter(
    (name) => !held.some((one) => one.name === name),
  )
  place.say(
    held,
    held.length === 0
      ? ['The vault is empty.']
      : table([['NAME', 'KIND', 'VALUE', 'LAST TAKEN', 'NAMED BY'], ...held.map(rowOf)]),
  )
  for (const name of missing) place.remark(`Named and not kept: ${name}. Keep it: muster vault set ${name}`)
  return true
}

function rowOf(held: ListedCredential): string[] {
  const { name, kind, mask, where } = held
  return [name, kind, mask, lastUse(held), (where ?? []).map(wordsOfUse).join(', ') || 'nothing']
}

function lastUse({ usedAt, usedFor, usedBy }: ListedCredential): string {
  if (usedAt === null) return 'never'
  return `${usedAt} for ${usedFor ?? 'something'}${usedBy === null ? '' : ` by ${usedBy}`}`
}

/** `muster vault test NAME`: what can be told of a value without sending it anywhere. Answers false where it is bad. */
export async function vaultTestCommand(place: VaultPlace, { name }: { name: string }): Promise<boolean> {
  await unlockVault(place)
  const kind = (await place.vault.list()).find((one) => one.name === name)?.kind
  const typed =
    kind !== undefined && isTypedToTest(kind)
      ? await place.secrets.read(kind === 'pin' ? 'The PIN' : 'The code that the device shows now')
      : null
  const came = await place.vault.test(name, typed)
  place.say(came, [`${outcomes[came.outcome]} ${came.said.map(plain).join(' ')}`])
  return came.outcome !== 'bad'
}

const outcomes = { good: 'GOOD.', bad: 'BAD.', 'not-tested': 'NOT TESTED.' } as const

/** `muster vault idle [MINUTES]`: after how long without anybody the window's vault locks itself. */
export async function vaultIdleCommand(
  place: VaultPlace,
  { minutes }: { minutes: string | undefined },
): Promise<boolean> {
  if (minutes !== undefined) await changeSettings(place.dataFolder, { vaultIdleMinutes: minutesOf(minutes) })
  const idleMinutes = await idleMinutesOf(place.dataFolder)
  place.say({ idleMinutes }, [
    `The window's vault locks itself after ${counted(idleMinutes, 'minute')} without anybody.`,
  ])
  return true
}

function minutesOf(text: string): number {
  const minutes = idleMinutesSchema.safeParse(text.trim() === '' ? null : Number(text))
  if (minutes.success) return minutes.data
  throw refuse('bad-input', {
    tried: `Lock the vault after ${text} minutes without anybody`,
    happened: `It takes whole minutes, ${LEAST_IDLE_MINUTES} to ${MOST_IDLE_MINUTES}. Nothing was changed.`,
    next: 'Give a number such as 30. It always locks at some time: what lies open is read by whoever passes.',
  })
}

async function idleMinutesOf(dataFolder: string): Promise<number> {
  return (await readSettings(dataFolder)).vaultIdleMinutes ?? DEFAULT_IDLE_MINUTES
}
