import { expect, test } from 'vitest'
import { correctionOf, correctionsUnder } from '../../../shared/notes/corrections.ts'
import type { Corrections } from '../../../shared/notes/entries.ts'

const correction = (seq: number, text: string) => ({
  entry: `c${seq}`,
  seq,
  text,
  at: `2026-11-21T03:0${seq}:00.000Z`,
  by: 'Ana',
})

const corrections: Corrections = {
  note: [correction(2, 'second'), correction(3, 'third')],
  c2: [correction(5, 'second, once more')],
  c3: [correction(4, 'third, once more')],
  c4: [correction(6, 'third, at last')],
}

test('an entry says what its newest correction says, in the words of that one as it was corrected itself', () => {
  expect(correctionOf(corrections, 'note')?.text).toBe('third, at last')
  expect(correctionOf(corrections, 'c2')?.text).toBe('second, once more')
  expect(correctionOf(corrections, 'c6')).toBeNull()
})

test('all that may repeat the words of an entry is found', () => {
  expect(correctionsUnder(corrections, 'note').map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6])
  expect(correctionsUnder(corrections, 'c3').map(({ seq }) => seq)).toEqual([4, 6])
  expect(correctionsUnder(corrections, 'c6')).toEqual([])
})
