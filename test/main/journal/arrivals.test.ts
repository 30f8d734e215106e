import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'
import { bringAll } from './merged.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let root = ''
let open: JournalStore[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-arrivals-'))
  open = []
})

afterEach(() => {
  for (const store of open) store.close()
  rmSync(root, { recursive: true })
})

function desk(name: string): JournalStore {
  const opened = new JournalStore(join(root, name), systemClock)
  open.push(opened)
  return opened
}

function note(journal: JournalStore, ...texts: readonly string[]): void {
  journal.append(incident, 'live', ana, () => texts.map((text) => draftOf(notedKind, { text })))
}

/** The state must be what folding the rows as they stand gives, whichever way it came about. */
function expectPure(journal: JournalStore): void {
  expect(journal.stateOf(incident)).toEqual(fold(incident, journal.allEntries(incident)))
}

test('what comes in order is told as it came', () => {
  const [a, b] = [desk('one'), desk('one')]
  note(a, 'first', 'second')
  const [arrived] = b.catchUp()
  expect(arrived).toMatchObject({ from: 0, refolded: false })
  expect(arrived?.entries.map(({ seq }) => seq)).toEqual([1, 2])
  note(a, 'third')
  expect(b.catchUp()).toMatchObject([{ from: 2, refolded: false }])
  expect(b.catchUp()).toEqual([])
})

test('entries of another desk that belong in between make one new fold, told as the newest page', () => {
  const [a, b] = [desk('a'), desk('b')]
  for (let turn = 0; turn < 300; turn += 1) for (const on of [a, b]) note(on, `note ${turn}`)
  a.catchUp()
  bringAll(incident, join(root, 'b'), a)
  const [arrived, ...others] = a.catchUp()
  expect(others).toEqual([])
  expect(arrived).toMatchObject({ from: 400, refolded: true })
  expect(arrived?.entries).toEqual(a.page(incident, 400, 600))
  expect(arrived?.state.entries).toBe(600)
  expectPure(a)
})

test('a body that is erased leaves the state as well, here and in the other process', () => {
  const [a, b] = [desk('one'), desk('one')]
  note(a, 'first')
  const [first] = a.allEntries(incident)
  a.append(incident, 'live', ana, () => [
    draftOf(correctedKind, { entry: first!.hash, text: 'the password is hunter2' }),
  ])
  for (const on of [a, b]) on.catchUp()
  const [, leaked] = a.allEntries(incident)
  a.append(incident, 'live', ana, () => [
    draftOf(erasedKind, { entry: leaked!.hash, bundle: null, reason: 'a password', approver: ana }),
  ])
  for (const on of [a, b]) {
    expect(on.catchUp()).toMatchObject([{ from: 0, refolded: true, entries: [{}, { body: null }, { kind: 'erased' }] }])
    expect(JSON.stringify(on.stateOf(incident))).not.toContain('hunter2')
    expectPure(on)
  }
})

test('more than a thousand at once are told as the newest page', () => {
  const [a, b] = [desk('one'), desk('one')]
  note(a, ...Array.from({ length: 1001 }, (_, index) => `note ${index}`))
  expect(b.catchUp()).toMatchObject([{ from: 801, refolded: true, state: { entries: 1001 } }])
  expectPure(b)
})

test('what stood in the journal at the start is no news', () => {
  note(desk('one'), 'first')
  expect(desk('one').catchUp()).toEqual([])
})
