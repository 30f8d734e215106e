import { expect, test, vi } from 'vitest'
import type { Client } from '../../../renderer/bridge/client.ts'
import { createHandoverStore } from '../../../renderer/handover/handover-store.ts'
import type { CommandStanding } from '../../../shared/handover/calls.ts'

const [first, second] = ['01KAHB7Q7N8S3H9F0V6Z2M4XWC', '01KAHB7Q7N8S3H9F0V6Z2M4XWD']

function standing(looksOn: boolean): CommandStanding {
  return { looksOn, commander: 'Ana', elsewhere: null, offer: null, objectives: [], hazards: [], people: [] }
}

/** A store whose questions are answered by hand, in any order. */
function storeAt() {
  const answers: ((looksOn: boolean) => void)[] = []
  const call = vi.fn(
    () =>
      new Promise((resolve) => {
        answers.push((looksOn) => resolve({ ok: true, value: standing(looksOn) }))
      }),
  )
  return { handover: createHandoverStore({ call } as unknown as Client), answers }
}

test('an answer about one incident holds, though another was asked about meanwhile', async () => {
  const { handover, answers } = storeAt()
  handover.look(first, 1)
  answers[0]?.(false)
  await vi.waitFor(() => expect(handover.store.getState().standings[first]).toBeDefined(), 30_000)
  handover.look(first, 2)
  handover.look(second, 1)
  answers[1]?.(true)
  await vi.waitFor(() => expect(handover.looksOn(first)).toBe(true), 30_000)
  answers[2]?.(false)
  await vi.waitFor(() => expect(handover.store.getState().standings[second]).toBeDefined(), 30_000)
  expect(handover.looksOn(first)).toBe(true)
})

test('an older answer about the same incident does not undo the newer one', async () => {
  const { handover, answers } = storeAt()
  handover.look(first, 1)
  handover.look(first, 2)
  answers[1]?.(true)
  await vi.waitFor(() => expect(handover.looksOn(first)).toBe(true), 30_000)
  answers[0]?.(false)
  await new Promise((done) => {
    setImmediate(done)
  })
  expect(handover.looksOn(first)).toBe(true)
})
