import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Contacts } from '../../../main/people/contacts.ts'
import type { SystemStore } from '../../../main/vault/system-store.ts'
import { Vault } from '../../../main/vault/vault.ts'
import { RefusalError } from '../../../shared/refusal.ts'

const noStore: SystemStore = {
  isThere: async () => ({ has: false, why: 'There is none.' }),
  keep: async () => undefined,
  find: async () => null,
  forget: async () => undefined,
}
const passphrase = 'correct horse battery staple'
const secret = 'postgres://app:hunter2@db/shop'
const root = mkdtempSync(join(tmpdir(), 'muster-vault-'))
const made = join(root, 'vault.json')
let pristine = ''
let recovery = ''
const vaultIn = (folder: string) => new Vault(folder, noStore, () => '2026-11-21T03:00:00.000Z')

beforeAll(async () => {
  const vault = vaultIn(root)
  recovery = (await vault.createByPassphrase(passphrase)).recovery
  await vault.set('shop/db', 'database-url', secret)
  pristine = readFileSync(made, 'utf8')
})
beforeEach(() => writeFileSync(made, pristine))
afterAll(() => rmSync(root, { recursive: true }))

test('holds a credential that only the passphrase or the recovery key opens', async () => {
  const vault = vaultIn(root)
  await expect(vault.list()).rejects.toThrow('locked')
  await expect(vault.unlockByPassphrase('correct horse battery stable')).rejects.toThrow('not the right one')
  await vault.unlockByPassphrase(passphrase)
  expect(await vault.use('shop/db', { purpose: 'a test', by: 'Ana' }, async (value) => value)).toBe(secret)
  vault.lock()
  await expect(vault.use('shop/db', { purpose: 'a test', by: 'Ana' }, async () => 0)).rejects.toThrow('locked')
  await vault.unlockByRecovery(recovery.toLowerCase().replaceAll('-', ' '))
  expect(await vault.list()).toEqual([
    {
      name: 'shop/db',
      kind: 'database-url',
      mask: expect.stringContaining('•'),
      setAt: '2026-11-21T03:00:00.000Z',
      usedAt: '2026-11-21T03:00:00.000Z',
      usedFor: 'a test',
      usedBy: 'Ana',
    },
  ])
})

test('the file is for this user alone, and holds neither values nor names', () => {
  expect(statSync(made).mode & 0o777).toBe(0o600)
  expect(pristine).not.toMatch(/hunter2|shop/)
  expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a changed byte anywhere is damage, and the file is left as it is', async () => {
  const vault = vaultIn(root)
  for (let at = 0; at < pristine.length; at += 1) {
    const flipped = flippedAt(pristine, at)
    writeFileSync(made, flipped)
    await expect(vault.unlockByRecovery(recovery)).rejects.toThrow('not as Muster wrote it')
    expect(readFileSync(made, 'utf8')).toBe(flipped)
  }
})

test('whoever mends the sum as well opens nothing, and sees nothing else than a refusal', async () => {
  const [json = ''] = pristine.split('\n')
  const codes = new Set<string>()
  for (let at = 0; at < json.length; at += 3) {
    const changed = flippedAt(json, at)
    writeFileSync(made, `${changed}\n${createHash('sha256').update(changed).digest('hex')}\n`)
    const vault = vaultIn(root)
    const opened = vault.unlockByRecovery(recovery).then(async () => [await vault.list(), await vault.contacts()])
    // What only the passphrase's seal needs may be another one, where the recovery key opens it.
    const came = await opened.then(
      (held) => JSON.stringify(held),
      (error: unknown) => (error instanceof RefusalError ? error.refusal.code : String(error)),
    )
    codes.add(came.startsWith('[[{"name":"shop/db"') ? 'opened' : came)
  }
  expect([...codes].toSorted()).toEqual(['damaged', 'not-allowed', 'opened'])
})

function flippedAt(text: string, at: number): string {
  return `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`
}

test('a new passphrase ends the old one; the recovery key stays', async () => {
  const vault = vaultIn(root)
  await vault.unlockByRecovery(recovery)
  await vault.changePassphrase('quite another set of words')
  await expect(vaultIn(root).unlockByPassphrase(passphrase)).rejects.toThrow('not the right one')
  const again = vaultIn(root)
  await again.unlockByPassphrase('quite another set of words')
  expect(await again.list()).toHaveLength(1)
  await expect(vault.changePassphrase('short')).rejects.toThrow('shorter than 15')
})

