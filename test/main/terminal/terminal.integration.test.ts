import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { muster, musterJson } from './muster.ts'

const declaredSchema = z.looseObject({ id: z.string(), number: z.string() })
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-terminal-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function damage(sql: string): void {
  const db = new Database(join(folder, 'journal.db'))
  db.exec(sql)
  db.close()
}

function journalBytes(): Buffer | null {
  const file = join(folder, 'journal.db')
  return existsSync(file) ? readFileSync(file) : null
}

async function declare(...more: readonly string[]) {
  return declaredSchema.parse(
    await musterJson(['declare', '--data', folder, '--pack', 'infinity', '--title', 'Sign-in fails', ...more]),
  )
}

test('an incident from declaration to post-mortem, each step a process of its own', async () => {
  const { id, number } = await declare('--severity', 'P1', '--as', 'Ana')
  expect((await muster(['note', id, 'Sign-in page says 502.', '--data', folder])).exit).toBe(0)
  expect((await muster(['resolve', number, '--summary', 'Restarted.', '--data', folder])).exit).toBe(0)
  expect(await musterJson(['incidents', '--data', folder])).toMatchObject({
    incidents: [{ number, status: 'resolved', severity: { code: 'P1' } }],
  })
  const file = join(folder, 'post-mortem.md')
  expect((await muster(['export', id, '--format', 'md', '--out', file, '--data', folder])).exit).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('Sign-in page says 502.')
  expect(await musterJson(['verify', '--data', folder])).toMatchObject({ ok: true, problems: [] })
})

test('answers lead to a severity', async () => {
  const answers = join(folder, 'answers.json')
  const packs = z
    .object({ packs: z.array(z.looseObject({ id: z.string(), questions: z.array(z.object({ id: z.string() })) })) })
    .parse(await musterJson(['packs', 'list', '--data', folder]))
  const [question] = packs.packs.find((pack) => pack.id === 'infinity')?.questions ?? []
  writeFileSync(answers, JSON.stringify({ [question?.id ?? '']: 'unsure' }))
  expect(await declare('--answers', answers)).toMatchObject({ severity: { code: 'P1' }, assumed: true })
})

test('an unconfirmed incident says so', async () => {
  await declare('--unconfirmed')
  expect(await musterJson(['incidents', '--data', folder])).toMatchObject({ incidents: [{ status: 'unconfirmed' }] })
})

test.each([
  ['an unknown command', ['declair'], 2],
  ['a missing option', ['declare', '--title', 'x'], 2],
  ['neither a title nor an alert', ['declare', '--pack', 'infinity'], 1],
  ['an unknown format', ['export', 'X', '--format', 'doc', '--out', 'x'], 2],
  ['a pack that is not there', ['declare', '--pack', 'infinite', '--title', 'x'], 1],
  ['an incident that is not there', ['note', 'INC-2020-0101-0001', 'x'], 1],
  ['an engine that is not there', ['sweep', '--docker', 'nonsense://x'], 1],
  ['the help', ['--help'], 0],
])('%s ends with the right exit code', async (_what, args, exit) => {
  const said = await muster([...args, '--data', folder])
  expect([said.exit, said.err === '' && said.out === '']).toEqual([exit, false])
})

test('a refusal says what was tried, what happened and what to do next', async () => {
  const { err } = await muster(['declare', '--pack', 'infinite', '--title', 'x', '--data', folder])
  expect(err).toMatch(/Tried: [\s\S]*What happened: [\s\S]*Next: Did you mean 'infinity'/)
})

test('a changed entry fails the verification with exit code 3', async () => {
  await declare()
  const db = new Database(join(folder, 'journal.db'))
  db.exec(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1`)
  db.close()
  const { exit, out } = await muster(['verify', '--data', folder])
  expect([exit, out.includes('NOT VERIFIED')]).toEqual([3, true])
})

test.each([
  [
    'an entry that cannot be read',
    () => damage(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET clock = '{' WHERE seq = 2`),
    3,
  ],
  ['a journal of random bytes', () => writeFileSync(join(folder, 'journal.db'), 'x'.repeat(8192)), 3],
  ['a folder without a journal', () => rmSync(join(folder, 'journal.db')), 1],
])('verify of %s ends with the right exit code and changes nothing', async (_what, harm, exit) => {
  await declare()
  harm()
  const before = journalBytes()
  expect((await muster(['verify', '--data', folder])).exit).toBe(exit)
  expect(journalBytes()).toEqual(before)
})

test('a reader that stops reading changes no exit code', async () => {
  const { exit, err } = await muster(['packs', 'list', '--json', '--data', folder], {}, { closeOut: true })
  expect([exit, err]).toEqual([0, ''])
})

test('a title with terminal codes reaches no terminal as they stand', async () => {
  await musterJson(['declare', '--data', folder, '--pack', 'infinity', '--title', 'a\u009b31m\u202eb'])
  const { out } = await muster(['incidents', '--json', '--data', folder])
  expect([/[\u0080-\u009f\u202e]/.test(out), out.includes('\\u009b31m')]).toEqual([false, true])
})

test('the practice plays one incident through and leaves everything in its folder', async () => {
  const out = join(folder, 'practice')
  const said = await muster(['practice', '--out', out, '--json'])
  expect(said.err).toContain('EXERCISE')
  expect(JSON.parse(said.out)).toMatchObject({
    verification: { ok: true, problems: [] },
    files: expect.arrayContaining(['postmortem.md', 'postmortem.html', 'postmortem.json', 'postmortem.pdf']) as unknown,
  })
  expect(readFileSync(join(out, 'postmortem.md'), 'utf8')).toContain('EXERCISE')
  const again = await muster(['practice', '--out', out])
  expect([again.exit, again.err.includes('not empty')]).toEqual([1, true])
})
