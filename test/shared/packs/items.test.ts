import { expect, it } from 'vitest'
import { itemsOf } from '../../../shared/packs/items.ts'
import { coveringItems, infinity, requirements } from '../../main/packs/requirements.ts'

it('finds every item that can cover something, and knows what each of them is', () => {
  const items = itemsOf(infinity())
  expect(items).toHaveLength(coveringItems(infinity()).length)
  const kindsOf = (prefix: string) =>
    new Set(
      items
        .filter(({ covers }) => covers.some((id) => requirements(prefix).some((row) => row.id === id)))
        .map(({ kind }) => kind),
    )
  expect(kindsOf('severity')).toEqual(new Set(['severity']))
  expect(kindsOf('triage')).toEqual(new Set(['triage-question']))
  expect(kindsOf('process-step')).toEqual(new Set(['step:check']))
  expect(kindsOf('pir-field')).toEqual(new Set(['post-mortem-field']))
})

it('says where an item stands', () => {
  const health = itemsOf(infinity()).find(({ covers }) => covers.includes('INF-017'))
  expect(health).toMatchObject({ kind: 'step:probe', id: 'health', path: 'phases[0].stages[0].steps[0]' })
})
