import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { phaseOf } from '../../../shared/clocks/phases.ts'
import { waiverOf } from '../../../shared/findings/waivers.ts'
import { clockInputOf } from '../../../shared/incident/clock-input.ts'
import { runningTasks } from '../../../shared/tasks/entries.ts'
import { infinity } from '../../shipped-packs.ts'
import { plainDeclaration } from './plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
const minute = 60_000
let folder = ''
let wallMs = 0
let desk: Desk
let id = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-room-'))
  wallMs = Date.parse('2026-11-21T03:00:00.000Z')
  desk = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
  id = desk.incidents.declare(
    plainDeclaration({
      title: 'Nobody can sign in',
      severity: 'p1',
      commander: 'Ana',
      systems: ['sign-in'],
      reportedBy: 'Alertmanager',
    }),
    ana,
  ).id
})

afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const state = () => desk.open(id).state
const later = (ms: number) => new Date(wallMs + ms).toISOString()

function clocksNow() {
  return clocksOf(clockInputOf(state()), infinity.pack, wallMs)
}

test('who reported it and what it hits are kept from the declaration on', () => {
  expect(state().core).toMatchObject({ reportedBy: 'Alertmanager', classifications: [{ systems: ['sign-in'] }] })
})

test('a task is asked back by a clock, anew after each time that it goes on, and no longer once it is done', () => {
  desk.incidents.giveTask(id, { owner: 'Jonas', minutes: 10, text: 'Check the lag' }, null, ana)
  const task = state().tasks.given[0]?.entry ?? ''
  const clock = () => clocksNow().find(({ kind }) => kind === 'check-back')
  expect(clock()).toMatchObject({ title: 'Ask Jonas back: Check the lag', owner: 'Ana', state: 'running' })
  wallMs += 11 * minute
  expect(clock()?.state).toBe('breached')
  desk.room.extendTask(id, { task, minutes: 5, note: null }, ana)
  expect(clock()).toMatchObject({ state: 'running', msLeft: 5 * minute })
  desk.room.endTask(id, { task, outcome: 'done', note: 'No lag' }, ana)
  expect(clock()).toBeUndefined()
  expect(runningTasks(state().tasks)).toEqual([])
  expect(() => desk.room.endTask(id, { task, outcome: 'dropped', note: null }, ana)).toThrow('Ana said that it is done')
  expect(() => desk.room.extendTask(id, { task: 'f'.repeat(64), minutes: 5, note: null }, ana)).toThrow('no such task')
})

test('the phase is where somebody moved it, until a later one begins by its time', () => {
  const phase = () => phaseOf(state().core, infinity.pack, wallMs)
  const ids = infinity.pack.phases.map((one) => one.id)
  expect(phase()).toMatchObject({ place: 0, byHand: null })
  wallMs += minute
  desk.room.enterPhase(id, ids[1] ?? '', 'Seen at once', ana)
  expect(phase()).toMatchObject({ place: 1, byHand: new Date(wallMs).toISOString() })
  wallMs += 20 * minute
  expect(phase()).toMatchObject({ byHand: null, place: 2 })
  desk.room.enterPhase(id, ids[1] ?? '', null, ana)
  wallMs += minute
  expect(phase()?.place).toBe(1)
  expect(() => desk.room.enterPhase(id, 'nowhere', null, ana)).toThrow("no phase 'nowhere'")
})

test('a link is one of those that Muster opens, and what is so already writes nothing', () => {
  desk.room.link(id, { link: 'bridge', title: null, url: 'https://meet.example/1' }, ana)
  const { entries } = state()
  desk.room.link(id, { link: 'bridge', title: null, url: 'https://meet.example/1' }, ana)
  expect(state().entries).toBe(entries)
  expect(() => desk.room.link(id, { link: 'ticket', title: null, url: 'file:///etc/passwd' }, ana)).toThrow('https')
  expect(() => desk.room.link(id, { link: 'ticket', title: null, url: 'not a link' }, ana)).toThrow('https')
  desk.room.link(id, { link: 'bridge', title: null, url: null }, ana)
  expect(state().core.links).toEqual([])
})

