import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EvidenceBundle } from '../../../shared/evidence/entries.ts'
import { sha256 } from '../../../main/journal/sha256.ts'
import { ana, type EvidenceDesk, openEvidenceDesk, sweepOf } from './evidence-desk.ts'

let on: EvidenceDesk

let incident = ''

beforeAll(async () => {
  on = await openEvidenceDesk()
})

beforeEach(async () => {
  incident = await on.declare()
})

afterAll(() => on.close())

function fileOf(bundle: string, extension = '.tar'): string {
  return join(on.folder, 'evidence', bundle.slice(0, 2), `${bundle}${extension}`)
}

async function known(): Promise<EvidenceBundle> {
  const [bundle] = (await on.evidence.bundles(incident)).bundles
  if (bundle === undefined) throw new Error('The incident has no evidence')
  return bundle
}

const version = { 'version.json': '{"Version":"20.10"}' }

test('kept evidence reads back as it was, and says MATCH', async () => {
  const bundle = await on.evidence.keepSweep(sweepOf(incident, version), ana)
  expect(await on.evidence.read(incident, bundle, 'version.json', ana)).toMatchObject({
    text: '{"Version":"20.10"}',
    cut: false,
    check: 'match',
  })
})

test('a large sweep lies compressed, under the hash of its original bytes, and each item reads back', async () => {
  const lines = (word: string) => Array.from({ length: 4_000 }, (_, line) => `${line} ${word} is well\n`).join('')
  const texts = { 'a/stdout.log': lines('cart'), 'b/stdout.log': lines('web'), 'version.json': '{}' }
  const bundle = await on.evidence.keepSweep(sweepOf(incident, texts), ana)
  const { stored, size, items } = await known()
  expect({ encoding: stored.encoding, smaller: stored.size < size / 2 }).toEqual({ encoding: 'zstd', smaller: true })
  expect(existsSync(fileOf(bundle, '.tar.zst'))).toBe(true)
  for (const [name, text] of Object.entries(texts)) {
    expect(await on.evidence.read(incident, bundle, name, ana)).toMatchObject({ text, check: 'match' })
  }
  expect(items.map(({ volatility }) => volatility.rank)).toEqual([4, 4, 6])
})

test('changed evidence is shown as MISMATCH, and missing evidence is reported', async () => {
  const bundle = await on.evidence.keepSweep(sweepOf(incident, version), ana)
  const bytes = readFileSync(fileOf(bundle))
  bytes[600] = (bytes[600] ?? 0) ^ 1
  writeFileSync(fileOf(bundle), bytes)
  expect((await on.evidence.read(incident, bundle, 'version.json', ana)).check).toBe('mismatch')
  rmSync(fileOf(bundle))
  await expect(on.evidence.read(incident, bundle, 'version.json', ana)).rejects.toThrow(/no longer/)
  expect((await known()).lastCheck?.result).toBe('missing')
})

test('all evidence of an incident is hashed again; the same result is not written twice within ten minutes', async () => {
  const first = await on.evidence.keepSweep(sweepOf(incident, version), ana)
  const second = await on.evidence.keepSweep(sweepOf(incident, { 'info.json': '{}' }), ana)
  rmSync(fileOf(second))
  const progress: number[] = []
  const onProgress = ({ done }: { done: number }) => void progress.push(done)
  const { checks } = await on.evidence.checkIncident(incident, 'handed over', ana, { onProgress })
  await on.evidence.checkIncident(incident, 'exported', ana)
  expect(checks).toEqual([
    { bundle: first, result: 'match' },
    { bundle: second, result: 'missing' },
  ])
  expect(progress).toEqual([0, 1, 2])
  const { bundles } = await on.evidence.bundles(incident)
  expect(bundles.map(({ custody }) => custody.map(({ what, result, because }) => ({ what, result, because })))).toEqual(
    [
      [
        { what: 'collected', result: null, because: null },
        { what: 'checked', result: 'match', because: 'handed over' },
      ],
      [
        { what: 'collected', result: null, because: null },
        { what: 'checked', result: 'missing', because: 'handed over' },
      ],
    ],
  )
})

test('each hand-over is in the custody log, however short after the last check', async () => {
  const bundle = await on.evidence.keepSweep(sweepOf(incident, version), ana)
  await on.evidence.read(incident, bundle, 'version.json', ana)
  for (const because of ['handed over', 'exported', 'handed over'] as const) {
    await on.evidence.checkIncident(incident, because, ana)
  }
  expect((await known()).custody.map(({ because }) => because)).toEqual([null, 'opened', 'handed over', 'handed over'])
})

test('an item that leaves the desk is written whole, and its release tells to whom and why', async () => {
  const bundle = await on.evidence.keepSweep(sweepOf(incident, version), ana)
  const path = join(on.folder, 'out.json')
  const order = {
    incident,
    bundle: null,
    item: 'version.json',
    path,
    to: 'the vendor',
    because: 'they asked',
  }
  const released = await on.evidence.release(order, ana)
  expect(readFileSync(path, 'utf8')).toBe(version['version.json'])
  expect(released).toMatchObject({ bundle, result: 'match', sha256: sha256(readFileSync(path)), size: 19 })
  expect((await known()).custody.at(-1)).toMatchObject({
    what: 'released',
    item: 'version.json',
    to: 'the vendor',
    because: 'they asked',
    how: 'saved as out.json',
  })
})

