import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
let folder = ''
let desk: Desk
let id = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-drafts-'))
  const wallMs = Date.parse('2026-11-21T03:00:00.000Z')
  desk = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
  const said = { title: 'Nobody can sign in', severity: 'p1', commander: 'Ana', systems: ['sign-in'] }
  id = desk.incidents.declare(plainDeclaration(said), ana).id
})

afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the message that fits comes first: the first one, then updates, then the end', () => {
  const first = () => desk.drafts.templates(id)[0]?.moment
  expect(first()).toBe('initial')
  desk.incidents.giveUpdate(id, 'We look into it.', null, ana)
  expect(first()).toBe('update')
  desk.incidents.resolve(id, 'resolved', 'Rolled back.', ana)
  expect(first()).toBe('resolution')
  expect(desk.drafts.templates(id).some(({ moment }) => moment === 'record')).toBe(false)
})

test('a message is filled from the record, and says what is missing', () => {
  const template = desk.drafts.templates(id)[0]?.id ?? ''
  const { text, missing } = desk.drafts.draft(id, template, {})
  expect(text).toContain('Nobody can sign in')
  for (const { title } of missing) expect(text).toContain(`‹${title}: missing›`)
})

test('a template that the runbook does not have is refused', () => {
  expect(() => desk.drafts.draft(id, 'nowhere', {})).toThrow('no such template')
})
