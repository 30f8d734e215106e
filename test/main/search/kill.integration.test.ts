import { expect, test } from 'vitest'
import { killIndexers } from './kill-indexers.ts'

test('an index whose process was killed finds what reading everything finds, and nothing erased', {
  timeout: 180_000,
}, async () => {
  expect(await killIndexers(12, 20_261_121)).toBe(4)
})
