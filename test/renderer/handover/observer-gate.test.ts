import { describe, expect, test, vi } from 'vitest'
import type { Client } from '../../../renderer/bridge/client.ts'
import { createObserverGate } from '../../../renderer/handover/observer-gate.ts'

const id = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const reopen = ['incidents.reopen', { id, reason: 'It is back.' }] as const

function gateAt(looksOn: boolean) {
  const call = vi.fn(async () => ({ ok: true as const, value: null }))
  const screen = { looksOn: () => looksOn, show: vi.fn(), hide: vi.fn() }
  const gate = createObserverGate(screen)
  const client = gate.guard({ call } as unknown as Client)
  return { call, screen, gate, client }
}

describe('at a desk that looks on', () => {
  test('what commands is asked about first, and left to the other desk', async () => {
    const { call, screen, gate, client } = gateAt(true)
    const outcome = client.call(...reopen)
    expect(screen.show).toHaveBeenCalledOnce()
    expect(gate.store.getState().asked?.incident).toBe(id)
    gate.store.getState().asked?.answer(false)
    expect(await outcome).toMatchObject({ ok: false, refusal: { code: 'cancelled' } })
    expect(screen.hide).toHaveBeenCalledOnce()
    expect(call).not.toHaveBeenCalled()
  })

  test('it is written all the same where somebody says so', async () => {
    const { call, gate, client } = gateAt(true)
    const outcome = client.call(...reopen)
    gate.store.getState().asked?.answer(true)
    expect(await outcome).toEqual({ ok: true, value: null })
    expect(call).toHaveBeenCalledWith(...reopen)
  })

  test('a second question takes the place of the first', async () => {
    const { call, gate, client } = gateAt(true)
    const first = client.call(...reopen)
    const second = client.call(...reopen)
    expect(await first).toMatchObject({ ok: false })
    gate.store.getState().asked?.answer(true)
    expect(await second).toMatchObject({ ok: true })
    expect(call).toHaveBeenCalledOnce()
  })

  test('notes, looking and handing over are not asked about', async () => {
    const { call, screen, client } = gateAt(true)
    await client.call('incidents.note', { id, text: 'I look on.', happenedAt: null })
    await client.call('incidents.page', { id, from: 0, to: 10 })
    await client.call('handover.take', { id, name: 'Ana', reason: 'They are lost.', becomeOperator: false })
    expect(call).toHaveBeenCalledTimes(3)
    expect(screen.show).not.toHaveBeenCalled()
  })
})

test('a desk that has command is not asked', async () => {
  const { call, screen, client } = gateAt(false)
  await client.call(...reopen)
  expect(call).toHaveBeenCalledOnce()
  expect(screen.show).not.toHaveBeenCalled()
})
