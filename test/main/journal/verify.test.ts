import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Appender } from '../../../main/journal/appender.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { steadyMark, systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import { hash } from 'node:crypto'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { verifyFolder } from '../../../main/journal/verify-folder.ts'
import { runVerification } from '../../../main/journal/run-verification.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-verify-'))
  const journal = new JournalStore(folder, systemClock)
  for (const text of ['one', 'two', 'three']) {
    journal.append(incident, 'live', { contact: null, name: 'Ana' }, () => [draftOf(notedKind, { text })])
  }
  journal.recordHead(incident, 'test')
  journal.close()
})

afterEach(() => rmSync(folder, { recursive: true }))

function problemsAfter(sql: string): readonly string[] {
  const db = new Database(journalFile(folder))
  db.unsafeMode()
  db.pragma('foreign_keys = OFF')
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  for (const trigger of triggers) db.exec(trigger.sql)
  db.close()
  return verify()
}

function verify(): readonly string[] {
  const db = openConnection(journalFile(folder), 'read')
  try {
    return verifyJournal(db).problems
  } finally {
    db.close()
  }
}

test('an untouched journal has no problems', () => {
  expect(verify()).toEqual([])
})

test.each([
  [
    'a changed header',
    `UPDATE entry SET actor = replace(actor, 'Ana', 'Eva') WHERE incident = '${incident}' AND seq = 2`,
    /hash does not fit/,
  ],
  ['a changed body', `UPDATE body SET bytes = CAST(replace(CAST(bytes AS TEXT), 'two', 'six') AS BLOB)`, /body/],
  ['a removed body', `DELETE FROM body WHERE CAST(bytes AS TEXT) LIKE '%two%'`, /body is gone/],
  ['a removed entry', `DELETE FROM entry WHERE incident = '${incident}' AND seq = 2`, /2 was expected/],
  [
    'a cut tail that the ledger remembers',
    `DELETE FROM entry WHERE incident = '${incident}' AND seq = 3`,
    /ledger remembers entry 3/,
  ],
  ['a lost incident', `DELETE FROM entry WHERE incident = '${incident}'`, /ledger remembers/],
  [
    'two swapped bodies',
    `UPDATE body SET entry = entry + 1000; UPDATE body SET entry = CASE entry WHEN 1001 THEN 3 WHEN 1003 THEN 1 ELSE entry - 1000 END`,
    /body was changed/,
  ],
  ['a number that is not JSON', `UPDATE entry SET clock = 'x' WHERE seq = 2`, /Read entry 2/],
])('finds %s', (_what, sql, problem) => {
  expect(problemsAfter(sql).join('\n')).toMatch(problem)
})

test('finds a trigger that was made harmless under its own name', () => {
  const db = new Database(journalFile(folder))
  db.exec('DROP TRIGGER body_is_never_changed')
  db.exec('CREATE TRIGGER body_is_never_changed BEFORE UPDATE ON body BEGIN SELECT 1; END')
  db.close()
  expect(verify().join('')).toMatch(/body_is_never_changed/)
})

test('finds a tail that was cut off after the ledger last remembered the head', () => {
  const journal = new JournalStore(folder, systemClock)
  for (let note = 0; note < 40; note += 1) {
    journal.append(incident, 'live', { contact: null, name: 'Ana' }, () => [
      draftOf(notedKind, { text: `note ${note}` }),
    ])
  }
  journal.close()
  expect(problemsAfter(`DELETE FROM entry WHERE incident = '${incident}' AND seq >= 40`).join('\n')).toMatch(
    /ledger remembers/,
  )
})

test('finds a trigger that is gone', () => {
  const db = new Database(journalFile(folder))
  db.exec('DROP TRIGGER entry_is_never_changed')
  db.close()
  expect(verify().join()).toMatch(/entry_is_never_changed/)
})