test.each(['evidence/x.json', 'journal.db'])('no item is written over %s of Muster itself', async (name) => {
  await on.evidence.keepSweep(sweepOf(incident, version), ana)
  const path = join(on.folder, name)
  const order = { incident, bundle: null, item: 'version.json', path, to: 'me', because: 'to look' }
  await expect(on.evidence.release(order, ana)).rejects.toMatchObject({ refusal: { code: 'not-allowed' } })
})

test('an attached file lies under its own sha256, with its note', async () => {
  const path = join(on.folder, 'screen.png')
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(5_000, 3)])
  writeFileSync(path, png)
  const { bundle, item } = await on.evidence.attachFile({ incident, path, note: 'as it was' }, ana)
  expect(bundle).toBe(sha256(png))
  expect(item).toMatchObject({ kind: 'attachment', name: 'screen.png', media_type: 'image/png', masked: [] })
  expect(await known()).toMatchObject({ form: 'file', note: 'as it was', source: 'screen.png', collector: 'Ana' })
  const { picture } = await on.evidence.read(incident, bundle, 'screen.png', ana)
  expect(picture).toBe(`data:image/png;base64,${png.toString('base64')}`)
})

test('secrets in an attached text are masked before a byte is kept', async () => {
  const path = join(on.folder, 'app.log')
  writeFileSync(path, 'start\nurl=postgres://app:hunter22@db/app\nend\n')
  const { bundle, item } = await on.evidence.attachFile({ incident, path, note: null }, ana)
  const { text } = await on.evidence.read(incident, bundle, item.name, ana)
  expect(text).toMatch(/^start\n.*\[masked: [^\]]+\].*\nend\n$/)
  expect(item.masked.reduce((sum, { count }) => sum + count, 0)).toBe(1)
  expect(item.original).toEqual({ name: 'app.log', size: 45 })
  expect(readFileSync(fileOf(bundle, '.bin'), 'utf8')).not.toContain('hunter22')
})

test('a folder and a file that is not there are refused, and nothing is kept', async () => {
  mkdirSync(join(on.folder, 'folder'))
  for (const name of ['folder', 'nowhere.txt']) {
    const attaching = on.evidence.attachFile({ incident, path: join(on.folder, name), note: null }, ana)
    await expect(attaching).rejects.toMatchObject({ name: 'RefusalError' })
  }
  expect((await on.evidence.bundles(incident)).bundles).toEqual([])
})

test('a file in parts is kept when all came, in order', async () => {
  const bytes = Buffer.alloc(2_500_000, 'a line of text\n')
  const meta = { name: 'pasted.txt', size: bytes.length, given: 'pasted' } as const
  const upload = await on.evidence.beginUpload(incident, meta, null)
  let at = 0
  while (at < bytes.length) {
    at = await on.evidence.takePart(upload, at, bytes.subarray(at, at + 1_048_576).toString('base64'))
  }
  const { bundle, item } = await on.evidence.endUpload(upload, ana)
  expect(bundle).toBe(sha256(bytes))
  expect(item).toMatchObject({ request: 'pasted by a person', volatility: { rank: 2 }, size: bytes.length })
})

test.each([
  ['cancelled', (upload: string) => on.evidence.cancelUpload(upload)],
  ['ended too early', (upload: string) => on.evidence.endUpload(upload, ana)],
  ['given a part out of turn', (upload: string) => on.evidence.takePart(upload, 500, 'aGVsbG8=')],
])('an upload that is %s leaves nothing', async (_what, end) => {
  const upload = await on.evidence.beginUpload(incident, { name: 'a.bin', size: 10_000_000, given: 'dropped' }, null)
  await on.evidence.takePart(upload, 0, Buffer.alloc(1_000_000, 1).toString('base64'))
  await end(upload).catch((error: unknown) => expect(error).toMatchObject({ name: 'RefusalError' }))
  await expect(on.evidence.takePart(upload, 1_000_000, 'AAAA')).rejects.toMatchObject({
    refusal: { code: 'not-found' },
  })
  expect(readdirSync(join(on.folder, 'evidence')).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('more than 256 MiB is not taken in parts', async () => {
  const meta = { name: 'core', size: 300 * 1_048_576, given: 'dropped' } as const
  await expect(on.evidence.beginUpload(incident, meta, null)).rejects.toMatchObject({
    refusal: { code: 'too-large' },
  })
})

test('nothing is kept past the quota, and the figures say why', async () => {
  writeFileSync(join(on.folder, 'settings.json'), JSON.stringify({ operator: null, evidenceQuotaBytes: 5_000 }))
  const keeping = on.evidence.keepSweep(sweepOf(incident, { 'a.log': 'x'.repeat(9_000) }), ana)
  await expect(keeping).rejects.toMatchObject({
    refusal: { code: 'storage', happened: expect.stringContaining('of the 5 kB') },
  })
  expect((await on.evidence.storage()).level).toBe('full')
  rmSync(join(on.folder, 'settings.json'))
})
