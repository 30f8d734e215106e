import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeSettings, readSettings } from '../../../main/desk/settings.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-settings-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('changes made at once are all kept', async () => {
  const operator = { contact: null, name: 'Ana' }
  const changes = [{ mirror: '/mnt/stick' }, { anchorsFolder: '/mnt/share' }, { operator }]
  await Promise.all(changes.map((change) => changeSettings(folder, change)))
  expect(await readSettings(folder)).toMatchObject({ mirror: '/mnt/stick', anchorsFolder: '/mnt/share', operator })
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test('a change that fails keeps no other from being made', async () => {
  const missing = join(folder, 'not there')
  const [failed] = await Promise.allSettled([changeSettings(missing, { mirror: '/a' })])
  expect(failed?.status).toBe('rejected')
  await expect(changeSettings(missing, { mirror: '/b' })).rejects.toThrow('ENOENT')
  expect(await changeSettings(folder, { mirror: '/c' })).toMatchObject({ mirror: '/c' })
})
