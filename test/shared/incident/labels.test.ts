import { expect, test } from 'vitest'
import { labelsOf } from '../../../shared/incident/labels.ts'

const number = 'INC-2026-1121-0001'

test('the incident that began first keeps the number, the next get letters', () => {
  const rows = ['03', '01', '02'].map((id) => ({ id, number }))
  expect(labelsOf([...rows, { id: '00', number: 'INC-2026-1121-0002' }])).toEqual(
    new Map([
      ['00', 'INC-2026-1121-0002'],
      ['01', number],
      ['02', `${number}-B`],
      ['03', `${number}-C`],
    ]),
  )
})

test('letters never run out, and never repeat', () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => ({ id: String(index).padStart(4, '0'), number }))
  const labels = labelsOf(rows)
  expect(new Set(labels.values()).size).toBe(1_000)
  expect([labels.get('0025'), labels.get('0026')]).toEqual([`${number}-Z`, `${number}-BA`])
})
