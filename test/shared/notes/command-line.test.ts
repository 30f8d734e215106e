import { expect, test } from 'vitest'
import { type LineContext, readLine } from '../../../shared/notes/command-line.ts'

const context: LineContext = {
  nowMs: Date.parse('2026-11-21T14:07:31.000Z'),
  zone: 'utc',
  severities: [
    { id: 'p1', code: 'P1', name: 'Critical' },
    { id: 'p2', code: 'P2', name: 'High' },
    { id: 'sev-3', code: 'Sev 3', name: 'Medium' },
  ],
  people: [],
}
const read = (typed: string) => readLine(typed, context)
const past = '2026-11-21T14:05:00.000Z'

test.each([
  ['', { is: 'empty' }],
  ['  \n ', { is: 'empty' }],
  [' mail ana@example.org ', { is: 'note', text: 'mail ana@example.org', happenedAt: null }],
  ['error: pool full', { is: 'note', text: 'error: pool full', happenedAt: null }],
  ['@14:05 pool is full', { is: 'note', text: 'pool is full', happenedAt: past }],
  ['@2026-11-20 23:50 pool', { is: 'note', text: 'pool', happenedAt: '2026-11-20T23:50:00.000Z' }],
  ['@20min pool', { is: 'note', text: 'pool', happenedAt: '2026-11-21T13:47:31.000Z' }],
  ['@now pool', { is: 'note', text: 'pool', happenedAt: null }],
  ['@14:05 two\nlines', { is: 'note', text: 'two\nlines', happenedAt: past }],
  ['::q! was typed', { is: 'note', text: ':q! was typed', happenedAt: null }],
  [' :q! was typed', { is: 'note', text: ':q! was typed', happenedAt: null }],
  [' @ana looks', { is: 'note', text: '@ana looks', happenedAt: null }],
  ['@14:05 ::q', { is: 'note', text: ':q', happenedAt: past }],
  [':note :q', { is: 'note', text: ':q', happenedAt: null }],
  [':decide roll back', { is: 'decision', text: 'roll back', happenedAt: null }],
  [':Decision roll back', { is: 'decision', text: 'roll back', happenedAt: null }],
  ['@14:05 :decide roll back', { is: 'decision', text: 'roll back', happenedAt: past }],
  [':update EU is down', { is: 'update', text: 'EU is down', happenedAt: null }],
  [':impact nobody can pay', { is: 'impact', text: 'nobody can pay' }],
  [':respond', { is: 'respond' }],
  [':ack', { is: 'respond' }],
  [':resolve', { is: 'resolve' }],
] as const)('%j is read', (typed, said) => {
  expect(read(typed)).toEqual(said)
})

const task = { is: 'task', owner: 'Ana', minutes: 10, text: 'check db', happenedAt: null }

test.each([
  [':task Ana 10 check db', task],
  [':task Ana 10m check db', task],
  [':task  Ana  10min  check db ', task],
  [':task Ana 2h check db', { ...task, minutes: 120 }],
  [':task Ana check db', { ...task, minutes: null }],
  [':task Ana - 3 replicas lag', { ...task, minutes: null, text: '3 replicas lag' }],
  [':task "Ana Ruiz" 5 check db', { ...task, owner: 'Ana Ruiz', minutes: 5 }],
  ['@14:05 :task Ana 10 check db', { ...task, happenedAt: past }],
])('%j is a task', (typed, said) => {
  expect(read(typed)).toEqual(said)
})

const p1 = { is: 'severity', severity: 'p1', code: 'P1', name: 'Critical', reason: 'nobody can pay' }

test.each([
  [':sev P1 nobody can pay', p1],
  [':sev p1 nobody can pay', p1],
  [':severity 1 nobody can pay', p1],
  [':sev critical nobody can pay', p1],
  [':sev Sev 3 only one', { ...p1, severity: 'sev-3', code: 'Sev 3', name: 'Medium', reason: 'only one' }],
  [':sev 3 only one', { ...p1, severity: 'sev-3', code: 'Sev 3', name: 'Medium', reason: 'only one' }],
])('%j is a severity of the pack', (typed, said) => {
  expect(read(typed)).toEqual(said)
})

test.each([
  [':role commander Ana Ruiz', { is: 'role', role: 'commander', name: 'Ana Ruiz' }],
  [':role comms "Li Wen"', { is: 'role', role: 'communications', name: 'Li Wen' }],
  [':role scribe nobody', { is: 'role', role: 'scribe', name: null }],
])('%j gives a role', (typed, said) => {
  expect(read(typed)).toEqual(said)
})

test.each([
  ['@noon pool', "'@noon' is no time."],
  ['@2027-01-01 10:00 pool', 'That lies in the future.'],
  ['@14:05 :sev P1 bad', ':sev holds from the moment it is logged.'],
  [':task Ana 0 check', '0 minutes is no time to ask back in.'],
  [':task Ana 2000 check', '2000 minutes is no time to ask back in.'],
  [':task "" 5 check', 'The name is empty.'],
  [':task Ana 5h1 check', null],
  [':sev P9 bad', "This runbook has no severity 'P9'."],
  [':role boss Ana', "There is no role 'boss'."],
  [':respond now', ':respond stands alone.'],
  [':resolve it works', ':resolve stands alone.'],
  [':xyzzy', 'There is no command :xyzzy.'],
  [`:decide ${'x'.repeat(20_001)}`, 'It is longer than 20,000 characters.'],
  ['x'.repeat(100_001), 'It is longer than 100,000 characters.'],
])('%.40j is refused with a reason', (typed, happened) => {
  const said = read(typed)
  if (happened === null) expect(said).toMatchObject({ is: 'task', minutes: null })
  else expect(said).toMatchObject({ is: 'wrong', unfinished: false, happened })
})

test.each([
  '@14:05',
  ':',
  ':ta',
  ':task',
  ':task Ana',
  ':task Ana 10',
  ':task "Ana R',
  ':decide',
  ':sev',
  ':sev P1',
  ':role',
  ':role deputy',
  ':note',
])('%j is right as far as it goes', (typed) => {
  expect(read(typed)).toMatchObject({ is: 'wrong', unfinished: true })
})

test('what was nearly typed is offered', () => {
  expect(read(':taks Ana 10 check')).toMatchObject({ next: expect.stringContaining('Did you mean :task NAME') })
  expect(read(':severty P1')).toMatchObject({ next: expect.stringContaining('Did you mean :sev CODE') })
  expect(read(':sev P11 bad')).toMatchObject({ next: expect.stringContaining('Did you mean :sev P1?') })
  expect(read(':role scrib Ana')).toMatchObject({ next: 'Did you mean :role scribe?' })
})

test('without a runbook no severity can be typed', () => {
  expect(readLine(':sev P1 bad', { ...context, severities: [] })).toMatchObject({ is: 'wrong', unfinished: false })
})

test('a number that two severities share names neither', () => {
  const severities = [...context.severities, { id: 'x1', code: 'X1', name: 'Other' }]
  expect(readLine(':sev 1 bad', { ...context, severities })).toMatchObject({ is: 'wrong' })
})
