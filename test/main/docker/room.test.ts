import type * as fileSystem from 'node:fs/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import { readRoom } from '../../../main/docker/room.ts'
import { engineFactsSchema } from '../../../shared/docker/snapshot.ts'
import { container } from '../../shared/findings/snapshots.ts'

const disk = vi.hoisted(() => ({
  room: [] as PromiseWithResolvers<unknown>[],
  logs: [] as PromiseWithResolvers<unknown>[],
}))

/** No file system hangs at will: its calls end when a test says so. */
vi.mock('node:fs/promises', async (original) => {
  const hangs = (calls: PromiseWithResolvers<unknown>[]) => () => {
    const call = Promise.withResolvers<unknown>()
    calls.push(call)
    return call.promise
  }
  return { ...(await original<typeof fileSystem>()), statfs: hangs(disk.room), stat: hangs(disk.logs) }
})

const answer = { bsize: 1, blocks: 100, bfree: 50, bavail: 40, files: 10, ffree: 5 }

beforeEach(() => {
  disk.room.length = 0
  disk.logs.length = 0
})

function look(folder: string, logs = 0) {
  const off = new AbortController()
  const value = engineFactsSchema.parse({
    version: '28',
    apiVersion: '1.51',
    system: 'Debian',
    memoryBytes: null,
    rootFolder: folder,
  })
  const reading = readRoom({
    near: Promise.resolve({ at: 'here' }),
    engine: Promise.resolve({ read: true, value }),
    started: Promise.resolve(
      Array.from({ length: logs }, (_, number) => {
        const log = { log: { driver: 'json-file', maxSize: null }, logPath: `${folder}/${number}.log` }
        const { facts, logs: _logs, usage: _usage, ...listed } = container(`web-${number}`, log)
        return { listed, facts: Promise.resolve(facts), logs: Promise.resolve(null), usage: Promise.resolve(null) }
      }),
    ),
    now: Date.now,
    until: off.signal,
  })
  return { reading, off }
}

const calls = (of: readonly unknown[], count: number) => vi.waitFor(() => expect(of).toHaveLength(count), 30_000)

async function letBe({ reading, off }: ReturnType<typeof look>): Promise<void> {
  off.abort()
  expect((await reading).part).toMatchObject({ read: false, code: 'timed-out' })
}

test('a folder that does not answer is not asked again until it has answered', async () => {
  const first = look('/hangs')
  await calls(disk.room, 1)
  await letBe(first)
  const again = await Promise.all([look('/hangs').reading, look('/hangs').reading])
  expect(again.map(({ part }) => part)).toEqual(
    Array.from({ length: 2 }, () => ({ read: false, code: 'timed-out', why: expect.stringContaining('last asked') })),
  )
  expect(disk.room).toHaveLength(1)

  const other = look('/well')
  await calls(disk.room, 2)
  disk.room[1]?.resolve(answer)
  expect((await other.reading).part.read).toBe(true)

  disk.room[0]?.reject(new Error('Stale file handle'))
  await new Promise(setImmediate)
  const last = look('/hangs')
  await calls(disk.room, 3)
  disk.room[2]?.resolve(answer)
  expect((await last.reading).part).toMatchObject({ read: true, value: { totalBytes: 100 } })
})

test('logs that do not answer hold up one call, of whatever number', async () => {
  const first = look('/logs', 20)
  await calls(disk.room, 1)
  disk.room[0]?.resolve(answer)
  await calls(disk.logs, 1)
  await letBe(first)
  expect((await look('/logs', 20).reading).part.read).toBe(false)
  disk.logs[0]?.resolve({ size: 7 })
  await new Promise(setImmediate)
  expect([disk.room.length, disk.logs.length]).toEqual([1, 1])
})

test('what was called off before is not asked at all', async () => {
  const off = look('/off')
  await letBe(off)
  await new Promise(setImmediate)
  expect(disk.room).toEqual([])
})