test('two programs that write at once lose nothing of each other', async () => {
  const [window, terminal] = [vaultIn(root), vaultIn(root)]
  await Promise.all([window.unlockByPassphrase(passphrase), terminal.unlockByPassphrase(passphrase)])
  await Promise.all(
    Array.from({ length: 20 }, (_none, n) => (n % 2 === 0 ? window : terminal).set(`name/${n}`, 'token', `value ${n}`)),
  )
  expect(await window.list()).toHaveLength(21)
  await terminal.forget('name/3')
  expect(await window.list()).toHaveLength(20)
  await expect(window.forget('name/3')).rejects.toThrow('holds nothing')
})

test('with the credentials locked, contacts can still be read and changed', async () => {
  const vault = vaultIn(root)
  await vault.unlockByPassphrase(passphrase)
  const people = new Contacts(vault, () => '2026-11-21T03:00:00.000Z')
  const mara = {
    name: 'Mara',
    role: 'DBA',
    organisation: '',
    means: [],
    timeZone: null,
    onCall: '',
    contract: '',
    note: '',
  }
  const id = await people.keep(mara, null)
  vault.lockCredentials()
  expect(vault.locked).toBe('credentials')
  await expect(vault.list()).rejects.toThrow('locked')
  await people.keep({ ...mara, role: 'On-call DBA' }, id)
  expect(await people.list()).toEqual([expect.objectContaining({ id, role: 'On-call DBA' })])
  await expect(people.keep({ ...mara, means: [{ kind: 'phone', address: 'none', label: '' }] }, null)).rejects.toThrow(
    'no telephone',
  )
  await vault.unlockByPassphrase(passphrase)
  expect(await vault.list()).toHaveLength(1)
  await people.forget(id)
  await expect(people.forget(id)).rejects.toThrow('no such contact')
  vault.lock()
  await expect(people.list()).rejects.toThrow('locked')
})

test('refuses names that are none, empty values, a second vault, and a sheet misread', async () => {
  const vault = vaultIn(root)
  await vault.unlockByPassphrase(passphrase)
  await expect(vault.set('../up', 'token', 'x')).rejects.toThrow('A name has 1 to 100')
  await expect(vault.set('empty', 'token', '')).rejects.toThrow('empty')
  await expect(vault.set('__proto__', 'token', 'x')).rejects.toThrow('A name has 1 to 100')
  await expect(vault.createByPassphrase(passphrase)).rejects.toThrow('one already')
  await expect(vault.createBySystem()).rejects.toThrow('There is none.')
  await expect(vault.unlockByRecovery('ABCD')).rejects.toThrow('eight groups')
})

test('a value that is taken is written down first: by whom, when and for what, even where the use then fails', async () => {
  const vault = vaultIn(root)
  await vault.unlockByPassphrase(passphrase)
  const failed = vault.use('shop/db', { purpose: 'a sweep of shop', by: 'Mira Holm' }, async () => {
    throw new Error('the database is gone')
  })
  await expect(failed).rejects.toThrow('the database is gone')
  expect(await vault.list()).toMatchObject([
    { usedAt: '2026-11-21T03:00:00.000Z', usedFor: 'a sweep of shop', usedBy: 'Mira Holm' },
  ])
  await expect(vault.use('none', { purpose: 'x', by: 'Ana' }, async () => 0)).rejects.toThrow("nothing under 'none'")
})

test('three wrong PINs in a row lock the credentials', async () => {
  const vault = vaultIn(root)
  await vault.unlockByPassphrase(passphrase)
  await vault.set('approvers/mira', 'pin', '4711')
  expect(await vault.test('approvers/mira', null)).toMatchObject({ outcome: 'not-tested' })
  for (const typed of ['1', '2', '4711', '3', '4']) {
    expect(await vault.test('approvers/mira', typed)).toMatchObject({ outcome: typed === '4711' ? 'good' : 'bad' })
  }
  await expect(vault.test('approvers/mira', '5')).rejects.toThrow('3 times in a row')
  expect(vault.locked).toBe('credentials')
  await expect(vault.test('approvers/mira', '4711')).rejects.toThrow('locked')
})

test('a file that is another one, or nothing, or not to be read, is a refusal', async () => {
  for (const text of ['', '{}', 'x'.repeat(100_000), pristine.replace('\n', '\r\n'), `${pristine}\n`]) {
    writeFileSync(made, text)
    await expect(vaultIn(root).status()).rejects.toMatchObject({ refusal: { code: 'damaged' } })
    await expect(vaultIn(root).unlockByPassphrase(passphrase)).rejects.toMatchObject({ refusal: { code: 'damaged' } })
  }
  rmSync(made)
  mkdirSync(made)
  await expect(vaultIn(root).status()).rejects.toMatchObject({ refusal: { code: 'no-permission' } })
  rmSync(made, { recursive: true })
})
