import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { type AppOnStandIn, startOnStandIn } from './app-on-stand-in.ts'

let app: AppOnStandIn | null = null

afterEach(async () => {
  await app?.stop()
  app = null
})

async function open(...options: Parameters<typeof startOnStandIn>): Promise<AppOnStandIn> {
  app = await startOnStandIn(...options)
  return app
}

function writeNewerJournal(dataFolder: string): void {
  const database = new Database(join(dataFolder, 'journal.db'))
  database.pragma('user_version=9')
  database.close()
}

describe('an app whose journal refuses', () => {
  test('rejects with the refusal, and the window that opened before gets it as its answer', async () => {
    const { started, hooks, ask, logged } = await open(writeNewerJournal)
    hooks.onWindowReady()
    const asked = ask('desk.open', {})
    await expect(started).rejects.toMatchObject({ name: 'RefusalError' })
    await expect(asked).rejects.toMatchObject({ name: 'RefusalError' })
    expect(logged.join()).toContain('The window is open in vain')
  })

  test('lets the window close and the process end', async () => {
    const { started, hooks } = await open(writeNewerJournal)
    await expect(started).rejects.toThrow()
    expect(await hooks.onCloseAsked()).toEqual({ decision: 'quit' })
    await hooks.onQuit()
  })
})

describe('an app that runs', () => {
  test('stays while a live incident is open, and ends without one', async () => {
    const { started, hooks, ask } = await open()
    await started
    await ask('desk.introduce', { name: 'Ada' })
    expect(await hooks.onCloseAsked()).toEqual({ decision: 'quit' })
    await declare(ask)
    expect(await hooks.onCloseAsked()).toMatchObject({ decision: 'stay' })
  })

  test('does what it is asked though the window cannot take the news of it', async () => {
    const { started, ask, logged } = await open(undefined, () => {
      throw new Error('the window takes nothing')
    })
    await started
    await ask('desk.introduce', { name: 'Ada' })
    expect((await ask('desk.open', {})).desk.operator?.name).toBe('Ada')
    expect(logged.join()).toContain('the window takes nothing')
  })
})

describe('a restart in the simulated system', () => {
  test('is refused to a live incident and to a service that is not there, and writes nothing', async () => {
    const { started, ask } = await open()
    await started
    await ask('desk.introduce', { name: 'Ada' })
    const { id: practice } = await ask('practice.start', {})
    const { id: live } = await declare(ask)
    const before = await entriesOf(ask, practice, live)
    await expect(ask('practice.restart', { id: live, service: 'redis' })).rejects.toThrow('is live')
    await expect(ask('practice.restart', { id: practice, service: 'nginx' })).rejects.toThrow('no such service')
    await ask('practice.stop', {})
    await expect(ask('practice.restart', { id: practice, service: 'redis' })).rejects.toThrow('not running')
    expect(await entriesOf(ask, practice, live)).toEqual(before)
  })

  test('is noted once it is done', async () => {
    const { started, ask } = await open()
    await started
    await ask('desk.introduce', { name: 'Ada' })
    const { id } = await ask('practice.start', {})
    await ask('practice.restart', { id, service: 'redis' })
    const { entries } = await ask('incidents.open', { id })
    expect(JSON.stringify(entries.at(-1)?.body)).toContain('Restarted redis of the simulated system.')
  })
})

function declare(ask: AppOnStandIn['ask']): Promise<{ id: string }> {
  const said = { title: 'Sign-in fails', mode: 'live', unconfirmed: false, detectedAt: null } as const
  return ask('incidents.declare', {
    ...said,
    pack: 'infinity',
    severity: null,
    answers: {},
    reason: null,
    commander: null,
  })
}

function entriesOf(ask: AppOnStandIn['ask'], ...ids: string[]): Promise<number[]> {
  return Promise.all(ids.map(async (id) => (await ask('incidents.open', { id })).state.entries))
}
