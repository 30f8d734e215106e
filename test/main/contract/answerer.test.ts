import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnswerer, type Handlers } from '../../../main/contract/answerer.ts'
import { answerSchema, calls } from '../../../shared/contract.ts'
import { refuse } from '../../../shared/refusal.ts'

const names = [...calls.keys()]

/** Handlers that must not be reached: each rejected message has to be stopped by its schema. */
const unreachable = new Proxy({} as Handlers, {
  get: (_target, name) => () => Promise.reject(new Error(`${String(name)} was reached`)),
})

async function ask(name: string, text: string) {
  return answerSchema.parse(JSON.parse(await createAnswerer(unreachable, () => undefined)(name, text)))
}

const hostileJson = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom('', '{', 'null', '[]', '{"__proto__":{"id":1}}', '1e999', '"\\ud800"', '['.repeat(100_000)),
  fc.record({ id: fc.anything(), text: fc.anything(), extra: fc.anything() }).map((value) => {
    try {
      return JSON.stringify(value) ?? ''
    } catch {
      return ''
    }
  }),
)

function isRejected(name: string, text: string): boolean {
  try {
    return calls.get(name)?.argument.safeParse(JSON.parse(text)).success !== true
  } catch {
    return true
  }
}

test('ten thousand messages that the schemas reject get a refusal each, and nothing else', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constantFrom(...names), fc.string()), hostileJson, async (name, text) => {
      if (!isRejected(name, text)) return
      const answer = await ask(name, text)
      expect(answer).toMatchObject({ ok: false, refusal: { code: 'bad-input' } })
      refused += 1
    }),
    { numRuns: 10_500 },
  )
  expect(refused).toBeGreaterThan(10_000)
})

test('a message over the cap is refused before it is parsed', async () => {
  expect(await ask('incidents.note', `"${'x'.repeat(5_000_000)}"`)).toMatchObject({
    ok: false,
    refusal: { code: 'bad-input' },
  })
})

test('names from the prototype are no calls', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'desk']) expect((await ask(name, '{}')).ok).toBe(false)
})

test('a bug in a handler is logged with its stack and answered without it', async () => {
  const logged: string[] = []
  const answer = await createAnswerer(unreachable, (what) => logged.push(what))('desk.open', '{}')
  expect(JSON.parse(answer)).toMatchObject({ ok: false, refusal: { code: 'bug' } })
  expect(answer).not.toContain('was reached')
  expect(logged.join()).toContain('desk.open was reached')
})

test('a refusal of a handler is answered as it is', async () => {
  const refusal = { tried: 'Look', happened: 'Nothing there.', next: 'Look elsewhere.' }
  const handlers = new Proxy({} as Handlers, { get: () => () => Promise.reject(refuse('not-found', refusal)) })
  const answer = await createAnswerer(handlers, () => undefined)('desk.open', '{}')
  expect(JSON.parse(answer)).toEqual({ ok: false, refusal: { code: 'not-found', ...refusal } })
})

test('a result that breaks its schema never reaches the window', async () => {
  const handlers = new Proxy({} as Handlers, { get: () => () => Promise.resolve({ secret: 1 }) })
  const answer = await createAnswerer(handlers, () => undefined)('desk.open', '{}')
  expect(JSON.parse(answer)).toMatchObject({ ok: false, refusal: { code: 'bug' } })
})

test('the cause of a refusal that is a bug is logged, and is not in the answer', async () => {
  const logged: string[] = []
  const cause = new Error('the thread ran out of memory')
  const refusal = { tried: 'Sweep', happened: 'The thread ended.', next: 'Sweep again.' }
  const handlers = new Proxy({} as Handlers, { get: () => () => Promise.reject(refuse('bug', { ...refusal, cause })) })
  const answer = await createAnswerer(handlers, (what) => logged.push(what))('desk.open', '{}')
  expect(JSON.parse(answer)).toEqual({ ok: false, refusal: { code: 'bug', ...refusal } })
  expect(logged).toEqual([`bug in desk.open: ${cause.stack}`])
})
