import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import type { IncidentState } from '../../../shared/incident/state.ts'
import { muster } from './muster.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-first-minutes-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const say = (...args: string[]) => muster([...args, '--data', join(folder, 'data'), '--as', 'Mira'])

function stateOf(number: string): IncidentState {
  const desk = new Desk(join(folder, 'data'), systemClock)
  const { state } = desk.whole(desk.find(number).id)
  desk.close()
  return state
}

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const alert = JSON.stringify({
  labels: { alertname: 'TokenReplay', service: 'auth' },
  annotations: { summary: 'Tokens are used twice', token },
  startsAt: '2026-01-05T02:11:00Z',
})

test('an alert from a file or a pipe declares, and what is said beside it holds', async () => {
  const file = join(folder, 'alert.json')
  writeFileSync(file, alert)
  const declared = await say('declare', '--pack', 'aureus', '--alert', file, '--reported-by', 'Tom')
  expect([declared.exit, declared.out]).toEqual([0, expect.stringContaining('Masked before it was kept: 1 secret.')])
  expect(stateOf('0001').core).toMatchObject({
    title: 'Tokens are used twice',
    detectedAt: '2026-01-05T02:11:00.000Z',
    reportedBy: 'Tom',
    classifications: [{ systems: ['auth'] }],
  })
  expect(stateOf('0001').evidence).toHaveLength(1)
  expect(readFileSync(join(folder, 'data', 'journal.db')).includes(token)).toBe(false)

  const from = ['declare', '--data', join(folder, 'data'), '--pack', 'aureus', '--alert', '-']
  const piped = await muster(from, {}, { input: 'Nobody can pay\nsays support' })
  expect(piped.out).toContain('Its text stands in the timeline.')
  expect(stateOf('0002').core.title).toBe('Nobody can pay')
  expect((await muster(from, {}, { input: '' })).err).toContain('There is nothing in it.')
  expect((await say('declare', '--pack', 'aureus')).err).toContain('It does not say what is wrong.')
})

test('a reason follows a raised severity alone, links are set, and a duplicate is ended', async () => {
  await say('declare', '--pack', 'infinity', '--title', 'Sign-in fails', '--severity', 'P2', '--system', 'auth')
  await say('declare', '--pack', 'infinity', '--title', 'Login broken')
  expect((await say('severity', '0001', 'P1', '--reason-follows')).out).toContain('muster why INC-')
  expect((await say('severity', '0001', 'P3', '--reason-follows')).err).toContain('not when it is lowered')
  expect((await say('why', '0001', '--reason', 'All users')).exit).toBe(0)
  expect((await say('why', '0001', '--reason', 'Again')).err).toContain('Every severity of it has its reason.')
  expect((await say('link', '0001', 'bridge', 'https://meet.example.com/x', '--title', 'War room')).exit).toBe(0)
  expect((await say('link', '0001', 'bridge', 'ftp://x')).err).toContain('https, mailto, tel and sms links only')
  expect((await say('link', '0001', 'fax', 'tel:1')).err).toContain("There is no link 'fax'.")
  expect((await say('relate', '0002', '0001', '--end')).err).toContain('--how duplicate-of --end')
  expect((await say('relate', '0002', '0001', '--how', 'duplicate-of', '--end')).out).toContain('the work goes on in')
  expect(stateOf('0001').core).toMatchObject({
    severities: [{ owed: false }, { severity: { code: 'P1' }, reason: 'All users', owed: false }],
    links: [{ link: 'bridge', title: 'War room', url: 'https://meet.example.com/x' }],
  })
  expect(stateOf('0002').core).toMatchObject({ status: 'resolved', relations: [{ how: 'duplicate-of' }] })
})
