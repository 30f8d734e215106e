import { expect, test } from 'vitest'
import { textOf } from '../../../shared/search/text-of.ts'

test('what an entry says is its sentence and the other texts of its body', () => {
  const text = textOf({
    kind: 'severity-set',
    version: 1,
    body: {
      severity: { id: 'p1', code: 'P1', name: 'Critical', rank: 1 },
      assumed: false,
      reason: 'nobody can sign in',
      path: [{ id: 'q', question: 'Is it down?', answer: 'yes', led: 'P1' }],
    },
  })
  expect(text).toContain('Set severity P1 Critical: nobody can sign in.')
  expect(text).toContain('Is it down?')
})

test('of a kind that is not known every text is searched, of an erased body none', () => {
  expect(textOf({ kind: 'teleported', version: 9, body: { to: ['Mars', { by: 'beam' }], weight: 4 } })).toBe(
    'Mars\nbeam',
  )
  expect(textOf({ kind: 'noted', version: 1, body: null })).toBe('')
})

test('a runbook that is pinned does not say all that stands in it', () => {
  const body = { hash: 'a'.repeat(64), text: 'restart the gateway' }
  expect(textOf({ kind: 'pack-pinned', version: 1, body })).not.toContain('gateway')
})

test('a body nested deeply is read', () => {
  let body: unknown = 'deep'
  for (let level = 0; level < 20_000; level += 1) body = [body]
  expect(textOf({ kind: 'teleported', version: 1, body: body as never })).toBe('deep')
})
