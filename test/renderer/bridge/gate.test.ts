import { expect, test, vi } from 'vitest'
import type { Client } from '../../../renderer/bridge/client.ts'
import { createQuestion, gated } from '../../../renderer/bridge/gate.ts'

const refusal = { code: 'cancelled', tried: 'Log it', happened: 'You said no.', next: 'Log it later.' } as const

test('a call goes out as the gate passes it, or is answered by its refusal', async () => {
  const call = vi.fn(async () => ({ ok: true as const, value: null }))
  const client = gated({ call } as unknown as Client, async (name, argument) =>
    name === 'desk.introduce' ? { send: argument } : { refusal },
  )
  expect(await client.call('desk.introduce', { name: 'Ana' })).toEqual({ ok: true, value: null })
  expect(await client.call('practice.stop', {})).toEqual({ ok: false, refusal })
  expect(call.mock.calls).toEqual([['desk.introduce', { name: 'Ana' }]])
})

test('a newer question takes the place of an older one, and an answer counts once', async () => {
  const screen = { show: vi.fn(), hide: vi.fn() }
  const { store, ask } = createQuestion<{ what: string }, string>(screen, 'unanswered')
  const first = ask({ what: 'first' })
  const asked = store.getState().asked
  const second = ask({ what: 'second' })
  expect(await first).toBe('unanswered')
  asked?.answer('too late')
  expect(store.getState().asked?.what).toBe('second')
  store.getState().asked?.answer('yes')
  expect(await second).toBe('yes')
  expect(store.getState().asked).toBeNull()
})
