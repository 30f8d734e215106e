import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { StoredRows } from '../../../main/journal/stored-rows.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import { mergeEntries } from '../../../main/merge/merge-entries.ts'
import { readIncidentFile } from '../../../main/merge/read-incident-file.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { conflictsOf } from '../../../shared/incident/conflicts.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { makeRoot, severity, TestDesk } from './desks.ts'

let made: ReturnType<typeof makeRoot>
let out = ''

beforeEach(() => {
  made = makeRoot()
  out = join(made.root, 'incident.tar')
})

afterEach(() => made.remove())

function problemsOf(desk: TestDesk): readonly string[] {
  const db = openConnection(journalFile(desk.folder), 'read')
  try {
    return verifyJournal(db).problems
  } finally {
    db.close()
  }
}

/** As a copy of a folder does whose mark says nothing of having been copied. */
function goOnUnderChainOf(original: TestDesk, copy: TestDesk, incident: string): string {
  const chain = original.journal.allEntries(incident)[0]?.chain ?? ''
  copy.journal.change((db) => db.prepare('INSERT INTO own_chain (incident, chain) VALUES (?, ?)').run(incident, chain))
  return chain
}

async function keepEvidence(desk: TestDesk, incident: string, bytes: Uint8Array): Promise<string> {
  const { bundle, size, stored } = await desk.store.keep(bytes)
  const told = { title: 'Sweep', source: 'docker', collector: 'Ana', tool: 'Muster 0.1.0', note: null, items: [] }
  desk.journal.append(incident, 'live', desk.by, () => [
    draftOf(evidenceKeptKind, { bundle, size, form: 'tar', stored, ...told }),
  ])
  return bundle
}

test('an incident goes to another desk whole, and comes back with what was added there', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  ana.note(id, 'Sign-in page says 502.')
  await ana.export(id, out)
  expect(await ben.import(out)).toMatchObject({
    incident: id,
    entries: 3,
    known: 0,
    chains: 1,
    newChains: 1,
    conflicts: [],
  })
  expect(ben.journal.stateOf(id)).toEqual(ana.journal.stateOf(id))
  ben.note(id, 'The database is full.')
  await ben.export(id, out)
  expect(await ana.import(out)).toMatchObject({ entries: 1, known: 3, chains: 2, newChains: 1 })
  expect(ana.hashes(id)).toEqual(ben.hashes(id))
  expect([problemsOf(ana), problemsOf(ben)]).toEqual([[], []])
})

test('the same file again brings nothing and changes nothing', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  await ana.export(id, out)
  await ben.import(out)
  const rows = ben.rows()
  expect(await ben.import(out)).toMatchObject({ entries: 0, known: 2, newChains: 0 })
  expect(ben.rows()).toEqual(rows)
})

test('the same heads give the same bytes, whenever and wherever they are written', async () => {
  const ana = made.desk('Ana')
  const id = ana.declare()
  const [first, second] = [await ana.export(id, out), await ana.export(id, join(made.root, 'again.tar'))]
  expect(second.sha256).toBe(first.sha256)
  expect(readFileSync(out).equals(readFileSync(join(made.root, 'again.tar')))).toBe(true)
})

test('not a byte of another incident, of the ledger or of the folder goes along', async () => {
  const ana = made.desk('Ana')
  const id = ana.declare()
  const other = ana.declare('A secret other incident')
  await ana.export(id, out)
  const bytes = readFileSync(out, 'latin1')
  const ledger = ana.journal.change((db) => String(db.prepare('SELECT ledger FROM desk').pluck().get()))
  for (const foreign of [other, 'secret other', 'head-recorded', ledger, made.root])
    expect(bytes).not.toContain(foreign)
})

test('sha256sum and tar accept the file', async () => {
  const ana = made.desk('Ana')
  const id = ana.declare()
  await keepEvidence(ana, id, Buffer.from('what the probe read'))
  await ana.export(id, out)
  execFileSync('tar', ['-xf', out, '-C', made.root])
  const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: made.root, encoding: 'utf8' })
  expect(checked.split('\n')).toEqual([
    'incident.json: OK',
    'entries.jsonl: OK',
    expect.stringMatching(/^evidence\/.*: OK$/),
    '',
  ])
})

