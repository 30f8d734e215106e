import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DeskClient, startDesk } from '../../../main/desk/desk-client.ts'
import { Exporter, type MadeExport } from '../../../main/postmortem/exporter.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
let folder = ''
let data = ''
let desk: DeskClient
let exporter: Exporter
let incident = ''
let made: MadeExport

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'muster-export-')))
  data = join(folder, 'data')
  for (const name of ['evidence', 'window', 'electron', 'practice']) mkdirSync(join(data, name), { recursive: true })
  symlinkSync(data, join(folder, 'link'))
  desk = await startDesk(data, { rings: false })
  incident = (await desk.ask('declare', plainDeclaration(), ana)).id
  exporter = new Exporter(desk, data, async () => new Uint8Array())
  made = await exporter.make(incident, 'md')
})

afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

test.each([
  'data/journal.db',
  'data/JOURNAL.DB',
  'data/journal.db-wal',
  'data/runner.lock',
  'data/settings.json',
  'data/bindings.json',
  'data/mirror-position.json',
  'data/vault.json',
  'data/packs/ours.yaml',
  'data/overlays/ours.yaml',
  'data/muster.log.old',
  'data/evidence/x.md',
  'data/window/x.md',
  'data/electron/x.md',
  'data/practice/x.md',
  'data/evidence',
  'link/journal.db',
  'link/evidence/x.md',
  'data/evidence/../journal.db',
])('a post-mortem never takes the place of %s', async (path) => {
  const before = readdirSync(data, { recursive: true }).length
  const target = `${folder}/${path}`
  await expect(exporter.write(incident, made, target, ana)).rejects.toMatchObject({ refusal: { code: 'not-allowed' } })
  expect(readdirSync(data, { recursive: true })).toHaveLength(before)
  expect((await desk.ask('open', incident)).state.entries).toBeGreaterThan(0)
})

test.each(['data/postmortem.md', 'journal.db', 'evidence'])('a post-mortem may lie at %s', async (path) => {
  const { path: written } = await exporter.write(incident, made, join(folder, path), ana)
  expect(readFileSync(written)).toEqual(Buffer.from(made.bytes))
})

test('a folder that is not there is told as such', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(exporter.write(incident, made, join(folder, 'gone', 'x.md'), ana)).rejects.toMatchObject({
    refusal: { code: 'storage' },
  })
})
