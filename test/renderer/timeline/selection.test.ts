import { expect, test } from 'vitest'
import { moved, moveOf } from '../../../renderer/timeline/selection.ts'

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey', boolean>> = {}) =>
  moveOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

test.each([
  ['j', 'next'],
  ['ArrowDown', 'next'],
  ['k', 'before'],
  ['ArrowUp', 'before'],
  ['Home', 'first'],
  ['End', 'last'],
  ['PageUp', 'page-up'],
  ['PageDown', 'page-down'],
] as const)('%s moves to %s', (key, to) => {
  expect(press(key)).toEqual({ to, extends: false })
})

test('shift takes along what is passed; other held keys are no move', () => {
  expect([press('J', { shiftKey: true }), press('j', { ctrlKey: true }), press('x')]).toEqual([
    { to: 'next', extends: true },
    null,
    null,
  ])
})

test('without a selection it begins at the newest, or at the first', () => {
  expect([moved(null, { to: 'before', extends: false }, 5), moved(null, { to: 'first', extends: false }, 5)]).toEqual([
    { from: 4, at: 4 },
    { from: 0, at: 0 },
  ])
})

test('it stops at both ends, and extends from where it began', () => {
  const at = (place: number) => ({ from: place, at: place })
  expect([
    moved(at(4), { to: 'next', extends: false }, 5),
    moved(at(0), { to: 'before', extends: false }, 5),
    moved(at(2), { to: 'next', extends: true }, 5),
    moved({ from: 2, at: 3 }, { to: 'first', extends: true }, 5),
    moved({ from: 2, at: 3 }, { to: 'next', extends: false }, 5),
  ]).toEqual([at(4), at(0), { from: 2, at: 3 }, { from: 2, at: 0 }, at(4)])
})
