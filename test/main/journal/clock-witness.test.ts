import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Clock } from '../../../main/journal/clock.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const twentyMinutes = 20 * 60_000
let folder = ''
let journal: JournalStore
let wallMs = 0
let monotonicMs = 0
const clock: Clock = { wallMs: () => wallMs, monotonicMs: () => monotonicMs }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-witness-'))
  wallMs = Date.parse('2026-11-21T03:00:00.000Z')
  monotonicMs = 0
  journal = new JournalStore(folder, clock)
})

afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true })
})

function pass(ms: number, stepMs = 0): void {
  monotonicMs += ms
  wallMs += ms + stepMs
}

/** The clock marks of so many notes logged at once. */
function marks(notes = 1) {
  journal.append(incident, 'live', ana, () => Array.from({ length: notes }, () => draftOf(notedKind, { text: 'x' })))
  return journal
    .allEntries(incident)
    .slice(-notes)
    .map((entry) => entry.clock)
}

const witness = { skewMs: twentyMinutes, against: 'docker eu-1', at: '' }

test('entries say how far the clock is off from when a clock outside was read, for an hour', () => {
  expect(marks()).toEqual([{ mark: 'steady', by_ms: null, skew_ms: null }])
  journal.witnessClock(witness)
  const off = { mark: 'steady', by_ms: null, skew_ms: twentyMinutes }
  expect(marks(2)).toEqual([off, off])
  pass(59 * 60_000)
  expect(marks()).toEqual([off])
  pass(2 * 60_000)
  expect(marks()).toEqual([{ ...off, skew_ms: null }])
})

test('a clock that was set since is not known any more, and the newest reading counts', () => {
  journal.witnessClock(witness)
  pass(1_000, -twentyMinutes)
  expect(marks()).toEqual([{ mark: 'stepped', by_ms: -twentyMinutes, skew_ms: null }])
  journal.witnessClock({ ...witness, skewMs: 120 })
  expect(marks()).toEqual([{ mark: 'steady', by_ms: null, skew_ms: 120 }])
})
