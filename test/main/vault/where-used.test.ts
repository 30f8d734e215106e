import { expect, test } from 'vitest'
import { readOverlay } from '../../../main/packs/overlay-file.ts'
import { allUses, whereUsed } from '../../../main/vault/where-used.ts'
import { refuse } from '../../../shared/refusal.ts'
import { smallPack } from '../../shared/packs/small-pack.ts'

const pack = smallPack({
  parameters: [{ id: 'API_KEY', title: 'Key of the pager', type: 'text', secret: true }],
  targets: [
    { id: 'cache', title: 'Cache', kind: 'redis', address: 'localhost:6379' },
    { id: 'db', title: 'Database', kind: 'postgres', address: 'localhost:5432' },
  ],
})
const sources = {
  packs: () => [pack],
  overlay: async () => ({ loaded: null }),
  bindings: async () => ({ places: {}, targets: { cache: { route: 'direct' as const, credential: 'shop/redis' } } }),
}

test('a credential is used where a target is bound with it', async () => {
  const use = { credential: 'shop/redis', pack: 'small', is: 'target', id: 'cache', title: 'Cache' }
  expect(await allUses(sources)).toEqual([use])
  expect(await whereUsed('shop/redis', sources)).toEqual([use])
  expect(await whereUsed('shop', sources)).toEqual([])
})

test('and where an overlay gives it to a secret parameter', async () => {
  const text = `apiVersion: muster.dev/v1
kind: overlay
id: acme
title: Acme
packs: [{ pack: small, parameters: [{ parameter: API_KEY, credential: pager/api }] }]
`
  const filled = { ...sources, overlay: async () => ({ loaded: readOverlay(Buffer.from(text), 'acme.yaml') }) }
  expect(await whereUsed('pager/api', filled)).toEqual([
    { credential: 'pager/api', pack: 'small', is: 'parameter', id: 'API_KEY', title: 'Key of the pager' },
  ])
})

test('what cannot be read is a refusal, and no empty list', async () => {
  const damaged = refuse('damaged', { tried: 'Read', happened: 'It is not what Muster wrote.', next: 'Mend it.' })
  await expect(allUses({ ...sources, bindings: () => Promise.reject(damaged) })).rejects.toThrow(
    'not what Muster wrote',
  )
})
