import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { forgetSnapshot } from '../../../main/journal/fold-cache.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import { sha256 } from '../../../main/journal/sha256.ts'
import { verifyFolder } from '../../../main/journal/verify-folder.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { impactStatedKind } from '../../../shared/incident/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const ana = { contact: null, name: 'Ana' }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-verify-states-'))
  const journal = new JournalStore(folder, systemClock)
  const drafts = Array.from({ length: 150 }, (_, number) => draftOf(impactStatedKind, { text: `impact ${number}` }))
  journal.append(incident, 'live', ana, () => drafts)
  journal.close()
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Somebody changes the kept states, and makes their checksum fit. */
function changeStates(from: string, to: string): void {
  const file = join(folder, 'cache', 'fold.json')
  const [head = '', text = ''] = readFileSync(file, 'utf8').split('\n')
  const changed = text.replaceAll(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(file, `${JSON.stringify({ ...JSON.parse(head), sha256: sha256(changed) })}\n${changed}`)
}

test('kept states that are what the entries give are equal to a rebuild', async () => {
  const steps = new Set<string>()
  expect(await verifyFolder(folder, { onProgress: ({ step }) => steps.add(step) })).toMatchObject({
    ok: true,
    states: 'equal',
  })
  expect(steps).toContain('states')
})

test('kept states that say something else are named, and can be thrown away', async () => {
  changeStates('impact 149', 'no impact')
  expect(await verifyFolder(folder)).toMatchObject({
    ok: false,
    states: 'different',
    problems: [expect.stringMatching(/the kept state is not what the entries give.*--rebuild/)],
  })
  expect(await verifyFolder(folder, { states: false })).toMatchObject({ ok: true, states: 'not-looked-at' })
  forgetSnapshot(folder)
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, states: 'not-kept' })
})

test('an erasure makes no kept state a problem', async () => {
  const journal = new JournalStore(folder, systemClock)
  const [first] = journal.allEntries(incident)
  journal.append(incident, 'live', ana, () => [
    draftOf(erasedKind, { entry: first?.hash ?? '', bundle: null, reason: 'a name', approver: ana }),
  ])
  journal.close()
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, erased: 1, problems: [] })
})
