import { expect, test } from 'vitest'
import { completionsOf } from '../../../shared/notes/complete-line.ts'

const context = {
  nowMs: 0,
  zone: 'utc',
  severities: [
    { id: 'p1', code: 'P1', name: 'Critical' },
    { id: 'p2', code: 'P2', name: 'High' },
  ],
  people: ['Ana Ruiz', 'Tom'],
} as const

test.each([
  ['', []],
  ['pool', []],
  ['::', []],
  [':ta', [':task ']],
  [':re', [':respond ', ':resolve ']],
  ['@14:05 :de', ['@14:05 :decide ']],
  [':sev ', [':sev P1 ', ':sev P2 ']],
  [':sev p2', [':sev P2 ']],
  [':role c', [':role commander ', ':role communications ']],
  [':role deputy a', [':role deputy Ana Ruiz ']],
  [':task ', [':task "Ana Ruiz" ', ':task Tom ']],
  [':task t', [':task Tom ']],
  [':task Tom 10', []],
  [':decide r', []],
])('%j becomes %j', (typed, lines) => {
  expect(completionsOf(typed, context)).toEqual(lines)
})
