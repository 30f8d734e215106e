import { chmod } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Deadlines, defaultDeadlines } from '../../../main/docker/calls.ts'
import { type Dockerd, startDockerd } from '../../dockerd.ts'
import { dark } from './fault-trial.ts'
import type { Fault } from './hostile-engine.ts'
import { startHostileProcess } from './hostile-process.ts'
import { sweepApart, type Told } from './sweep-process.ts'
import { wholeSweep } from './whole-sweep.ts'

let engine: Dockerd

beforeAll(async () => {
  engine = await startDockerd()
  await engine.container('well', [], 'sleep', '10000')
  await engine.container('loud', ['--log-opt', 'max-size=20m', '--log-opt', 'max-file=2'], 'yes', 'x'.repeat(1_000))
  await engine.container('failed', [], 'false')
  await engine.until('failed', ({ State }) => State.Status === 'exited')
})

afterAll(() => engine?.stop())

const allAt = (ms: number): Deadlines =>
  Object.fromEntries(Object.keys(defaultDeadlines).map((name) => [name, ms])) as unknown as Deadlines
const mostGrowth = 64 * 2 ** 20
const nobody = 65_534
/** Deadlines are of seconds; what hangs without one would take minutes. */
const soonMs = 30_000

function bounded({ grownBytes, unheard, tookMs }: Told): void {
  expect(unheard).toEqual([])
  expect(grownBytes).toBeLessThan(mostGrowth)
  expect(tookMs).toBeLessThan(soonMs)
}

describe('a real engine', () => {
  test('with a container that logs as fast as it can', async () => {
    const told = await sweepApart({ host: engine.host }).told
    bounded(told)
    expect(told.codes).toContain('D01')
    expect(told.summary.containers).toBe(3)
  })

  test('whose socket this user may not open', async () => {
    await chmod(dirname(engine.host.replace('unix://', '')), 0o711)
    const told = await sweepApart({ host: engine.host, user: nobody }).told
    bounded(told)
    expect(told.unread).toEqual({ code: 'no-permission', why: 'This user may not open it (EACCES).' })
    expect(told.codes[0]).toBe('D18')
  })

  test('that hangs', async () => {
    engine.signal('SIGSTOP')
    try {
      const told = await sweepApart({ host: engine.host, deadlines: allAt(700) }).told
      bounded(told)
      expect(told.unread?.code).toBe('timed-out')
      expect(told.codes[0]).toBe('D18')
    } finally {
      engine.signal('SIGCONT')
    }
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)('that ends by %s in mid-sweep, and comes back', async (signal) => {
    const sweep = sweepApart({ host: engine.host })
    await sweep.begun
    engine.signal(signal)
    const [told] = await Promise.all([sweep.told, engine.restart()])
    bounded(told)
    const missed = told.summary.couldNotRead.length
    // Killed, the statistics cannot have come: they take two seconds. Asked to end, it may serve for as long as that.
    if (signal === 'SIGKILL' || told.summary.containers !== 3) expect(missed).toBeGreaterThan(0)
    if (missed > 0) expect(told.codes.length).toBeGreaterThan(0)

    const again = await wholeSweep(() => sweepApart({ host: engine.host }).told)
    expect(again.summary.couldNotRead).toEqual([])
    expect(again.summary.containers).toBe(3)
  })
})

describe('what no real engine does', () => {
  test.each<[keyof typeof dark, Fault]>([
    ['inspect', 'an answer of 64 MB'],
    ['list', 'an answer of 64 MB'],
    ['stdout', 'endless line'],
    ['stdout', 'endless log'],
    ['stats', 'endless body'],
  ])('in %s: %s', async (call, fault) => {
    const engines = startHostileProcess()
    try {
      const { host } = await engines.engine(call, fault)
      const told = await sweepApart({ host }).told
      bounded(told)
      // Of a log without end the newest that came is kept, and that it is cut is said.
      const said = [dark[call], 'A part of stdout of well']
      expect(told.summary.couldNotRead.map(({ what }) => said.includes(what))).toEqual([true])
      expect(told.codes).toContain(call === 'list' ? 'D18' : 'D01')
    } finally {
      await engines.stop()
    }
  })

  test('tcp that stays half open: it is taken, ended on one side, and never answered', async () => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
      socket.on('error', () => socket.destroy()),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0
    try {
      const told = await sweepApart({ host: `tcp://127.0.0.1:${port}`, deadlines: allAt(700) }).told
      bounded(told)
      expect(told.unread?.code).toBe('timed-out')
    } finally {
      server.close()
    }
  })
})
