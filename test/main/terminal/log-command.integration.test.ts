import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { muster, musterJson } from './muster.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-log-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('a line is logged as the quick entry reads it, starred by its number, and refused with what to type', async () => {
  await muster(['declare', '--data', folder, '--pack', 'infinity', '--title', 'Sign-in fails', '--severity', 'P2'])
  const log = (line: string) => muster(['log', '0001', line, '--data', folder, '--as', 'Tom'])
  expect((await log(':task "Ana Ruiz" 10 check db')).out).toContain('Task for Ana Ruiz, 10 min: check db')
  expect((await log('@20min :decide roll back')).exit).toBe(0)
  expect((await log(':sev 1 nobody can pay')).exit).toBe(0)
  expect(await musterJson(['star', '0001', '#4', '--data', folder])).toMatchObject({ starred: true })
  const wrong = await log(':taks Ana 10 check db')
  expect([wrong.exit, wrong.err]).toEqual([1, expect.stringContaining('Did you mean :task NAME 10 what to do?')])
  expect((await log(':resolve')).err).toContain('muster resolve INC-')
  const desk = new Desk(folder, systemClock)
  const { state, entries } = desk.whole(desk.find('0001').id)
  desk.close()
  expect(state.tasks.given).toMatchObject([{ owner: 'Ana Ruiz', minutes: 10, text: 'check db' }])
  expect(state.tasks.decisions).toMatchObject([{ text: 'roll back', by: 'Tom' }])
  expect([state.core.severity?.code, state.core.status]).toEqual(['P1', 'open'])
  expect(entries.find(({ hash }) => hash === state.stars[0])?.kind).toBe('task-given')
})
