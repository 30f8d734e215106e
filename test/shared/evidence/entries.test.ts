import { expect, test } from 'vitest'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { compareByVolatility, dockerVolatility } from '../../../shared/evidence/volatility.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { readAs } from '../../../shared/journal/kind.ts'

const hash = 'ab'.repeat(32)
const at = '2026-11-21T03:00:00.000Z'
const item = (name: string) => ({
  ...{ name, request: `GET /${name}`, outcome: 'answered', started_at: at, took_ms: 4, size: 19 },
  ...{ sha256: hash, offset: 512, masked: [{ rule: 'env value', count: 2 }], truncated_of: null },
})

function entry(version: number, body: unknown): Entry {
  const by = { contact: null, name: 'Ana' }
  return {
    ...{ incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWC', chain: 'c'.repeat(32), seq: 3, lamport: 3, at, happened_at: at },
    ...{ clock: { mark: 'steady', by_ms: null, skew_ms: null }, mode: 'live', actor: by, recorded_by: by },
    ...{ kind: 'evidence-kept', version, body_hash: hash, after: [], prev: hash, hash, body: body as Entry['body'] },
  }
}

const version1 = {
  ...{ bundle: hash, size: 2_048, title: 'Sweep', source: 'lab', collector: 'Ana', tool: 'Muster 0.1.0' },
  items: [item('version.json'), item('snapshot.json'), item('containers/a-1/stats.json')],
}

test('version 1 is read as what it was: a plain tar of answers, with a rank for each', () => {
  const body = readAs(evidenceKeptKind, entry(1, version1))?.body
  expect(body).toMatchObject({ form: 'tar', stored: { encoding: 'plain', size: 2_048 }, note: null })
  expect(body?.items.map(({ kind, volatility, covers }) => [kind, volatility.rank, covers])).toEqual([
    ['answer', 6, null],
    ['derived', 3, null],
    ['answer', 2, null],
  ])
})

test.each([
  ['no body of the kind', { text: 'x' }],
  ['items that are none', { ...version1, items: [1] }],
])('%s stays unread', (_what, body) => {
  expect(readAs(evidenceKeptKind, entry(1, body))).toBe(null)
})

test('what is gone soonest comes first', () => {
  const names = [
    'images.json',
    'a/stdout.log',
    'events.json',
    'version.json',
    'b/inspect.json',
    'a/stats.json',
    'z/top.json',
  ]
  const ordered = names.map((name) => ({ name, volatility: dockerVolatility(name) })).toSorted(compareByVolatility)
  expect(ordered.map(({ name }) => name)).toEqual([
    'a/stats.json',
    'z/top.json',
    'b/inspect.json',
    'events.json',
    'a/stdout.log',
    'version.json',
    'images.json',
  ])
})
