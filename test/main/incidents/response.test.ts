import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Alarm, Desk } from '../../../main/desk/desk.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { clockInputOf } from '../../../shared/incident/clock-input.ts'
import { infinity, shippedPack } from '../../shipped-packs.ts'
import { plainDeclaration } from './plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
const dharma = shippedPack('dharma')
const aureus = shippedPack('aureus')
const start = Date.parse('2026-11-21T03:00:00.000Z')
let folder = ''
let wallMs = 0
let desk: Desk

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-response-'))
  wallMs = start
  desk = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
})

afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function declared(loaded: typeof dharma, severity: string, parts: { commander?: string } = {}): string {
  return desk.incidents.declare(plainDeclaration({ title: 'Nobody can sign in', severity, ...parts }, loaded), ana).id
}

const stateOf = (id: string) => desk.open(id).state
const call = { person: null, means: 'phone', result: 'reached', edge: null, note: null, happenedAt: null } as const
const told = { to: null, means: null, result: 'told', note: null, happenedAt: null } as const

function clock(id: string, named: string) {
  const { state, pack } = desk.open(id)
  if (pack === null) throw new Error('no pack')
  return clocksOf(clockInputOf(state), pack, wallMs).find((one) => one.id === named)
}

function rung(): string[] {
  const alarms: Alarm[] = []
  desk.ringDue((rung) => alarms.push(...rung))
  return alarms.filter(({ at }) => at !== 'soon').map(({ title }) => title)
}

describe('the team of a Severity 1 of Dharma', () => {
  test('is called up at 0, 5, 10 and 15 minutes: each rings once', () => {
    declared(dharma, 'Severity 1')
    const heard: Record<number, string[]> = {}
    for (const minute of [0, 1, 5, 9, 10, 15, 16]) {
      wallMs = start + minute * 60_000
      heard[minute] = rung()
    }
    expect(heard[0]?.toSorted()).toEqual(['Tell Incident Commander (IC)', 'Tell Technical Lead'])
    expect(heard[1]).toEqual([])
    expect(heard[5]).toEqual(['Tell Communications Lead'])
    expect(heard[10]).toEqual(['Tell Security Lead (if: Security-related)'])
    expect(heard[15]).toEqual(expect.arrayContaining(['Tell Senior Management', 'First response']))
    expect(heard[16]).toEqual([])
  })

  test('stops for whoever was told, was reached, or need not be told', () => {
    const id = declared(dharma, 'Severity 1', { commander: 'Ana' })
    wallMs += 60_000
    desk.response.call(id, { ...call, role: 'Technical Lead' }, ana)
    desk.response.tell(id, { ...told, notification: 'activate-communications-lead' }, ana)
    desk.response.tell(
      id,
      { ...told, notification: 'activate-security-lead', result: 'not-needed', note: 'No sign of it.' },
      ana,
    )
    desk.response.tell(id, { ...told, notification: 'activate-senior-management', result: 'not-reached' }, ana)
    wallMs += 20 * 60_000
    expect(rung().toSorted()).toEqual(['First response', 'Tell Senior Management'])
    expect(clock(id, 'notification:activate-communications-lead')?.state).toBe('met')
    expect(clock(id, 'notification:activate-senior-management')?.state).toBe('breached')
    expect(() =>
      desk.response.tell(id, { ...told, notification: 'activate-security-lead', result: 'not-needed' }, ana),
    ).toThrow('why')
  })
})

describe('a call', () => {
  test('is logged with the rule that calls them, and stops what waits for it', () => {
    const id = declared(infinity, 'P1')
    desk.response.call(id, { ...call, role: 'team lead', person: 'Ben' }, ana)
    expect(stateOf(id).callouts.calls).toMatchObject([{ role: 'team-lead', person: 'Ben', edge: 'call-lead' }])
  })

  test('to nobody whom the runbook knows, or in the future, is refused', () => {
    const id = declared(infinity, 'P1')
    expect(() => desk.response.call(id, { ...call, role: 'team-leed' }, ana)).toThrow("There is no role 'team-leed'")
    expect(() =>
      desk.response.call(id, { ...call, role: 'ciso', happenedAt: '2027-01-01T00:00:00.000Z' }, ana),
    ).toThrow('future')
  })
})

