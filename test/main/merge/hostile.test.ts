import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Line } from '../../../main/merge/incident-file.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { makeRoot, severity, type TestDesk } from './desks.ts'
import { linesOf, type Member, membersOf, rehashed, withLines, writeMembers } from './repack.ts'

let made: ReturnType<typeof makeRoot>
let file = ''
let incident = ''
let ana: TestDesk
let ben: TestDesk
let members: Member[] = []

beforeEach(async () => {
  made = makeRoot()
  file = join(made.root, 'incident.tar')
  ana = made.desk('Ana')
  ben = made.desk('Ben')
  incident = ana.declare()
  ana.note(incident, 'One.')
  const { bundle, size, stored } = await ana.store.keep(Buffer.from('what the probe read'))
  ana.journal.append(incident, 'live', ana.by, () => [
    draftOf(evidenceKeptKind, {
      ...{ bundle, size, stored, form: 'tar', title: 'Sweep', source: 'docker', collector: 'Ana' },
      ...{ tool: 'Muster', note: null, items: [] },
    }),
  ])
  ana.incidents.setSeverity(incident, severity(2), ana.by)
  await ana.export(incident, file)
  members = await membersOf(file)
})

afterEach(() => made.remove())

/** Imports and expects a refusal after which everything is as it was. Answers what it says. */
async function refused(desk: TestDesk = ben): Promise<string> {
  const before = [desk.rows(), desk.store.list()]
  const error: unknown = await desk.import(file).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error === null) throw new Error('It was taken')
  if (!(error instanceof RefusalError)) throw new Error('It failed by a bug', { cause: error })
  expect([desk.rows(), desk.store.list()]).toEqual(before)
  return error.refusal.happened
}

const edited = (edit: (lines: Line[]) => readonly Line[]) => withLines(members, edit(linesOf(members)))

const why = { reason: 'It held a password.', approver: { contact: null, name: 'Ana' }, bundle: null }
const erases = (entry: string, said: object) => ({
  kind: 'erased',
  version: 1,
  body: canonicalJson({ entry, ...said }),
})

test('what was read and written again unchanged is taken', async () => {
  await writeMembers(file, withLines(members, rehashed(linesOf(members))))
  expect(await ben.import(file)).toMatchObject({ entries: 5, evidence: { taken: 1 } })
})

test.each<[string, (lines: Line[]) => readonly Line[], string]>([
  [
    'a changed text',
    (lines) => lines.map((line) => ({ ...line, body: line.body?.replace('One.', 'Two.') ?? null })),
    'another body',
  ],
  [
    'a changed header',
    (lines) => lines.map((line) => ({ ...line, happened_at: '2020-01-01T00:00:00.000Z' })),
    'not what its hash says',
  ],
  ['a missing entry', (lines) => lines.toSpliced(2, 1), 'comes where entry 3 belongs'],
  ['a swap', (lines) => lines.with(2, lines[3] as Line).with(3, lines[2] as Line), 'comes where entry 3 belongs'],
  ['an entry twice', (lines) => lines.toSpliced(2, 0, lines[2] as Line), 'does not stand in the order'],
  [
    'no declaration',
    (lines) => rehashed(lines.slice(1).map((line, at) => ({ ...line, seq: at + 1, lamport: at + 1 }))),
    'no declaration',
  ],
  [
    'a lamport from nowhere',
    (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), lamport: 9_007_199_254_740_991 })),
    'lamport',
  ],
  ['another mode inside', (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), mode: 'exercise' })), 'mode'],
  [
    'another incident inside',
    (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), incident: '01KAHB7Q7N8S3H9F0V6Z2M4XWC' })),
    'another incident',
  ],
  [
    'a body gone without a word',
    (lines) => lines.with(2, { ...(lines[2] as Line), body: null, salt: null }),
    'no entry says that it was erased',
  ],
  [
    'a declaration without a body',
    (lines) => lines.with(0, { ...(lines[0] as Line), body: null, salt: null }),
    'lost its body',
  ],
  [
    'a body that is not canonical',
    (lines) => rehashed(lines.with(2, { ...(lines[2] as Line), body: '{ "text":"One."}' })),
    'not canonical',
  ],
  [
    'a body that is nested without end',
    (lines) => rehashed(lines.with(2, { ...(lines[2] as Line), body: `${'['.repeat(9_000)}${']'.repeat(9_000)}` })),
    'not canonical',
  ],
  [
    'an erasure without a reason',
    (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), ...erases(lines[2]?.hash ?? '', {}) })),
    'without saying why',
  ],
  [
    'an erasure of what is not there',
    (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), ...erases('f'.repeat(64), why) })),
    'does not stand before it',
  ],
  [
    'an erasure of the declaration',
    (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), ...erases(lines[0]?.hash ?? '', why) })),
    'must stay',
  ],
  [
    'an erasure by a newer Muster of what is not there',
    (lines) => rehashed(lines.with(4, { ...(lines[4] as Line), ...erases('f'.repeat(64), {}), version: 99 })),
    'does not stand before it',
  ],
  [
    'a head of a chain that nobody has',
    (lines) =>
      rehashed(
        lines.with(4, { ...(lines[4] as Line), after: [{ chain: 'f'.repeat(32), seq: 1, hash: 'f'.repeat(64) }] }),
      ),
    'which is not there',
  ],
])('%s is refused', async (_what, edit, happened) => {
  await writeMembers(file, edited(edit))
  expect(await refused()).toContain(happened)
})

