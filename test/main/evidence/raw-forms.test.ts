import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEvidence } from '../../../main/evidence/evidence-client.ts'
import { EvidenceService } from '../../../main/evidence/evidence-service.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { Vault } from '../../../main/vault/vault.ts'
import { filesWith } from '../../files-with.ts'
import { ana, type EvidenceDesk, openEvidenceDesk, sweepOf } from './evidence-desk.ts'

const passphrase = 'correct horse battery staple'
const none = async () => undefined
const noStore = { isThere: async () => ({ has: false, why: '' }), keep: none, find: async () => null, forget: none }
const raw = 'start\npostgres://app:hunter2@db/shop\nend\n'
const masked = 'start\npostgres://app:[masked: url password]@db/shop\nend\n'

let desk: EvidenceDesk
let vault: Vault
let evidence: EvidenceService
let incident: string
let outside: string

beforeEach(async () => {
  desk = await openEvidenceDesk()
  vault = new Vault(desk.folder, noStore, () => '2026-11-21T03:00:00.000Z')
  evidence = new EvidenceService(desk.desk, createEvidence(desk.folder), desk.folder, vault)
  incident = await desk.declare()
  outside = join(desk.folder, 'outside')
  mkdirSync(outside)
})
afterEach(async () => {
  await evidence.close()
  await desk.close()
})

/** A sweep with one answer in which something was masked, and one in which nothing was. */
function sweep() {
  const made = sweepOf(incident, { 'app.log': masked, 'clean.log': 'all is well\n' })
  const items = made.items.map((item) => ({
    ...item,
    masked: item.name === 'app.log' ? [{ rule: 'url password', count: 1 }] : [],
    raw: new Uint8Array(Buffer.from(item.name === 'app.log' ? raw : 'all is well\n')),
  }))
  return { ...made, items, sealRaw: true }
}

function fileOf(name: string, bytes: string | Uint8Array): string {
  const path = join(outside, name)
  writeFileSync(path, bytes)
  return path
}

const order = (item: string) => ({
  incident,
  bundle: null,
  item,
  path: join(outside, 'raw.log'),
  to: 'Mara',
  because: 'to see the row',
})
const bundles = async () => (await evidence.bundles(incident)).bundles

test('what a sweep masked lies sealed beside it; the vault opens it, and the custody log says who did', async () => {
  await vault.createByPassphrase(passphrase)
  const bundle = await evidence.keepSweep(sweep(), ana)
  const [open, form, ...others] = await bundles()
  expect(others).toEqual([])
  expect(open).toMatchObject({ bundle, note: null })
  expect(form).toMatchObject({
    title: `Sealed raw form of app.log (${bundle.slice(0, 12)}…)`,
    sealed: { of: { bundle, item: 'app.log' } },
  })
  expect(filesWith(desk.folder, 'hunter2')).toEqual([])
  const { path } = await evidence.raw.release(order('app.log'), ana)
  expect(readFileSync(path, 'utf8')).toBe(raw)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const custody = (await bundles())[1]?.custody.at(-1)
  expect(custody).toMatchObject({ by: 'Ana', what: 'released', to: 'Mara', because: 'to see the row' })
  await expect(evidence.raw.release(order('clean.log'), ana)).rejects.toThrow('No raw form of it was kept')
})

test('with the vault locked, or none, the raw form is not kept, and the evidence says so', async () => {
  await evidence.keepSweep(sweep(), ana)
  expect(await bundles()).toMatchObject([
    { note: 'The raw form was not kept: There is no vault in this data folder yet.' },
  ])
  await vault.createByPassphrase(passphrase)
  vault.lockCredentials()
  const path = fileOf('db.sql', raw)
  await evidence.keepSealed({ incident, path, note: 'the dump' }, ana)
  expect((await bundles())[1]).toMatchObject({
    note: 'the dump\nThe raw form was not kept: The vault is locked.',
    items: [{ masked: [{ rule: 'url password', count: 1 }] }],
  })
  await expect(evidence.raw.release(order('app.log'), ana)).rejects.toThrow('There is no vault in this data folder yet')
  expect(filesWith(join(desk.folder, 'evidence'), 'hunter2')).toEqual([])
})

