import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createVaultStore } from '../../../renderer/vault/vault-store.ts'
import { FakeMain } from '../fake-main.ts'

afterEach(() => vi.useRealTimers())

test('a recovery key outlives a locking, and is gone when it is on paper', async () => {
  const main = new FakeMain()
  const vault = createVaultStore(createClient(main.bridge()))
  const made = await vault.create({ by: 'passphrase', passphrase: 'four words of no kin' })
  const recovery = made.ok ? made.value.recovery : ''
  await vault.lock()
  await vault.read()
  expect(vault.store.getState()).toMatchObject({ status: { locked: 'all' }, recovery })
  vault.wroteDown()
  expect(JSON.stringify(vault.store.getState())).not.toContain(recovery)
})

test('a refused beginning leaves the key of the one before', async () => {
  const main = new FakeMain()
  const vault = createVaultStore(createClient(main.bridge()))
  const made = await vault.create({ by: 'passphrase', passphrase: 'four words of no kin' })
  main.refusals.set('vault.create', { code: 'not-allowed', tried: 'a', happened: 'b', next: 'c' })
  await vault.create({ by: 'passphrase', passphrase: 'four words of no kin' })
  expect(vault.store.getState().recovery).toBe(made.ok ? made.value.recovery : '')
})

test('the key comes however long the system store asks before it seals', async () => {
  vi.useFakeTimers()
  const main = new FakeMain()
  const release = main.hold('vault.create')
  const vault = createVaultStore(createClient(main.bridge()))
  const creating = vault.create({ by: 'system' })
  await vi.advanceTimersByTimeAsync(60_000)
  release()
  expect(await creating).toMatchObject({ ok: true })
  expect(vault.store.getState().recovery).not.toBeNull()
})

test('a list and a status that come after the vault was locked open nothing, and are no fault', async () => {
  const main = new FakeMain()
  const vault = createVaultStore(createClient(main.bridge()))
  await vault.create({ by: 'passphrase', passphrase: 'four words of no kin' })
  const locked = { ...main.vault.status, locked: 'all' } as const
  for (const call of ['vault.list', 'vault.status']) {
    const release = main.hold(call)
    const reading = vault.read()
    await vi.waitFor(() => expect(main.asked.at(-1)?.name).toBe(call))
    vault.changed(locked)
    release()
    await reading
    expect(vault.store.getState()).toMatchObject({ status: locked, credentials: null, asked: { state: 'confirmed' } })
  }
})
