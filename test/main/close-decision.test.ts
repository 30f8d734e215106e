import { expect, test } from 'vitest'
import { decideClose } from '../../main/close-decision.ts'
import { boardRow } from '../../shared/incident/board.ts'
import { emptyState } from '../../shared/incident/state.ts'

const row = boardRow(emptyState('01ARZ3NDEKTSV4RRFFQ69G5FAV'))
const logged: string[] = []
const decide = (board: Parameters<typeof decideClose>[0]) => decideClose(board, (what) => logged.push(what), 20)

test('a live incident that is open keeps Muster, an exercise or a resolved one does not', async () => {
  const open = { ...row, mode: 'live', status: 'open', number: 'INC-1' } as const
  expect(await decide(async () => [open])).toMatchObject({
    decision: 'stay',
    because: expect.stringMatching('^INC-1 is open'),
  })
  expect(
    await decide(async () => [
      { ...open, mode: 'exercise' },
      { ...open, status: 'resolved' },
    ]),
  ).toEqual({
    decision: 'quit',
  })
})

test('a journal that is gone keeps nothing', async () => {
  expect(await decide(() => Promise.reject(new Error('The journal thread has ended.')))).toEqual({ decision: 'quit' })
  expect(logged.join()).toContain('The journal thread has ended.')
})

test('a journal that answers nothing is waited for until the deadline, and may still ring', async () => {
  expect(await decide(() => new Promise(() => {}))).toMatchObject({ decision: 'stay' })
})
