import type { VaultStatus } from '../../shared/vault/calls.ts'
import type { CredentialKind } from '../../shared/vault/credential.ts'
import { count } from './time.ts'

const seals = { system: "the system's secret store", passphrase: 'a passphrase', recovery: 'a recovery key' } as const

export const vaultWords = {
  title: 'Vault',
  command: 'Open the vault: credentials',
  reading: 'Looking at the vault…',
  none: 'There is no vault yet. It keeps credentials and contacts encrypted on this machine.',
  sealedBy: ({ sealedBy }: VaultStatus) => `Sealed by ${sealedBy.map((by) => seals[by]).join(' and ')}.`,
  locked: {
    all: 'Locked. Declaring, logging and clocks work all the same.',
    credentials: 'Credentials are locked; contacts can be read.',
    nothing: 'Unlocked.',
  },
  create: {
    bySystem: "Seal it by the system's secret store",
    byPassphrase: 'Seal it by this passphrase',
    passphrase: 'Passphrase: four or five words that do not belong together',
    again: 'The same again',
    differs: 'The two are not the same.',
  },
  recovery: {
    title: 'The recovery key, shown this once',
    why: 'It opens the vault when the passphrase is forgotten or the system has lost its key. Print it, and keep it away from this laptop.',
    save: 'Save as a page to print',
    saved: (path: string) => `Saved: ${path}. Print it, then delete the file.`,
    done: 'I have it on paper',
  },
  unlock: {
    passphrase: 'Passphrase',
    go: 'Unlock',
    recovery: 'Use the recovery key instead',
    recoveryKey: 'Recovery key',
    system: "Unlock by the system's secret store",
  },
  lock: 'Lock it now',
  change: { title: 'Change the passphrase', go: 'Seal it by the new passphrase' },
  credentials: 'Credentials',
  empty: 'It holds no credential yet.',
  add: {
    title: 'Keep a credential',
    name: 'Name, such as shop/db',
    noName:
      'A name has small letters, digits, dot, dash, underscore and slash, and neither begins nor ends with a sign.',
    replaces: (name: string) => `${name} is kept already: this value takes its place.`,
    kind: 'What it is',
    value: 'Value',
    go: 'Keep it',
  },
  forget: 'Forget',
  forgetSure: (name: string) => `Really forget ${name}`,
  neverUsed: 'never',
  used: (when: string, what: string, by: string) => `${when} for ${what}${by === '' ? '' : ` by ${by}`}`,
  where: {
    target: (title: string, pack: string) => `${title}, a target of ${pack}`,
    parameter: (title: string, pack: string) => `${title}, a value of ${pack}`,
  },
  nowhere: 'nothing names it',
  whereUnknown: '△ cannot be told: what is bound cannot be read',
  columns: { name: 'Name', mask: 'Value', where: 'Where used', used: 'Last taken', acts: 'Test it, forget it' },
  test: 'Test',
  testOf: (name: string) => `Test ${name}`,
  typePin: 'The PIN',
  typeCode: 'The code that the device shows now',
  compare: 'Compare',
  outcome: { good: '✓ Good.', bad: '△ Bad.', 'not-tested': '– Not tested.' },
  idle: {
    title: (minutes: number) => `Locks itself after ${count(minutes, 'minute')} without anybody`,
    minutes: 'Minutes',
    bounds: (least: number, most: number) => `Whole minutes, ${least} to ${most}: it always locks at some time.`,
    go: 'Lock after so long',
    kept: 'Kept. The terminal and the window share it.',
  },
  kinds: {
    token: 'token',
    password: 'password',
    'database-url': 'database URL',
    webhook: 'webhook',
    'certificate-key': 'key of a certificate',
    'ssh-passphrase': 'ssh passphrase',
    'one-time-code-seed': 'seed of one-time codes',
    pin: 'PIN',
    'signing-key': 'signing key',
  } satisfies Record<CredentialKind, string>,
}
