import { expect, test } from 'vitest'
import { severityKeys } from '../../../renderer/declare/severity-keys.ts'
import type { PackSeverity } from '../../../shared/packs/pack.ts'
import { infinity } from '../fake-main.ts'

function levels(...codes: readonly (readonly [code: string, name: string])[]): PackSeverity[] {
  const [model] = infinity.pack.severities
  if (model === undefined) throw new Error('the pack has no severities')
  return codes.map(([code, name], place) => ({ ...model, id: code.toLowerCase(), code, name, rank: place + 1 }))
}

test("the key is the digit of the code, as people say it, and the name's first letter", () => {
  const keys = severityKeys(levels(['P0', 'Critical'], ['P1', 'High'], ['P2', 'Medium']))
  expect([...keys]).toEqual([
    ['p0', { keys: '0', also: 'c' }],
    ['p1', { keys: '1', also: 'h' }],
    ['p2', { keys: '2', also: 'm' }],
  ])
})

test('codes without a digit of their own have the key of their place', () => {
  const keys = severityKeys(levels(['Red', 'Major'], ['Amber', 'Minor'], ['Green 10', 'Quiet']))
  expect(Array.from(keys.values(), (one) => one.keys)).toEqual(['1', '2', '3'])
  expect(Array.from(keys.values(), (one) => one.also)).toEqual([undefined, undefined, undefined])
})