test('evidence goes along, and what is damaged or gone is reported and left out', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  const [whole, damaged, gone] = [
    await keepEvidence(ana, id, Buffer.from('one')),
    await keepEvidence(ana, id, Buffer.from('two')),
    await keepEvidence(ana, id, Buffer.from('three')),
  ]
  writeFileSync(ana.store.find(damaged)?.path ?? '', 'other bytes')
  ana.store.erase(gone)
  const written = await ana.export(id, out)
  expect(written.bundles).toBe(1)
  expect(written.leftOut).toHaveLength(2)
  expect(written.leftOut).toContainEqual({ bundle: damaged, why: 'mismatch' })
  expect(written.leftOut).toContainEqual({ bundle: gone, why: 'missing' })
  expect((await ben.import(out)).evidence).toEqual({ taken: 1, known: 0, erased: 0, missing: 2 })
  expect(await ben.store.check(whole)).toBe('match')
})

test('without evidence the entries go alone, and the evidence may follow', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  const bundle = await keepEvidence(ana, id, Buffer.alloc(300_000, 'log line\n'))
  expect((await ana.export(id, out, false)).bundles).toBe(0)
  expect((await ben.import(out)).evidence).toEqual({ taken: 0, known: 0, erased: 0, missing: 1 })
  await ana.export(id, out)
  expect(await ben.import(out)).toMatchObject({ entries: 0, evidence: { taken: 1, known: 0, missing: 0 } })
  expect(await ben.store.check(bundle)).toBe('match')
})

test('what was erased here stays erased, and what was erased there is erased here', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  ana.note(id, 'The password is hunter2.')
  const noted = ana.hashes(id).at(-1) ?? ''
  await ana.export(id, out)
  await ben.import(out)
  ben.erase(id, noted)
  // Ana's file still holds the body.
  await ben.import(out)
  expect(ben.journal.byHash(noted)?.body).toBeNull()
  await ben.export(id, out)
  expect(readFileSync(out, 'latin1')).not.toContain('hunter2')
  const cleo = made.desk('Cleo')
  for (const [desk, erasedTexts] of [
    [ana, 1],
    [cleo, 0],
  ] as const) {
    expect(await desk.import(out)).toMatchObject({ erasedTexts })
    expect(desk.journal.byHash(noted)?.body).toBeNull()
    for (const file of readdirSync(desk.folder).filter((name) => name.startsWith('journal.db'))) {
      expect(readFileSync(join(desk.folder, file), 'latin1')).not.toContain('hunter2')
    }
    expect(desk.journal.stateOf(id)).toEqual(ben.journal.stateOf(id))
    expect(problemsOf(desk)).toEqual([])
  }
})

test('evidence that was erased here does not come back, and an erasure from there takes it here', async () => {
  const [ana, ben, cleo] = [made.desk('Ana'), made.desk('Ben'), made.desk('Cleo')]
  const id = ana.declare()
  const bundle = await keepEvidence(ana, id, Buffer.from('a secret'))
  await ana.export(id, out)
  await ben.import(out)
  await cleo.import(out)
  const erased = join(made.root, 'erased.tar')
  ben.journal.append(id, 'live', ben.by, () => [
    draftOf(erasedKind, { entry: null, bundle, reason: 'A secret.', approver: ben.by }),
  ])
  ben.store.erase(bundle)
  expect((await ben.import(out)).evidence).toMatchObject({ taken: 0, erased: 1 })
  expect(ben.store.find(bundle)).toBeNull()
  expect((await ben.export(id, erased)).leftOut).toEqual([])
  await cleo.import(erased)
  expect(cleo.store.find(bundle)).toBeNull()
})

test('evidence that was erased and kept again goes along, also to a desk that knows the erasure', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  const bundle = await keepEvidence(ana, id, Buffer.from('what the probe read'))
  ana.journal.append(id, 'live', ana.by, () => [
    draftOf(erasedKind, { entry: null, bundle, reason: 'It held a password.', approver: ana.by }),
  ])
  await ana.export(id, out)
  await ben.import(out)
  await keepEvidence(ana, id, Buffer.from('what the probe read'))
  expect(await ana.export(id, out)).toMatchObject({ bundles: 1, leftOut: [] })
  expect((await ben.import(out)).evidence).toEqual({ taken: 1, known: 0, erased: 0, missing: 0 })
  expect(await ben.store.check(bundle)).toBe('match')
  for (const desk of [ana, ben]) {
    desk.journal.beside((db) => {
      expect([new StoredRows(db).keptBundles(), [...new StoredRows(db).erasedBundles()]]).toEqual([[bundle], []])
    })
  }
})

