import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeSettings, readSettings } from '../../../main/desk/settings.ts'
import { setMirror } from '../../../main/mirror/set-mirror.ts'
import { backupName } from '../../../main/storage/storage-handlers.ts'
import { StorageService } from '../../../main/storage/storage-service.ts'
import { DeskFolder, readJournal, until } from '../mirror/desk-folder.ts'

let desk: DeskFolder
let service: StorageService | null

beforeEach(() => {
  desk = new DeskFolder()
  service = null
})

afterEach(async () => {
  await service?.close()
  desk.remove()
})

async function start({
  isRunner = true,
  says = [] as string[],
  usedBytes = (): number => 5,
} = {}): Promise<StorageService> {
  service = new StorageService({
    dataFolder: desk.data,
    settings: await readSettings(desk.data),
    isRunner,
    evidenceStorage: async () => ({ usedBytes: usedBytes(), says }),
    walkAfterMs: 0,
    log: (what) => {
      throw new Error(what)
    },
  })
  return service
}

test('a mirror that the terminal sets is taken up by the process that rings', async () => {
  const storage = await start()
  expect(storage.health().mirror).toBeNull()
  await setMirror(desk.data, desk.mirror)
  desk.note('one')
  expect(await until(() => storage.health().mirror?.state === 'whole')).toBe(true)
  expect(await until(() => readJournal(desk.mirror).texts.length === 1)).toBe(true)
  await setMirror(desk.data, null)
  expect(await until(() => storage.health().mirror === null)).toBe(true)
  desk.note('two')
  expect(await until(() => readJournal(desk.mirror).texts.length > 1, 300)).toBe(false)
})

test('only the process that rings mirrors; it begins once it takes the lease over', async () => {
  await setMirror(desk.data, desk.mirror)
  const storage = await start({ isRunner: false })
  expect(storage.health().mirror).toMatchObject({ folder: desk.mirror, state: 'elsewhere' })
  storage.setRunner(true)
  expect(await until(() => storage.health().mirror?.state === 'whole')).toBe(true)
})

test('changes are told, and no more often than something changes', async () => {
  const storage = await start()
  const told: unknown[] = []
  storage.onChanged((health) => told.push(health))
  await storage.look()
  await storage.look()
  expect(told).toEqual([storage.health()])
  expect(storage.health()).toMatchObject({ mirror: null, backup: null, warnings: [] })
  expect(storage.health().journalBytes).toBeGreaterThan(0)
})

test('what the store of evidence holds is measured again once something was kept', async () => {
  let usedBytes = 0
  const storage = await start({ usedBytes: () => usedBytes })
  expect((await storage.look()).evidenceBytes).toBe(0)
  usedBytes = 322_000
  expect((await storage.look()).evidenceBytes).toBe(0)
  storage.evidenceChanged()
  expect((await storage.look()).evidenceBytes).toBe(322_000)
})

test('one backup at a time; the newest is remembered, and told', async () => {
  desk.note('one')
  const storage = await start()
  const first = storage.backUp(join(desk.root, 'first'))
  await expect(storage.backUp(join(desk.root, 'second'))).rejects.toThrow('A backup is being made.')
  const { at, folder } = await first
  expect(storage.health().backup).toEqual({ at, folder })
})

test('settings of window and terminal do not undo each other', async () => {
  await changeSettings(desk.data, { mirror: '/media/stick' })
  const operator = { contact: null, name: 'Ana' }
  await changeSettings(desk.data, { operator })
  expect(await readSettings(desk.data)).toMatchObject({ mirror: '/media/stick', operator })
})

test('backups are named by their time, so that they stand in order', () => {
  expect(backupName(new Date('2026-11-21T08:07:31.250Z'))).toBe('muster-backup-2026-11-21T080731Z')
})
