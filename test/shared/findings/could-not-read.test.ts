import { expect, test } from 'vitest'
import { couldNotRead } from '../../../shared/findings/could-not-read.ts'
import { container, snapshot } from './snapshots.ts'

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
