import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { SystemStore } from '../../../main/vault/system-store.ts'
import { VaultService } from '../../../main/vault/vault-service.ts'

const root = mkdtempSync(join(tmpdir(), 'muster-vault-service-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A store in memory, as the system's would be. */
function memoryStore(): SystemStore {
  const keys = new Map<string, Uint8Array>()
  return {
    isThere: async () => ({ has: true, why: 'It answers.' }),
    keep: async (vault, key) => void keys.set(vault, key),
    find: async (vault) => keys.get(vault) ?? null,
    forget: async (vault) => void keys.delete(vault),
  }
}

test('locks itself when nobody is there: all of it, or with an incident open the credentials alone', async () => {
  let nowMs = 0
  let isOpen: boolean | 'unknown' = true
  let idleMinutes = 15
  const store = memoryStore()
  const make = () =>
    new VaultService(root, store, {
      nowMs: () => nowMs,
      hasOpenIncident: async () => {
        if (isOpen === 'unknown') throw new Error('the journal does not answer')
        return isOpen
      },
      idleMinutes: async () => idleMinutes,
      log: () => undefined,
    })
  const first = make()
  await first.vault.createBySystem()
  first.close()

  const service = make()
  let changes = 0
  service.onChanged(() => (changes += 1))
  await service.start()
  expect(service.vault.locked).toBe('nothing')
  nowMs = 14 * 60_000
  await service.lockIfIdle()
  expect(service.vault.locked).toBe('nothing')
  service.touch()
  nowMs = 16 * 60_000
  idleMinutes = 1
  expect(await service.status()).toMatchObject({ idleMinutes: 1 })
  idleMinutes = 15
  nowMs = 28 * 60_000
  await service.lockIfIdle()
  expect(service.vault.locked).toBe('nothing')
  nowMs = 29 * 60_000
  await service.lockIfIdle()
  await service.lockIfIdle()
  expect(service.vault.locked).toBe('credentials')
  expect(await service.contacts.list()).toEqual([])
  expect(changes).toBe(1)
  isOpen = 'unknown'
  await service.lockIfIdle()
  expect(service.vault.locked).toBe('credentials')
  isOpen = false
  await service.lockIfIdle()
  expect(service.vault.locked).toBe('all')
  service.close()
})