/** What a forger with this source code would do: the chain's newest entry anew, with a hash that fits. */
function forge(change: (columns: Record<string, string | number>, body: Buffer) => Buffer): readonly string[] {
  const db = new Database(journalFile(folder))
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`)
  const row = db
    .prepare('SELECT e.*, b.salt, b.bytes FROM entry e JOIN body b ON b.entry = e.id ORDER BY e.id DESC')
    .get() as Record<string, string | number> & { salt: Buffer; bytes: Buffer }
  const { id, prev, hash: _hash, salt, bytes, ...columns } = row
  const body = change(columns, bytes)
  columns['body_hash'] = hash('sha256', Buffer.concat([salt, body]), 'hex')
  const json = ['actor', 'after', 'clock', 'recorded_by', 'lamport', 'seq', 'version']
  const members = Object.keys(columns)
    .toSorted()
    .map((name) => `"${name}":${json.includes(name) ? columns[name] : JSON.stringify(columns[name])}`)
  columns['hash'] = hash('sha256', `${prev}{${members.join(',')}}`, 'hex')
  for (const [name, value] of Object.entries(columns)) {
    db.prepare(`UPDATE entry SET "${name}" = ? WHERE id = ?`).run(value, id)
  }
  db.prepare('UPDATE body SET bytes = ? WHERE entry = ?').run(body, id)
  db.close()
  return verify().filter((problem) => !problem.startsWith('The trigger'))
}

test('a header or body that says nothing wrong in a form that nothing of Muster writes is found, whatever its hash', () => {
  const same = (_columns: unknown, body: Buffer): Buffer => body
  expect(forge(same)).toEqual([])
  const spaced = (columns: Record<string, string | number>, body: Buffer): Buffer => {
    columns['clock'] = String(columns['clock']).replaceAll(',', ', ')
    return body
  }
  expect(forge(spaced).join()).toMatch(/its header is not canonical/)
})

test.each([
  ['with a space', '{"text": "x"}', /body is not canonical/],
  ['with keys in another order', '{"b":1,"a":2}', /body is not canonical/],
  ['with a key twice', '{"a":1,"a":1}', /body is not canonical/],
  ['with numbers as keys in their own order', '{"9":1,"10":1}', /body is not canonical/],
  ['with a number spelt otherwise', '{"a":1.0}', /body is not canonical/],
  ['with half of a surrogate pair', '{"a":"\\ud800"}', /half of a surrogate pair/],
  ['that is no JSON', 'oops', /body is not JSON/],
  ['that is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /body is not UTF-8/],
])('a body %s is found, whatever its hash', (_what, body, problem) => {
  expect(forge(() => Buffer.from(body)).join()).toMatch(problem)
})

test('keys that are numbers, escapes and a replacement character are canonical where they stand right', () => {
  const right = canonicalJson({ 10: 1, 9: [{ b: null, a: 'ü \u0001 \ufffd "' }], z: -1.5e-9 })
  expect(forge(() => Buffer.from(right))).toEqual([])
})

test('bytes that pass from the body to the salt keep the hash, and are found', () => {
  const problems = problemsAfter(
    `UPDATE body SET salt = CAST(salt || substr(bytes, 1, 1) AS BLOB), bytes = substr(bytes, 2) WHERE entry = 3`.replace(
      'UPDATE body',
      'PRAGMA ignore_check_constraints = ON; UPDATE body',
    ),
  )
  expect(problems.join()).toMatch(/its body was changed/)
})

test('entries that stand in the file in another order than they were written are no problem', () => {
  expect(
    problemsAfter(
      'UPDATE entry SET id = id + 1000; UPDATE entry SET id = 5000 - id; UPDATE body SET entry = 4000 - entry',
    ),
  ).toEqual([])
})

test('a ledger that was emptied is found by the chains that it must remember', () => {
  const ledger = '(SELECT id FROM entry WHERE incident = (SELECT ledger FROM desk))'
  expect(
    problemsAfter(`DELETE FROM body WHERE entry IN ${ledger}; DELETE FROM entry WHERE id IN ${ledger}`).join(),
  ).toMatch(/its ledger does not remember it/)
})

function erase(text: string): void {
  const journal = new JournalStore(folder, systemClock)
  const target = journal.allEntries(incident).find((entry) => canonicalJson(entry.body).includes(text))
  const approver = { contact: null, name: 'Bo' }
  journal.append(incident, 'live', approver, () => [
    draftOf(erasedKind, { entry: target?.hash ?? '', bundle: null, reason: 'a password', approver }),
  ])
  journal.close()
}

test('a body that was erased is gone by an entry that says so, and counted', async () => {
  erase('two')
  expect(await verifyFolder(folder)).toMatchObject({
    ok: true,
    erased: 1,
    erasures: [expect.stringMatching(/ #2: erased by #4\.$/)],
  })
})

test('an erasure by a newer Muster is one, and one of what must stay hides nothing', async () => {
  const journal = new JournalStore(folder, systemClock)
  const [first, second] = journal.allEntries(incident)
  const by = { contact: null, name: 'Bo' }
  const said = { incident, mode: 'live', recordedBy: by, at: '2026-11-21T03:00:00.000Z', clock: steadyMark } as const
  journal.change((db) => {
    const appender = new Appender(db)
    appender.append({ ...said, version: 99, draft: { kind: 'erased', body: { entry: first?.hash ?? '', by: 'law' } } })
    appender.append({ ...said, version: 1, draft: { kind: 'declared', body: { title: 'Made up' } } })
  })
  const declared = journal.allEntries(incident).at(-1)
  journal.append(incident, 'live', by, () => [
    draftOf(erasedKind, { entry: declared?.hash ?? '', bundle: null, reason: 'none', approver: by }),
  ])
  journal.close()
  expect(second?.seq).toBe(2)
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, erased: 1, erasures: [expect.stringMatching(/ #1: /)] })
  expect(problemsAfter(`DELETE FROM body WHERE CAST(bytes AS TEXT) LIKE '%Made up%'`).join()).toMatch(/body is gone/)
})

test('evidence that was erased and kept again must be there', async () => {
  const store = new EvidenceStore(folder)
  const journal = new JournalStore(folder, systemClock)
  const by = { contact: null, name: 'Bo' }
  const told = { form: 'tar', title: 'Sweep', source: 'docker', collector: 'Bo', tool: 'Muster', note: null } as const
  const keep = async (): Promise<string> => {
    const { bundle, size, stored } = await store.keep(Buffer.from('what the probe read'))
    journal.append(incident, 'live', by, () => [
      draftOf(evidenceKeptKind, { ...told, bundle, size, stored, items: [] }),
    ])
    return bundle
  }
  const bundle = await keep()
  store.erase(bundle)
  journal.append(incident, 'live', by, () => [
    draftOf(erasedKind, { entry: null, bundle, reason: 'a password', approver: by }),
  ])
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, bundles: 0 })
  await keep()
  journal.close()
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, problems: [], bundles: 1 })
  store.erase(bundle)
  expect((await verifyFolder(folder)).problems.join()).toMatch(/missing/)
})

test('an entry that an index no longer leads to is found, though every row is as it was written', async () => {
  const spell = (sql: string): void => {
    const db = new Database(journalFile(folder))
    db.unsafeMode()
    db.pragma('writable_schema = ON')
    db.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'entry_in_fold_order'").run(sql)
    db.close()
  }
  const db = new Database(journalFile(folder))
  const sql = String(db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'entry_in_fold_order'").pluck().get())
  db.close()
  spell(`${sql} WHERE seq <> 2`)
  const partial = new Database(journalFile(folder))
  partial.exec('REINDEX entry_in_fold_order')
  partial.close()
  spell(sql)
  const journal = new JournalStore(folder, systemClock)
  expect(journal.page(incident, 0, 9).map(({ seq }) => seq)).toEqual([1, 3])
  journal.close()
  expect((await verifyFolder(folder)).problems.join()).toMatch(/file is damaged: wrong # of entries in index/)
})

test('a body that was put back although an entry says that it was erased is a problem', () => {
  const db = new Database(journalFile(folder))
  const kept = db.prepare("SELECT entry, salt, bytes FROM body WHERE CAST(bytes AS TEXT) LIKE '%two%'").get() as {
    entry: number
    salt: Buffer
    bytes: Buffer
  }
  db.close()
  erase('two')
  const hex = (bytes: Buffer): string => `x'${bytes.toString('hex')}'`
  expect(
    problemsAfter(`INSERT INTO body VALUES (${kept.entry}, ${hex(kept.salt)}, ${hex(kept.bytes)})`).join(),
  ).toMatch(/#4 says that its body was erased, and it is still there/)
})

test('a verification tells how far it is, and stops when it is told to', async () => {
  const steps = new Set<string>()
  await runVerification(folder, { onProgress: ({ step }) => steps.add(step) })
  const cancel = new AbortController()
  cancel.abort()
  await expect(runVerification(folder, { signal: cancel.signal })).rejects.toMatchObject({
    refusal: { code: 'cancelled' },
  })
  const journal = new JournalStore(folder, systemClock)
  const notes = Array.from({ length: 2_500 }, (_, note) => draftOf(notedKind, { text: `note ${note}` }))
  journal.append(incident, 'live', { contact: null, name: 'Ana' }, () => notes)
  journal.close()
  expect((await runVerification(folder, { onProgress: ({ step }) => steps.add(step) })).ok).toBe(true)
  expect(steps).toContain('entries')
})

test('a folder that was copied goes on under new chains, the ledger too, and verifies', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'muster-verify-copy-'))
  try {
    cpSync(folder, copy, { recursive: true })
    const journal = new JournalStore(copy, systemClock)
    for (const text of ['four', 'five']) {
      journal.append(incident, 'live', { contact: null, name: 'Bo' }, () => [draftOf(notedKind, { text })])
    }
    journal.close()
    const found = await verifyFolder(copy)
    expect(found).toMatchObject({ ok: true, chains: 4, problems: [] })
    expect(found.heads.filter(({ number }) => number === 'the ledger')).toHaveLength(2)
  } finally {
    rmSync(copy, { recursive: true })
  }
})
