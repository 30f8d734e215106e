import { expect, test } from 'vitest'
import { redact } from '../../../shared/redaction/redact.ts'
import { negatives, positives } from './corpus.ts'

const text = (given: string) => redact({ kind: 'text', text: given }).item.text

test('every secret of the corpus is masked, as text and as a string of JSON', () => {
  expect(positives.length).toBeGreaterThanOrEqual(400)
  const readable = positives.filter(
    ({ text: given, secret }) =>
      text(given).includes(secret) ||
      JSON.stringify(redact({ kind: 'json', value: { m: [given] } }).item).includes(secret),
  )
  expect(readable.map(({ text: given }) => given)).toEqual([])
})

test('at most one in a hundred look-alikes is touched', () => {
  expect(negatives.length).toBeGreaterThanOrEqual(400)
  const touched = negatives.filter((given) => text(given) !== given)
  expect(touched.slice(0, Math.floor(negatives.length / 100))).toEqual(touched)
})