test.each<[string, (all: Member[]) => Member[], string]>([
  [
    'a member that climbs out',
    (all) => all.toSpliced(2, 0, { name: '../../evil', bytes: Buffer.from('x') }),
    "'../../evil'",
  ],
  ['an absolute name', (all) => all.toSpliced(2, 0, { name: '/etc/passwd', bytes: Buffer.from('x') }), "'/etc/passwd'"],
  [
    'a link',
    (all) =>
      all.toSpliced(2, 1, {
        name: all[2]?.name ?? '',
        bytes: Buffer.alloc(0),
        type: 'symlink',
        linkname: '/etc/passwd',
      }),
    'not a plain file',
  ],
  [
    'a folder',
    (all) => all.toSpliced(2, 0, { name: 'evidence/', bytes: Buffer.alloc(0), type: 'directory' }),
    'not a plain file',
  ],
  [
    'another number than the declaration has',
    (all) =>
      all.with(0, {
        name: 'incident.json',
        bytes: Buffer.from(JSON.stringify({ ...JSON.parse(all[0]?.bytes.toString() ?? ''), number: 'INC-1' })),
      }),
    'not those that it announces',
  ],
  ['evidence twice', (all) => all.toSpliced(2, 0, all[2] as Member), 'does not belong'],
  [
    'evidence that no entry names',
    (all) => all.toSpliced(2, 0, { name: `evidence/aa/${'a'.repeat(64)}.tar`, bytes: Buffer.from('x') }),
    'No entry',
  ],
  [
    'evidence with other bytes',
    (all) => all.with(2, { ...(all[2] as Member), bytes: Buffer.from('made up') }),
    'not those that their name says',
  ],
  ['no sums', (all) => all.slice(0, -1), 'a part is missing'],
  ['something behind the sums', (all) => [...all, { name: 'more', bytes: Buffer.from('x') }], 'behind the sums'],
  ['entries first', (all) => all.toSpliced(0, 1), 'does not begin with'],
  ['no entries', (all) => all.toSpliced(1, 1), 'where the entries belong'],
  [
    'a line without its end',
    (all) => all.with(1, { ...(all[1] as Member), bytes: (all[1] as Member).bytes.subarray(0, -1) }),
    'does not end',
  ],
  [
    'a line that is none',
    (all) => all.with(1, { ...(all[1] as Member), bytes: Buffer.from('{"__proto__":{}}\n') }),
    'Line 1',
  ],
  [
    'bytes that are no text',
    (all) => all.with(1, { ...(all[1] as Member), bytes: Buffer.from([0xff, 0xfe, 10]) }),
    'UTF-8',
  ],
  [
    'an endless line',
    (all) => all.with(1, { ...(all[1] as Member), bytes: Buffer.alloc(17 * 1_048_576, 'a') }),
    'longer than',
  ],
  [
    'an endless manifest',
    (all) => all.with(0, { name: 'incident.json', bytes: Buffer.alloc(1_048_577, ' ') }),
    'larger than',
  ],
  [
    'a newer form',
    (all) => all.with(0, { name: 'incident.json', bytes: Buffer.from('{"format":"muster.dev/incident/2"}') }),
    'newer Muster',
  ],
])('%s is refused', async (_what, edit, happened) => {
  await writeMembers(file, edit(members))
  expect(await refused()).toContain(happened)
})

test('sums that do not fit are refused, and the evidence that came with them goes again', async () => {
  await writeMembers(
    file,
    members.with(members.length - 1, { name: 'SHA256SUMS', bytes: Buffer.from('made up') }),
    false,
  )
  expect(await refused()).toContain('sums')
})

