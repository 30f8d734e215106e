import { expect, test } from 'vitest'
import type { DeskClient } from '../../../main/desk/desk-client.ts'
import { guardObserver } from '../../../main/terminal/observer-guard.ts'
import { RefusalError } from '../../../shared/refusal.ts'

const by = { contact: null, name: 'Ana' }

/** A desk that writes down what it is asked; `looksOn`: another one has command. */
function deskThat(looksOn: boolean) {
  const asked: string[] = []
  const answers: Readonly<Record<string, unknown>> = {
    commandStanding: {
      looksOn,
      elsewhere: looksOn ? { who: 'Ben', since: '2026-11-21T14:02:00.000Z', chain: null } : null,
    },
    find: { core: { number: 'INC-2026-1121-0001' } },
  }
  const ask = async (op: string) => {
    asked.push(op)
    return answers[op]
  }
  return { desk: { ask } as unknown as DeskClient, asked }
}

test('what a commander does is refused at a desk that looks on, with who has command and what to do next', async () => {
  const { desk, asked } = deskThat(true)
  const refused = await guardObserver(desk, false)
    .ask('resolve', '01K', 'resolved', 'It went away.', by)
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RefusalError)
  expect((refused as RefusalError).refusal).toMatchObject({
    code: 'not-allowed',
    happened: expect.stringMatching(/^Ben has command of it at another desk since .*14:02.*Nothing was written\.$/),
    next: expect.stringMatching(/muster take INC-2026-1121-0001 --reason TEXT.*--all-the-same/),
  })
  expect(asked).not.toContain('resolve')
})

test('it is done where somebody says so, and where command is here', async () => {
  const [there, here] = [deskThat(true), deskThat(false)]
  await guardObserver(there.desk, true).ask('respond', '01K', by)
  await guardObserver(here.desk, false).ask('respond', '01K', by)
  expect([there.asked, here.asked]).toEqual([['respond'], ['commandStanding', 'respond']])
})

test('notes, looking and taking command are nobody else’s business', async () => {
  const { desk, asked } = deskThat(true)
  const guarded = guardObserver(desk, false)
  await guarded.ask('note', '01K', 'I look on.', null, by)
  await guarded.ask('open', '01K')
  await guarded.ask('takeCommand', '01K', { name: 'Ana', reason: 'They are lost.' }, by)
  expect(asked).toEqual(['note', 'open', 'takeCommand'])
})
