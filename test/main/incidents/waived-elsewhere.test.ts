import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import type { Mode } from '../../../shared/journal/header.ts'
import { plainDeclaration } from './plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
const finding = { key: 'D04 container web', title: 'web restarts in a loop' }
const hour = 3_600_000
let folder = ''
let wallMs = Date.parse('2026-11-21T03:00:00.000Z')
let desk: Desk

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-waived-'))
  desk = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
})

afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function declare(mode: Exclude<Mode, 'routine'>): string {
  return desk.incidents.declare(plainDeclaration({ title: 'Down', mode, severity: 'p2' }), ana).id
}

const waive = (id: string, ms: number) =>
  desk.room.waive(id, { finding, until: new Date(wallMs + ms).toISOString(), reason: 'Known' }, ana)

test('what other incidents have waived is told as long as it holds, never across live and exercise', () => {
  const [here, there, played] = [declare('live'), declare('live'), declare('exercise')]
  waive(here, hour)
  waive(there, 2 * hour)
  waive(played, 3 * hour)
  expect(desk.room.waivedElsewhere(here)).toEqual([
    {
      key: finding.key,
      until: new Date(wallMs + 2 * hour).toISOString(),
      reason: 'Known',
      by: 'Ana',
      incident: there,
      number: desk.open(there).state.core.number,
    },
  ])
  expect(desk.room.waivedElsewhere(played)).toEqual([])
  wallMs += 2 * hour
  expect(desk.room.waivedElsewhere(here)).toEqual([])
})