test('what is no file, no tar or not there is refused in words', async () => {
  writeFileSync(file, 'Dear sir or madam, this is no tar, but it is long enough for one header. '.repeat(20))
  expect(await refused()).toContain('not a whole tar')
  writeFileSync(file, '')
  expect(await refused()).toContain('missing')
  file = join(made.root, 'folder')
  mkdirSync(file)
  expect(await refused()).toContain('not a file')
  file = join(made.root, 'nothing')
  expect(await refused()).toContain('no such file')
})

test('the id of this desk own ledger, and a chain of another incident, are refused', async () => {
  const ledger = ben.journal.change((db) => String(db.prepare('SELECT ledger FROM desk').pluck().get()))
  const rename = (lines: Line[], said: Partial<Line>) => rehashed(lines.map((line) => ({ ...line, ...said })))
  const manifest = { ...(JSON.parse(members[0]?.bytes.toString() ?? '') as object), incident: ledger }
  const own = members.with(0, { name: 'incident.json', bytes: Buffer.from(JSON.stringify(manifest)) })
  await writeMembers(file, withLines(own, rename(linesOf(members), { incident: ledger })))
  expect(await refused()).toContain('ledger')
  const other = ben.declare('Another')
  const chain = ben.journal.allEntries(other)[0]?.chain ?? ''
  await writeMembers(
    file,
    edited((lines) => rename(lines, { chain })),
  )
  expect(await refused()).toContain('another incident')
})

test('chains without end are refused, in one file or in several', async () => {
  const lines = linesOf(members)
  const note = lines[2] as Line
  const others = (first: number, count: number): Line[] =>
    Array.from({ length: count }, (_, at) => (first + at).toString(16).padStart(32, '0')).flatMap((chain) =>
      rehashed([{ ...note, chain, seq: 1, lamport: 1 }]),
    )
  const own = rehashed(lines.slice(0, 1).map((line) => ({ ...line, chain: '0'.repeat(32) })))
  const bring = (first: number, count: number) =>
    writeMembers(file, withLines(members.toSpliced(2, 1), [...own, ...others(first, count)]))
  await bring(1, 500)
  expect(await refused()).toContain('is not of the form')
  await bring(1, 300)
  expect(await ben.import(file)).toMatchObject({ newChains: 301 })
  await bring(301, 300)
  expect(await refused()).toContain('more than 500 chains')
})

test('an incident never changes its mode by an import', async () => {
  await ben.import(file)
  const exercise = (lines: Line[]) =>
    rehashed(lines.map((line) => ({ ...line, chain: 'e'.repeat(32), mode: 'exercise' as const })))
  const manifest = { ...(JSON.parse(members[0]?.bytes.toString() ?? '') as object), mode: 'exercise' }
  const own = members.with(0, { name: 'incident.json', bytes: Buffer.from(JSON.stringify(manifest)) })
  await writeMembers(file, withLines(own, exercise(linesOf(members))))
  expect(await refused()).toContain("mode 'live'")
})

test('a chain that somebody rebuilt from its beginning is a fork', async () => {
  await ben.import(file)
  await writeMembers(
    file,
    edited((lines) => rehashed(lines.map((line) => ({ ...line, clock: { ...line.clock, skew_ms: 7 } })))),
  )
  expect(await refused()).toContain('fork')
})

test('a file that is changed between its check and its merge is refused', async () => {
  const first = readFileSync(file)
  ana.note(incident, 'More.')
  await ana.export(incident, file)
  const second = readFileSync(file)
  writeFileSync(file, first)
  const merge = ben.merging.mergeFile.bind(ben.merging)
  ben.merging.mergeFile = (path, sha256) => {
    writeFileSync(file, second)
    return merge(path, sha256)
  }
  expect(await refused()).toContain('changed while it was read')
})

test('whatever byte is changed and wherever it is cut: refused, or taken as it was', async () => {
  const whole = readFileSync(file)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, by, isCut) => {
        const bytes = Buffer.from(isCut ? whole.subarray(0, at) : whole)
        if (!isCut) bytes[at] = ((bytes[at] ?? 0) + by) % 256
        writeFileSync(file, bytes)
        const desk = made.desk(`Desk ${at} ${by} ${String(isCut)}`)
        const imported = await desk.import(file).catch((error: unknown) => {
          if (!(error instanceof RefusalError)) throw error
          return null
        })
        const rows = imported === null ? [] : ana.hashes(incident)
        expect(desk.hashes(incident)).toEqual(rows)
        expect(desk.store.list().length).toBe(imported === null ? 0 : 1)
      },
    ),
    { numRuns: 60, seed: 20_261_121 },
  )
})
