import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createStorageStore } from '../../../renderer/storage/storage-store.ts'
import { healthLines, mirrorLine } from '../../../renderer/words/storage.ts'
import type { MirrorHealth } from '../../../shared/storage/health.ts'
import { FakeMain } from '../fake-main.ts'

const nowMs = Date.parse('2026-11-21T14:07:31.000Z')
const whole: MirrorHealth = {
  folder: '/media/stick',
  state: 'whole',
  since: null,
  entries: 0,
  files: 0,
  trouble: null,
  remarks: [],
}
const away = { happened: 'the folder is not there', next: 'Plug it in.' }
const since = (ms: number): string => new Date(nowMs - ms).toISOString()

test.each<[string, MirrorHealth | null, string, boolean]>([
  ['none is set', null, 'No mirror', false],
  ['all is there', whole, 'Mirror 0 s', false],
  ['one is on its way', { ...whole, state: 'behind', since: since(2_000), entries: 1 }, 'Mirror 2 s', false],
  [
    'it is slow',
    { ...whole, state: 'behind', since: since(20_000), entries: 9 },
    'Mirror 20 s behind: it catches up',
    true,
  ],
  [
    'it is away, and something waits',
    { ...whole, state: 'behind', since: since(180_000), entries: 1, trouble: away },
    'Mirror 3 min behind: the folder is not there',
    true,
  ],
  ['it is away, and nothing waits', { ...whole, trouble: away }, 'Mirror 0 s behind: the folder is not there', true],
  [
    'how old it is is not known',
    { ...whole, state: 'behind', trouble: away },
    'Mirror behind: the folder is not there',
    true,
  ],
  [
    'somebody went on there',
    { ...whole, state: 'stopped', entries: 1, trouble: { happened: 'It holds other entries.', next: '' } },
    'Mirror stopped: it holds other entries',
    true,
  ],
  ['another process keeps it', { ...whole, state: 'elsewhere' }, 'Another Muster keeps the mirror', false],
  ['nothing is known yet', { ...whole, state: 'behind' }, 'Mirror: it is looked at', false],
])('the mirror in words, where %s', (_when, mirror, text, due) => {
  expect(mirrorLine(mirror, nowMs)).toEqual({ text, due })
})

test('what is due stands before what is not', () => {
  const main = new FakeMain()
  const health = { ...main.storageHealth, mirror: whole, warnings: [{ happened: 'The disk is full.', next: '' }] }
  expect(healthLines(health, nowMs).map(({ text }) => text)).toEqual(['The disk is full.', 'Mirror 0 s'])
})

test('a backup that is refused says so, and one that is made too', async () => {
  const main = new FakeMain()
  const storage = createStorageStore(createClient(main.bridge()))
  const refusal = { code: 'storage', tried: 'Back up', happened: 'No room.', next: 'Make some.' } as const
  main.refusals.set('storage.backUp', refusal)
  await storage.backUp('/media/stick')
  expect(storage.store.getState()).toMatchObject({ backingUp: false, made: null, refusal })
  const making = storage.backUp('/media/stick')
  storage.progressed({ step: 'entries', part: 0.5, bytes: 0, of: 0 })
  expect(storage.store.getState()).toMatchObject({ backingUp: true, refusal: null, progress: { step: 'entries' } })
  await making
  expect(storage.store.getState()).toMatchObject({ backingUp: false, progress: null, made: { entries: 52 } })
})
