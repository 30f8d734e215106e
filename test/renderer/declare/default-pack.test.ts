import { expect, test } from 'vitest'
import { defaultPack } from '../../../renderer/declare/default-pack.ts'
import type { BoardRow } from '../../../shared/incident/board.ts'
import { FakeMain } from '../fake-main.ts'

const { packs } = new FakeMain().desk

function row(pack: string, mode: BoardRow['mode'], detectedAt: string): BoardRow {
  const nothing = { severity: null, commander: null, respondedAt: null, resolvedAt: null, conflicts: [] }
  const also = {
    number: '',
    title: '',
    declaredAt: detectedAt,
    lastAt: detectedAt,
    entries: 1,
    systems: [],
    relations: [],
  }
  return { id: detectedAt, mode, status: 'open', pack, detectedAt, ...nothing, ...also }
}

test('the runbook of the newest real incident is taken, else the first, else none', () => {
  const last = packs.at(-1)
  if (last === undefined) throw new Error('the desk has no packs')
  expect(defaultPack([], packs)).toBe(packs[0]?.id)
  expect(defaultPack([row(last.title, 'live', '2026-11-21T03:00:00.000Z')], packs)).toBe(last.id)
  expect(defaultPack([row('Nobody has it', 'exercise', '2026-11-21T04:00:00.000Z')], packs)).toBe(packs[0]?.id)
  expect(defaultPack([], [])).toBeNull()
})
