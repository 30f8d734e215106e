import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import { changeSettings } from '../../../main/desk/settings.ts'
import { declarationOf } from '../../../main/incidents/declare.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { type LoadedOverlay, readOverlay } from '../../../main/packs/overlay-file.ts'
import { OverlayShelf } from '../../../main/packs/overlay-shelf.ts'
import { overlayPinnedKind } from '../../../shared/incident/entries.ts'
import { smallPack } from '../../shared/packs/small-pack.ts'
import { infinity as loaded } from '../../shipped-packs.ts'

const ana = { contact: null, name: 'Ana' }
const overlay = readOverlay(
  Buffer.from(
    [
      'apiVersion: muster.dev/v1',
      'kind: overlay',
      'id: northwind',
      'title: Northwind Ferries',
      'packs:',
      '  - pack: infinity',
      '    severities: [{ severity: p1, respondWithinMinutes: 7 }]',
    ].join('\n'),
  ),
  'northwind.yaml',
)
let folder = ''
let desk: Desk

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-overlay-'))
  desk = new Desk(folder, systemClock)
})

afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true })
})

function declare(filledBy: LoadedOverlay | null): string {
  const said = { title: 'Sign-in fails', mode: 'live', unconfirmed: false, detectedAt: null } as const
  const declaration = declarationOf(
    loaded,
    { ...said, severity: 'P1', answers: {}, reason: null, commander: null },
    filledBy,
  )
  const { id } = desk.incidents.declare(declaration, ana)
  desk.arrivals()
  return id
}

const respondWithin = (id: string) => desk.open(id).pack?.severities[0]?.respondWithinMinutes

test('an incident keeps the overlay that it was declared with, by hash, and its clocks follow it', () => {
  const id = declare(overlay)
  expect(desk.open(id).state.core.overlay).toEqual({ id: 'northwind', title: 'Northwind Ferries', hash: overlay.hash })
  expect(respondWithin(id)).toBe(7)
  expect(respondWithin(declare(null))).toBe(15)
})

test('it is read by another process, without the file', () => {
  const id = declare(overlay)
  desk.close()
  desk = new Desk(folder, systemClock)
  expect(respondWithin(id)).toBe(7)
})

test('the exports name both', () => {
  const id = declare(overlay)
  const { text } = desk.renderPostmortem(id, 'md', { ok: true, entries: 0, problems: [] })
  expect(text).toContain(loaded.hash)
  expect(text).toContain('Northwind Ferries')
  expect(text).toContain(overlay.hash)
})

test('once its text is erased, the runbook stands alone', () => {
  const id = declare(overlay)
  const pinned = desk.page(id, 0, 10).find(({ kind }) => kind === overlayPinnedKind.kind)
  desk.erasure.eraseEntry(id, pinned?.hash ?? '', 'It named a person.', 'Tom', ana)
  desk.arrivals()
  expect(desk.open(id).state.core.overlay?.title).toBe('Northwind Ferries')
  expect(respondWithin(id)).toBe(15)
})

test('an overlay in force that cannot be read leaves the runbook alone, and says so', async () => {
  const shelf = new OverlayShelf(folder, { packs: [loaded] })
  expect((await shelf.effective(loaded.pack)).overlay).toBeNull()
  await shelf.use(overlay)
  expect((await shelf.effective(loaded.pack)).pack.severities[0]?.respondWithinMinutes).toBe(7)
  await changeSettings(folder, { overlay: 'gone' })
  expect(await shelf.inForce()).toMatchObject({ loaded: null, refusal: { code: 'storage' } })
  expect((await shelf.effective(loaded.pack)).pack).toEqual(loaded.pack)
  await shelf.useNone()
  expect(await shelf.inForce()).toEqual({ loaded: null, file: null, refusal: null })
})

test('an overlay that writes a secret down is never put in force, however it came to its folder', async () => {
  const pack = smallPack()
  const shelf = new OverlayShelf(folder, { packs: [{ ...loaded, pack }] })
  await shelf.use(overlay)
  const written = `packs:\n  - pack: ${pack.id}\n    parameters: [{ parameter: TOKEN, value: plainwords }]\n`
  const head = `apiVersion: muster.dev/v1\nkind: overlay\nid: ${overlay.overlay.id}\ntitle: X\n`
  writeFileSync(join(folder, 'overlays', `${overlay.overlay.id}.yaml`), head + written)
  const { loaded: inForce, refusal } = await shelf.inForce()
  expect(inForce).toBeNull()
  expect(refusal?.happened).toContain("writes down the value of 'TOKEN'")
  expect(JSON.stringify(refusal)).not.toContain('plainwords')
})