test('what is no text is kept sealed alone, and with the vault locked not at all', async () => {
  const image = Buffer.concat([Buffer.alloc(70_000), Buffer.from('hunter2'), Buffer.alloc(300_000)])
  const path = fileOf('memory.img', image)
  await expect(evidence.keepSealed({ incident, path, note: null }, ana)).rejects.toThrow('the vault is not open')
  await vault.createByPassphrase(passphrase)
  const { item } = await evidence.keepSealed({ incident, path, note: null }, ana)
  expect(await bundles()).toMatchObject([{ title: 'Sealed raw form of memory.img', sealed: { of: null } }])
  await evidence.raw.release(order(item.name), ana)
  expect(readFileSync(join(outside, 'raw.log')).equals(image)).toBe(true)
  expect(filesWith(join(desk.folder, 'evidence'), 'hunter2')).toEqual([])
})

test('text in which nothing is masked has no raw form beside it', async () => {
  await vault.createByPassphrase(passphrase)
  await evidence.keepSealed({ incident, path: fileOf('a.log', 'all is well\n'), note: null }, ana)
  expect(await bundles()).toHaveLength(1)
  expect(new EvidenceStore(desk.folder).list()).toHaveLength(1)
})

test('a form that was changed, a locked vault and another one write nothing', async () => {
  await vault.createByPassphrase(passphrase)
  await evidence.keepSealed({ incident, path: fileOf('a.log', raw), note: null }, ana)
  vault.lock()
  await expect(evidence.raw.release(order('a.log'), ana)).rejects.toThrow('The vault is locked')
  await vault.unlockByPassphrase(passphrase)
  const { path = '' } = new EvidenceStore(desk.folder).find((await bundles())[1]?.bundle ?? '') ?? {}
  const bytes = readFileSync(path)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  writeFileSync(path, bytes)
  await expect(evidence.raw.release(order('a.log'), ana)).rejects.toThrow('not as it was kept')
  expect((await bundles())[1]?.lastCheck).toMatchObject({ result: 'mismatch' })
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  writeFileSync(path, bytes)
  writeFileSync(join(desk.folder, 'vault.json'), readFileSync(await otherVault()))
  await vault.unlockByPassphrase(passphrase)
  await expect(evidence.raw.release(order('a.log'), ana)).rejects.toThrow('sealed by another vault')
  expect(readdirSync(outside)).toEqual(['a.log', 'other'])
})

async function otherVault(): Promise<string> {
  const folder = join(outside, 'other')
  mkdirSync(folder)
  await new Vault(folder, noStore, () => '2026-11-21T03:00:00.000Z').createByPassphrase(passphrase)
  return join(folder, 'vault.json')
}

test('a new passphrase still opens what was sealed before', async () => {
  await vault.createByPassphrase(passphrase)
  await evidence.keepSealed({ incident, path: fileOf('a.log', raw), note: null }, ana)
  await vault.changePassphrase('quite another set of words')
  await evidence.raw.release(order('a.log'), ana)
  expect(readFileSync(join(outside, 'raw.log'), 'utf8')).toBe(raw)
})

test('erasing evidence erases its sealed raw forms', async () => {
  await vault.createByPassphrase(passphrase)
  const { bundle } = await evidence.keepSealed({ incident, path: fileOf('a.log', raw), note: null }, ana)
  const form = (await bundles())[1]
  await desk.desk.ask('eraseEvidence', incident, bundle, 'a customer asked', 'Mira Holm', ana)
  expect((await evidence.bundles(incident)).erased).toEqual([bundle, form?.bundle])
  expect(new EvidenceStore(desk.folder).list()).toEqual([])
  await expect(evidence.raw.release(order('a.log'), ana)).rejects.toThrow('was erased')
  expect(existsSync(join(outside, 'raw.log'))).toBe(false)
})

test('a file that cannot be read to its end leaves neither form', async () => {
  await vault.createByPassphrase(passphrase)
  const path = fileOf('a.log', raw.repeat(2_000_000))
  const abort = new AbortController()
  const options = { signal: abort.signal, onProgress: () => abort.abort() }
  await expect(evidence.keepSealed({ incident, path, note: null }, ana, options)).rejects.toMatchObject({
    refusal: { code: 'cancelled' },
  })
  expect(await bundles()).toEqual([])
  expect(readdirSync(join(desk.folder, 'evidence'), { recursive: true, encoding: 'utf8' }).filter(isFileName)).toEqual(
    [],
  )
})

const isFileName = (name: string) => /\.(?:bin|zst|tar|part)$/.test(name)
