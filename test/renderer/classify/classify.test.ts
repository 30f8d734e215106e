import { expect, test } from 'vitest'
import { systemsKnown } from '../../../renderer/classify/systems-known.ts'
import { tiedBack } from '../../../renderer/classify/tied-back.ts'
import { boardRow } from '../../../shared/incident/board.ts'
import { FakeMain, infinity } from '../fake-main.ts'

const first = '01KBZ0000000000000000000A1'
const second = '01KBZ0000000000000000000A2'

function desk(): FakeMain {
  const main = new FakeMain()
  for (const id of [first, second]) {
    main.begin(id)
    const pack = { id: 'infinity', version: '1', title: 'Infinity OS', hash: infinity.hash }
    main.log(id, 'declared', {
      number: id.slice(-2),
      title: id,
      pack,
      unconfirmed: false,
      detected_at: '2026-11-21T14:00:00.000Z',
    })
  }
  return main
}

test('an incident knows who is tied to it from their side', () => {
  const main = desk()
  main.log(second, 'related', { incident: first, number: 'A1', how: 'duplicate-of' })
  const rows = main.board()
  expect(tiedBack(rows, first)).toMatchObject([{ row: { id: second }, how: 'duplicate-of' }])
  expect(tiedBack(rows, second)).toEqual([])
  main.log(second, 'related', { incident: first, number: 'A1', how: null })
  expect(tiedBack(main.board(), first)).toEqual([])
})

test('systems are suggested from earlier incidents and from the targets of the runbook, each once', () => {
  const main = desk()
  main.log(first, 'classified', { types: [], priority: null, systems: ['auth', 'files'] }, { version: 2 })
  const rows = [boardRow(main.state(first)), boardRow(main.state(second))]
  const known = systemsKnown(rows, main.state(second), infinity.pack)
  expect(known.slice(0, 2)).toEqual(['auth', 'files'])
  expect(new Set(known).size).toBe(known.length)
  expect(known).toEqual(expect.arrayContaining(infinity.pack.targets.map(({ title }) => title)))
})