test('a restored desk learns its own newer entries and goes on under a new chain', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  ana.close()
  cpSync(ana.folder, join(made.root, 'backup'), { recursive: true })
  ana.restart()
  ana.note(id, 'After the backup.')
  await ana.export(id, out)
  await ben.import(out)
  ana.close()
  for (const file of readdirSync(ana.folder)) rmSync(join(ana.folder, file), { recursive: true })
  cpSync(join(made.root, 'backup'), ana.folder, { recursive: true })
  ana.restart()
  expect(await ana.import(out)).toMatchObject({ entries: 1 })
  ana.note(id, 'After the restore.')
  expect(new Set(ana.journal.allEntries(id).map(({ chain }) => chain)).size).toBe(2)
  await ana.export(id, out)
  expect(await ben.import(out)).toMatchObject({ entries: 1, newChains: 1 })
  expect(ben.hashes(id)).toEqual(ana.hashes(id))
})

test('a chain of this desk that is longer elsewhere is taken over, and not written on', async () => {
  const [ana, copy] = [made.desk('Ana'), made.desk('Copy')]
  const id = ana.declare()
  await ana.export(id, out)
  await copy.import(out)
  const chain = goOnUnderChainOf(ana, copy, id)
  ana.note(id, 'At the original.')
  await ana.export(id, out)
  expect(await copy.import(out)).toMatchObject({ entries: 1, wasBehind: true })
  copy.note(id, 'At the copy.')
  expect(copy.journal.allEntries(id).at(-1)?.chain).not.toBe(chain)
})

test('two ways to go on with one chain are a fork: refused whole, with all that is needed to see it', async () => {
  const ana = made.desk('Ana')
  const id = ana.declare()
  ana.note(id, 'One.')
  await ana.export(id, out)
  const ben = made.desk('Ben')
  await ben.import(out)
  const chain = goOnUnderChainOf(ana, ben, id)
  ben.note(id, 'Two, at the copy.')
  ana.note(id, 'Two, at the original.')
  await ben.export(id, out)
  const [mine, theirs] = [ana.hashes(id).at(-1) ?? '', ben.hashes(id).at(-1) ?? '']
  const rows = ana.rows()
  const refused = ana.import(out)
  await expect(refused).rejects.toMatchObject({ refusal: { code: 'damaged' } })
  for (const named of ['fork', chain, 'entry 4', mine, theirs, 'INC-']) await expect(refused).rejects.toThrow(named)
  expect(ana.rows()).toEqual(rows)
})

test('an import tells which conflicts arose, and settling one settles it everywhere', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  await ana.export(id, out)
  await ben.import(out)
  ana.incidents.setSeverity(id, severity(1), ana.by)
  ben.incidents.setSeverity(id, severity(3), ben.by)
  await ben.export(id, out)
  const { conflicts } = await ana.import(out)
  expect(conflicts).toMatchObject([{ field: 'severity', claims: [{ by: 'Ana' }, { by: 'Ben' }] }])
  expect((await ana.import(out)).conflicts).toEqual([])
  ana.merging.settle(id, 'severity', conflicts[0]?.claims[1]?.entry ?? '', ana.by)
  expect(conflictsOf(ana.journal.stateOf(id))).toEqual([])
  expect(ana.journal.stateOf(id).core.severity?.id).toBe('p3')
  await ana.export(id, out)
  expect((await ben.import(out)).conflicts).toEqual([])
  expect(ben.journal.stateOf(id)).toEqual(ana.journal.stateOf(id))
  expect(() => ben.merging.settle(id, 'severity', conflicts[0]?.claims[1]?.entry ?? '', ben.by)).toThrow('settled')
})

