import { expect, test } from 'vitest'
import { notAsked, notYet } from '../../../shared/docker/snapshot.ts'
import { couldNotRead } from '../../../shared/findings/blind-spots.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { findingSchema } from '../../../shared/findings/finding.ts'
import { container, ended, now, snapshot } from './snapshots.ts'

const unread = { read: false, code: 'timed-out', why: 'No whole answer within 5 s.' } as const

test('nothing is dark where all was read', () => {
  expect(couldNotRead(snapshot([container('a')]))).toEqual([])
})

test('every part that could not be read is told', () => {
  const blind = { ...container('a'), facts: unread, logs: { stdout: unread, stderr: unread }, usage: unread }
  const strays = [{ what: 'Container 2 of the list', why: 'Its entry has not the form.' }]
  expect(
    couldNotRead(snapshot([blind], [], { engine: unread, events: unread, strays })).map(({ what }) => what),
  ).toEqual([
    'The version of the engine',
    'What happened lately',
    'The state of a',
    'The log (stdout) of a',
    'The log (stderr) of a',
    'CPU and memory of a',
    'Container 2 of the list',
  ])
})

test('a list that could not be read is told', () => {
  expect(couldNotRead(snapshot([], [], { containers: unread }))).toEqual([{ what: 'The containers', why: unread.why }])
})

const find = (...given: Parameters<typeof snapshot>) =>
  deriveFindings(snapshot(...given), now).map((one) => findingSchema.parse(one))

test('each blind spot is a finding with a next step, below all that is wrong', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const dark = { ...container('a'), facts: unread, logs: { stdout: unread, stderr: unread }, usage: unread }
  const parts = {
    engine: unread,
    events: unread,
    images: unread,
    networks: unread,
    disk: unread,
    published: unread,
    room: unread,
  }
  const strays = [{ what: 'Container 2 of the list', why: 'Its entry has not the form.' }]
  const all = [dark, ...names.slice(1).map((name) => container(name)), container('old', ended(1, 900_000))]
  const shown = snapshot(all, [], { ...parts, strays })
  const found = find(all, [], { ...parts, strays })
  expect(found.map(({ code, rank }) => [code, rank])).toEqual([
    ['D01', 1],
    ...found.slice(1).map(({ code }, place) => [code, place + 2]),
  ])
  expect(
    found
      .slice(1)
      .map(({ code }) => code)
      .toSorted(),
  ).toEqual(['X01', 'X02', 'X03', 'X04', 'X05', 'X06', 'X07', 'X08', 'X09', 'X10', 'X11'])
  for (const { tier, next, why } of found.slice(1))
    expect([tier, next.length > 20, why.length > 20]).toEqual([3, true, true])
  // Nothing that is told to be dark is without a card.
  const told = found
    .map(({ title, effects, why }) => [title, why, ...effects.map((effect) => effect.title)].join('\n').toLowerCase())
    .join('\n')
  for (const { why } of couldNotRead(shown)) expect(told).toContain(why.toLowerCase())
})

test('many blind spots of one kind are one finding, each named in it', () => {
  const forbidden = { read: false, code: 'no-permission', why: 'The engine does not let this user.' } as const
  const dark = ['a', 'b'].map((name) => ({ ...container(name), logs: { stdout: unread, stderr: forbidden } }))
  const [first, ...others] = find(dark)
  expect(others).toEqual([])
  expect([first?.code, first?.title, first?.object.kind]).toEqual([
    'X03',
    'could not check the log of 2 containers',
    'engine',
  ])
  expect(first?.why).toContain('No whole answer within 5 s. (2 times) The engine does not let this user. (2 times)')
  expect(first?.effects.map(({ title }) => title)).toEqual([
    'could not check the log (stdout) of a',
    'could not check the log (stderr) of a',
    'could not check the log (stdout) of b',
    'could not check the log (stderr) of b',
  ])
  expect(first?.evidence).toContain('containers/b/stderr.log')
})

test('an engine that gives nothing is one finding, and so is one that hangs', () => {
  const gone = { read: false, code: 'unreachable', why: 'Nobody listens there.' } as const
  const none = { engine: gone, containers: gone, events: gone, images: gone, networks: gone, disk: gone }
  expect(find([], [], none).map(({ code }) => code)).toEqual(['D18'])
  const silent = ['a', 'b', 'c', 'd'].map((name) => ({ ...container(name), facts: unread }))
  const [first, ...others] = find(silent)
  expect([first?.code, first?.effects.length, others]).toEqual(['D19', 4, []])
})

test('what a sweep did not ask for, or has not come to, is no blind spot', () => {
  const early = {
    engine: notYet,
    events: notYet,
    images: notYet,
    networks: notYet,
    disk: notYet,
    published: notYet,
    room: notYet,
  }
  expect(find([container('a')], [], early)).toEqual([])
  expect(find([container('a')], [], { images: notAsked, networks: notAsked, disk: notAsked })).toEqual([])
})