describe('a clock', () => {
  test('stands still with a reason, does not ring meanwhile, and runs on with what was left', () => {
    const id = declared(infinity, 'P1')
    wallMs = start + 10 * 60_000
    desk.response.pauseClock(id, 'response', 'The provider has it.', ana)
    wallMs = start + 60 * 60_000
    expect(clock(id, 'response')).toMatchObject({
      state: 'paused',
      msLeft: 5 * 60_000,
      paused: { reason: 'The provider has it.' },
    })
    expect(rung()).not.toContain('First response')
    expect(() => desk.response.pauseClock(id, 'response', 'Again.', ana)).toThrow('stands still already')
    desk.response.resumeClock(id, 'response', 'It came back.', ana)
    wallMs += 5 * 60_000
    expect(clock(id, 'response')?.state).toBe('breached')
    expect(rung()).toContain('First response')
    expect(() => desk.response.resumeClock(id, 'response', 'Again.', ana)).toThrow('does not stand still')
  })

  test('that another entry stops is not simply done', () => {
    const id = declared(infinity, 'P1')
    expect(() => desk.response.meetClock(id, 'response', null, ana)).toThrow('another entry')
    expect(() => desk.response.meetClock(id, 'respons', null, ana)).toThrow("no clock that runs 'respons'")
    desk.incidents.resolve(id, 'resolved', 'Restarted.', ana)
    desk.response.meetClock(id, 'post-mortem', 'Written elsewhere.', ana)
    expect(clock(id, 'post-mortem')?.state).toBe('met')
  })
})

test('two incidents are tied together, and the tie can be taken back; none is tied to itself', () => {
  const [id, other] = [declared(infinity, 'P1'), declared(dharma, 'Severity 2')]
  desk.response.relate(id, other, 'duplicate-of', ana)
  desk.response.relate(id, other, 'duplicate-of', ana)
  expect(stateOf(id).core.relations).toMatchObject([{ incident: other, how: 'duplicate-of' }])
  expect(stateOf(id).entries).toBe(4)
  desk.response.relate(id, other, null, ana)
  expect(stateOf(id).core.relations).toEqual([])
  expect(() => desk.response.relate(id, id, 'related', ana)).toThrow('same incident')
})

test('types of the runbook are beside the severity, and what is not in it is refused', () => {
  const id = declared(dharma, 'Severity 1')
  const [type] = dharma.pack.incidentTypes
  desk.response.classify(id, { types: [type?.title ?? ''], priority: null, systems: [] }, ana)
  expect(stateOf(id).core.classifications.at(-1)?.types).toEqual([{ id: type?.id, title: type?.title }])
  expect(stateOf(id).core.severity?.code).toBe('Severity 1')
  expect(() => desk.response.classify(id, { types: ['flood'], priority: null, systems: [] }, ana)).toThrow(
    "no type of incident 'flood'",
  )
  expect(() => desk.response.classify(id, { types: [], priority: 'high', systems: [] }, ana)).toThrow(
    'There is no priority here',
  )
})

test('a guide never rings, however long its window is over', () => {
  const id = declared(infinity, 'P4')
  wallMs = start + 3 * 86_400_000
  expect(clock(id, 'phase:resolve')).toMatchObject({ state: 'breached', quiet: true })
  expect(rung()).toEqual(['Call Senior Engineer', 'First response'])
})

test('what is ticked of the things to do afterwards stops its clock', () => {
  const id = declared(aureus, 'P0')
  const item = aureus.pack.postIncident.find(({ withinHours }) => withinHours !== null)
  if (item === undefined) throw new Error('AUREUS has nothing to do afterwards in a time')
  desk.incidents.resolve(id, 'resolved', 'Restarted.', ana)
  expect(clock(id, `post-incident:${item.id}`)?.endedAt).toBeNull()
  wallMs += 3_600_000
  const what = {
    list: { kind: 'post-incident', id: 'post-incident', title: 'After the incident' },
    stage: null,
  } as const
  desk.incidents.check(
    id,
    { ...what, item: { id: item.id, title: item.text }, value: null, done: true, note: null },
    null,
    ana,
  )
  expect(clock(id, `post-incident:${item.id}`)?.state).toBe('met')
})