test('the ledger remembers the heads that came', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  await ana.export(id, out)
  await ben.import(out)
  const remembered = ben.journal.change((db) =>
    db
      .prepare<[], string>(`SELECT CAST(bytes AS TEXT) FROM entry JOIN body ON entry = id WHERE kind = 'head-recorded'`)
      .pluck()
      .all()
      .map((text) => JSON.parse(text) as { hash: string; because: string }),
  )
  expect(remembered.at(-1)).toMatchObject({ incident: id, seq: 2, hash: ana.hashes(id).at(-1), because: 'merge' })
})

test.each(['no/such/folder.tar', 'a-folder'])(
  'a file that cannot be written (%s) is refused, and leaves nothing',
  async (name) => {
    const ana = made.desk('Ana')
    const id = ana.declare()
    mkdirSync(join(made.root, 'a-folder'))
    const before = readdirSync(made.root)
    await expect(ana.export(id, join(made.root, name))).rejects.toMatchObject({ refusal: { code: 'storage' } })
    expect(readdirSync(made.root)).toEqual(before)
  },
)

test('a journal that was changed is not exported, and says what is wrong with it', async () => {
  const ana = made.desk('Ana')
  const id = ana.declare()
  const db = openConnection(journalFile(ana.folder), 'write')
  db.exec(
    `DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = '2020-01-01T00:00:00.000Z' WHERE kind = 'pack-pinned'`,
  )
  db.close()
  await expect(ana.export(id, out)).rejects.toThrow('is not what its hash says')
  expect(readdirSync(made.root)).toEqual(['Ana'])
})

test('an incident that is not there is refused', async () => {
  await expect(made.desk('Ana').export('01KAHB7Q7N8S3H9F0V6Z2M4XWC', out)).rejects.toMatchObject({
    refusal: { code: 'not-found' },
  })
})

test('what fails in the middle of the writing leaves nothing, neither entries nor evidence', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  await keepEvidence(ana, id, Buffer.from('what the probe read'))
  ana.note(id, 'The last one.')
  await ana.export(id, out)
  ben.journal.change((db) =>
    db.exec(`CREATE TEMP TRIGGER full_disk BEFORE INSERT ON main.entry WHEN NEW.kind = 'noted'
      BEGIN SELECT RAISE (ABORT, 'no room'); END`),
  )
  const before = [ben.rows(), ben.store.list()]
  await expect(ben.import(out)).rejects.toMatchObject({ refusal: { code: 'storage' } })
  expect([ben.rows(), ben.store.list()]).toEqual(before)
  ben.restart()
  expect(await ben.import(out)).toMatchObject({ entries: 4, evidence: { taken: 1 } })
})

test('what fails once the entries are in the journal takes no evidence away from them', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  const bundle = await keepEvidence(ana, id, Buffer.from('what the probe read'))
  await ana.export(id, out)
  const merge = ben.merging.mergeFile.bind(ben.merging)
  ben.merging.mergeFile = async (file, sha256) => {
    await merge(file, sha256)
    throw new Error('The thread ended')
  }
  await expect(ben.import(out)).rejects.toThrow('The thread ended')
  expect(ben.hashes(id)).toEqual(ana.hashes(id))
  expect(await ben.store.check(bundle)).toBe('match')
})

test('what another process brings or logs while an import gets ready is neither lost nor doubled', async () => {
  const [ana, ben] = [made.desk('Ana'), made.desk('Ben')]
  const id = ana.declare()
  await ana.export(id, out)
  await ben.import(out)
  ben.note(id, 'Mine.')
  await ben.export(id, out)
  await ana.import(out)
  ana.note(id, 'Hers.')
  await ana.export(id, out)
  const other = new TestDesk(made.root, 'Ben')
  const read = await readIncidentFile(out)
  const change = ben.journal.change.bind(ben.journal)
  let isFirst = true
  ben.journal.change = (work) => {
    if (isFirst) {
      isFirst = false
      other.note(id, 'Meanwhile.')
      mergeEntries(other.journal, out, read)
    }
    return change(work)
  }
  expect(mergeEntries(ben.journal, out, read)).toMatchObject({ entries: 0, known: 4 })
  other.close()
  expect(ben.hashes(id)).toHaveLength(5)
  expect(problemsOf(ben)).toEqual([])
})
