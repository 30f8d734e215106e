import { expect, test } from 'vitest'
import { type Client, createClient } from '../../../renderer/bridge/client.ts'
import { createSecretsGate, type SecretsAnswer } from '../../../renderer/secrets/secrets-gate.ts'
import { maskTyped, typedSecrets } from '../../../shared/redaction/typed.ts'
import { FakeMain } from '../fake-main.ts'

const token = `ghp_${'a1B2'.repeat(9)}`

async function note(text: string, answer: SecretsAnswer | null) {
  const main = new FakeMain()
  const id = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
  main.begin(id)
  const shown: string[] = []
  const gate = createSecretsGate({
    show: () => {
      shown.push('show')
      const { asked } = gate.store.getState()
      expect(JSON.stringify(asked?.found)).not.toContain(token)
      if (answer !== null) queueMicrotask(() => asked?.answer(answer))
    },
    hide: () => shown.push('hide'),
  })
  const client = gate.guard(createClient(main.bridge()))
  const outcome = await client.call('incidents.note', { id, text, happenedAt: null })
  const logged = main.journal.get(id)?.entries.at(-1)?.body ?? null
  return { outcome, shown, logged: JSON.stringify(logged) }
}

test('an ordinary note is logged without a question', async () => {
  const { outcome, shown, logged } = await note('commit 3f786850e387550fdab836ed7e6dc881de23001b is out', null)
  expect(outcome.ok).toBe(true)
  expect(shown).toEqual([])
  expect(logged).toContain('3f786850e387550fdab836ed7e6dc881de23001b')
})

test.each([
  ['keep', true],
  ['mask', false],
] as const)('a token in a note, answered with %s', async (answer, isThere) => {
  const { outcome, shown, logged } = await note(`use ${token} for now`, answer)
  expect(outcome.ok).toBe(true)
  expect(shown).toEqual(['show', 'hide'])
  expect(logged.includes(token)).toBe(isThere)
  expect(logged).toContain('for now')
})

test('what is said with the offer of command, or of its end, is asked about too', async () => {
  const sent: string[] = []
  const gate = createSecretsGate({
    show: () => queueMicrotask(() => gate.store.getState().asked?.answer('cancel')),
    hide: () => {},
  })
  const bare = {
    call: async (name: string) => {
      sent.push(name)
      return { ok: true, value: null }
    },
  } as unknown as Client
  const client = gate.guard(bare)
  const id = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
  const offered = await client.call('handover.offer', { id, to: 'Ben', objectives: [`use ${token}`], hazards: [] })
  const withdrawn = await client.call('handover.withdraw', { id, reason: token })
  expect([offered.ok, withdrawn.ok, sent]).toEqual([false, false, []])
})

test('cancelled, nothing is logged, and it is told as that', async () => {
  const { outcome, logged } = await note(`password=${'x1Y2'.repeat(4)}`, 'cancel')
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'cancelled' } })
  expect(logged).not.toContain('x1Y2')
})

test('what is shown of it has the text around and not the secret', () => {
  const value = { id: '01K', lines: [`before ${token} after`], n: 3 }
  expect(typedSecrets(value)).toEqual([{ rule: 'github token', masked: 'before •••••• after' }])
  expect(maskTyped(value)).toEqual({ id: '01K', lines: ['before [masked: github token] after'], n: 3 })
})