test('a severity may hold before its reason is said, unless it is lowered', () => {
  const p2 = { id: 'p2', code: 'P2', name: 'High', rank: 2 }
  const owed = { assumed: false, reason: 'The reason follows.', path: [], owed: true } as const
  expect(() => desk.incidents.setSeverity(id, { ...owed, severity: p2 }, ana)).toThrow('not when it is lowered')
  const said = { assumed: false, reason: 'A workaround holds', path: [] }
  desk.incidents.setSeverity(id, { ...said, severity: p2 }, ana)
  const severity = { id: 'p1', code: 'P1', name: 'Critical', rank: 1 }
  desk.incidents.setSeverity(id, { ...owed, severity }, ana)
  const held = () => state().core.severities.at(-1)
  expect(held()).toMatchObject({ owed: true })
  desk.room.explainSeverity(id, held()?.entry ?? '', 'A workaround holds', ana)
  expect(held()).toMatchObject({ owed: false, reason: 'A workaround holds' })
  expect(() => desk.room.explainSeverity(id, 'f'.repeat(64), 'No', ana)).toThrow('no such change')
})

test('a team is formed, changed under the same title, and is no more without people', () => {
  const set = (lead: string | null, members: string[]) =>
    desk.room.setTeam(id, { title: 'Database', lead, members }, ana)
  set('Mara', ['Mara', 'Jonas', 'Jonas'])
  expect(state().teams).toMatchObject([{ id: 'database', lead: 'Mara', members: ['Jonas'] }])
  desk.room.setTeam(id, { title: 'DATABASE', lead: 'Jonas', members: [] }, ana)
  expect(state().teams).toMatchObject([{ title: 'Database', lead: 'Jonas' }])
  set(null, [])
  expect(state().teams).toEqual([])
  expect(() => set(null, [])).toThrow('Nobody is in it')
})

test('a waiver holds until its time, and ends before it where somebody says so', () => {
  const of = { code: 'D04', object: { kind: 'container' as const, name: 'web', id: '1', project: null, service: null } }
  const finding = { key: 'D04 container web', title: 'web restarts in a loop' }
  desk.room.waive(id, { finding, until: later(60 * minute), reason: 'Known' }, ana)
  expect(waiverOf(of, state().waivers, wallMs)).toMatchObject({ by: 'Ana', reason: 'Known' })
  expect(waiverOf(of, state().waivers, wallMs + 61 * minute)).toBeNull()
  expect(() => desk.room.waive(id, { finding, until: later(-minute), reason: 'Late' }, ana)).toThrow('over already')
  expect(() => desk.room.waive(id, { finding, until: later(400 * 1440 * minute), reason: 'Long' }, ana)).toThrow('year')
  desk.room.waive(id, { finding, until: null, reason: 'Mended' }, ana)
  expect(state().waivers).toEqual({})
  expect(() => desk.room.waive(id, { finding, until: null, reason: 'Again' }, ana)).toThrow('not waived')
})

test('nothing but notes and endings is written into an ended incident', () => {
  desk.incidents.giveTask(id, { owner: 'Jonas', minutes: null, text: 'Check the lag' }, null, ana)
  const task = state().tasks.given[0]?.entry ?? ''
  desk.incidents.resolve(id, 'resolved', 'Rolled back.', ana)
  expect(() => desk.room.enterPhase(id, infinity.pack.phases[1]?.id ?? '', null, ana)).toThrow('ended')
  expect(() => desk.room.setTeam(id, { title: 'Database', lead: 'Mara', members: [] }, ana)).toThrow('ended')
  desk.room.endTask(id, { task, outcome: 'done', note: null }, ana)
  expect(runningTasks(state().tasks)).toEqual([])
})
