import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { Bridge } from '../../../shared/bridge.ts'
import { createClient } from '../../../renderer/bridge/client.ts'
import { type CallName, calls } from '../../../shared/contract.ts'
import { FakeMain } from '../fake-main.ts'

afterEach(() => vi.useRealTimers())

function bridgeOf(answer: () => Promise<string>): Bridge {
  return { calls: { 'desk.open': answer }, listen: () => () => undefined }
}

test('a call answers its value', async () => {
  const client = createClient(new FakeMain().bridge())
  const outcome = await client.call('desk.open', {})
  expect(outcome.ok && outcome.value.desk.operator?.name).toBe('Ana Ruiz')
})

test('a refusal is an answer, whole', async () => {
  const main = new FakeMain()
  const refusal = {
    code: 'storage',
    tried: 'Open the desk',
    happened: 'The disk is full.',
    next: 'Make room.',
  } as const
  main.refusals.set('desk.open', refusal)
  expect(await createClient(main.bridge()).call('desk.open', {})).toEqual({ ok: false, refusal })
})

test('a call that this window does not have is refused as a bug', async () => {
  const client = createClient({ calls: {}, listen: () => () => undefined })
  const outcome = await client.call('desk.open', {})
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'bug', happened: 'This window has no such call.' } })
})

test('an answer of another form is refused and not shown', async () => {
  const client = createClient(bridgeOf(() => Promise.resolve('{"ok":"yes"}')))
  expect(await client.call('desk.open', {})).toMatchObject({ ok: false, refusal: { code: 'bug' } })
})

test('a bridge that breaks is refused with its reason', async () => {
  const client = createClient(bridgeOf(() => Promise.reject(new Error('the pipe is closed'))))
  expect(await client.call('desk.open', {})).toMatchObject({ refusal: { code: 'bug', happened: 'the pipe is closed' } })
})

test('a call without an answer times out in half a minute', async () => {
  vi.useFakeTimers()
  const client = createClient(bridgeOf(() => new Promise(() => undefined)))
  const asked = client.call('desk.open', {})
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await asked).toMatchObject({ refusal: { code: 'timed-out', happened: 'No answer came within 30 s.' } })
})

/** The calls that main answers with a dialog, as its handlers are written. */
function callsWithDialogs(): CallName[] {
  const main = join(import.meta.dirname, '../../../main')
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('handlers.ts'))
  const answers = files.flatMap((file) => readFileSync(join(main, file), 'utf8').split(/^ {4}(?=')/m))
  return answers
    .filter((answer) => /\b(chosenFile|saveAnchor|choose\w+)\(/.test(answer))
    .map((answer) => /^'([\w.]+)'/.exec(answer)?.[1] ?? '')
    .filter((name): name is CallName => calls.has(name))
}

test('a call that opens a dialog waits for the person, however long', async () => {
  vi.useFakeTimers()
  const asked = callsWithDialogs()
  expect(asked).toEqual(expect.arrayContaining(['merging.export', 'storage.chooseFolder', 'journal.saveAnchor']))
  const ended: string[] = []
  for (const name of asked) {
    const client = createClient({
      calls: { [name]: () => new Promise(() => undefined) },
      listen: () => () => undefined,
    })
    void client.call(name, {}).then(() => ended.push(name))
  }
  await vi.advanceTimersByTimeAsync(24 * 3_600_000)
  expect(ended).toEqual([])
})
