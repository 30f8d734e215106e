import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Alarm, Desk } from '../../../main/desk/desk.ts'
import { importIncident } from '../../../main/merge/import-incident.ts'
import { writeIncidentFile } from '../../../main/merge/write-incident-file.ts'
import { conflictsOf } from '../../../shared/incident/conflicts.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const person = (name: string) => ({ contact: null, name })
const ana = person('Ana')
const start = Date.parse('2026-11-21T03:00:00.000Z')
const said = { to: 'Ben', objectives: ['Keep checkout up'], hazards: ['Restarts lose the queue'] }
let root = ''
let wallMs = 0
let desks: Desk[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-handover-'))
  wallMs = start
  desks = []
})

afterEach(() => {
  for (const desk of desks) desk.close()
  rmSync(root, { recursive: true, force: true })
})

function deskAt(name: string): Desk {
  const desk = new Desk(join(root, name), { wallMs: () => wallMs, monotonicMs: () => wallMs })
  desks.push(desk)
  return desk
}

function declared(desk: Desk): string {
  const declaration = plainDeclaration({ title: 'Nobody can pay', severity: 'P1', commander: 'Ana' })
  return desk.incidents.declare(declaration, ana).id
}

/** Brings the incident from one desk to another, as its file does. */
async function bring(id: string, from: string, to: { desk: Desk; name: string }): Promise<void> {
  const out = join(root, `${from}-${to.name}-${Math.random()}.tar`)
  await writeIncidentFile({ dataFolder: join(root, from), incident: id, out, withEvidence: false, version: '0.1.0' })
  await importIncident({ dataFolder: join(root, to.name), file: out }, (sha256) =>
    to.desk.merging.mergeFile(out, sha256),
  )
  to.desk.arrivals()
}

function rung(desk: Desk): string[] {
  const alarms: Alarm[] = []
  desk.ringDue((some) => alarms.push(...some))
  return alarms.map(({ title }) => title)
}

function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.happened
    throw error
  }
  throw new Error('It was not refused')
}

const kindsOf = (desk: Desk, id: string) => desk.whole(id).entries.map(({ kind }) => kind)

describe('command offered at this desk', () => {
  test('stands with its brief until the new commander accepts, and both entries are theirs', () => {
    const desk = deskAt('a')
    const id = declared(desk)
    desk.handover.offer(id, { ...said, where: 'same-desk' }, ana)
    expect(desk.handover.standing(id)).toMatchObject({
      looksOn: false,
      commander: 'Ana',
      offer: { by: 'Ana', to: 'Ben', where: 'same-desk', isOurs: true, words: null },
      objectives: ['Keep checkout up'],
    })
    desk.handover.accept(id, 'Ben', ana)
    const last = desk.whole(id).entries.slice(-2)
    expect(last.map(({ kind, actor, recorded_by }) => [kind, actor.name, recorded_by.name])).toEqual([
      ['handover-accepted', 'Ben', 'Ana'],
      ['role-taken', 'Ben', 'Ana'],
    ])
    expect(desk.handover.standing(id)).toMatchObject({ looksOn: false, commander: 'Ben', offer: null })
  })

  test('is still offered after a restart', () => {
    const desk = deskAt('a')
    const id = declared(desk)
    desk.handover.offer(id, { ...said, where: 'same-desk' }, ana)
    desk.close()
    const again = deskAt('a')
    expect(again.handover.standing(id).offer).toMatchObject({ to: 'Ben', isOurs: true })
    again.handover.accept(id, 'ben', ana)
    expect(again.handover.standing(id).commander).toBe('ben')
  })

  test('a newer offer withdraws the older one, and says so', () => {
    const desk = deskAt('a')
    const id = declared(desk)
    desk.handover.offer(id, { ...said, where: 'same-desk' }, ana)
    desk.handover.offer(id, { ...said, to: 'Cid', where: 'same-desk' }, ana)
    expect(kindsOf(desk, id).slice(-3)).toEqual(['handover-offered', 'handover-withdrawn', 'handover-offered'])
    expect(desk.handover.standing(id).offer?.to).toBe('Cid')
    expect(refusalOf(() => desk.handover.accept(id, 'Ben', ana))).toBe('It was offered to Cid.')
  })

  test('refuses what makes no sense', () => {
    const desk = deskAt('a')
    const id = declared(desk)
    const offer = (to: string) => desk.handover.offer(id, { ...said, to, where: 'same-desk' }, ana)
    expect(refusalOf(() => offer('ana '))).toBe('Ana has command already.')
    expect(refusalOf(() => desk.handover.accept(id, 'Ben', ana))).toBe('No offer of command stands.')
    expect(refusalOf(() => desk.handover.take(id, { name: 'Ben', reason: 'Why not' }, ana))).toBe(
      'This desk has command already.',
    )
    offer('Ben')
    expect(refusalOf(() => desk.handover.accept(id, 'Ana', ana))).toMatch('Ana made this offer')
    desk.incidents.assign(id, 'commander', 'Cid', ana)
    expect(refusalOf(() => desk.handover.accept(id, 'Ben', ana))).toBe('Cid has had command since Ana made this offer.')
    desk.handover.withdraw(id, 'Cid has it.', ana)
    desk.incidents.assign(id, 'commander', null, ana)
    expect(refusalOf(() => offer('Ben'))).toMatch('Nobody commands')
    desk.incidents.resolve(id, 'resolved', 'Over.', ana)
    expect(refusalOf(() => offer('Ben'))).toMatch('The incident ended')
  })
})

describe('command offered to another desk', () => {
  test('goes with six words, and the clocks ring where it went', async () => {
    const [old, other] = [deskAt('old'), deskAt('new')]
    const id = declared(old)
    const words = old.handover.offer(id, { ...said, where: 'other-desk' }, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    expect(other.handover.standing(id)).toMatchObject({
      looksOn: true,
      elsewhere: { who: 'Ana' },
      offer: { to: 'Ben', isOurs: false, words },
    })
    expect(refusalOf(() => old.handover.accept(id, 'Ben', ana))).toBe('It was offered to another desk.')
    expect(refusalOf(() => other.handover.release(id, words, person('Ben')))).toMatch('No offer to another desk')

    other.handover.accept(id, 'Ben Okafor', person('Ben Okafor'))
    const wrong = [...words.split(' ').slice(0, 5), 'zoologist'].join(' ')
    expect(refusalOf(() => old.handover.release(id, wrong, ana))).toMatch("Word 6 ('zoologist') differs")
    expect(old.handover.standing(id).looksOn).toBe(false)
    old.handover.release(id, words.toUpperCase(), ana)
    expect(old.handover.standing(id)).toMatchObject({ looksOn: true, commander: 'Ben', elsewhere: { who: 'Ben' } })
    expect(other.handover.standing(id)).toMatchObject({ looksOn: false, commander: 'Ben Okafor' })

    wallMs += 12 * 3_600_000
    expect(rung(old)).toEqual([])
    expect(rung(other)).not.toEqual([])
    expect(rung(other)).toEqual([])
  })

  test('reads the same on both desks once files went to and fro', async () => {
    const [old, other] = [deskAt('old'), deskAt('new')]
    const id = declared(old)
    const words = old.handover.offer(id, { ...said, where: 'other-desk' }, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    other.handover.accept(id, 'Ben Okafor', person('Ben Okafor'))
    old.handover.release(id, words, ana)
    old.incidents.note(id, 'I look on from here.', null, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    await bring(id, 'new', { desk: old, name: 'old' })
    const [here, there] = [old, other].map((desk) => desk.open(id).state)
    expect(here?.handovers).toEqual(there?.handovers)
    expect(here?.roles).toEqual(there?.roles)
    expect(here?.handovers.offers).toMatchObject([{ is: 'accepted' }])
    expect(here === undefined ? null : conflictsOf(here)).toEqual([])
    expect([old, other].map((desk) => desk.handover.standing(id).looksOn)).toEqual([true, false])
    expect(old.handover.standing(id)).toMatchObject({ commander: 'Ben Okafor', elsewhere: { who: 'Ben Okafor' } })
  })

  test('before any word comes back both ring: twice is better than never', async () => {
    const [old, other] = [deskAt('old'), deskAt('new')]
    const id = declared(old)
    old.handover.offer(id, { ...said, where: 'other-desk' }, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    other.handover.accept(id, 'Ben', person('Ben'))
    wallMs += 12 * 3_600_000
    expect(rung(old)).not.toEqual([])
    expect(rung(other)).not.toEqual([])
  })

  test('can be taken back where the other desk is lost', async () => {
    const [old, other] = [deskAt('old'), deskAt('new')]
    const id = declared(old)
    const words = old.handover.offer(id, { ...said, where: 'other-desk' }, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    other.handover.accept(id, 'Ben', person('Ben'))
    old.handover.release(id, words, ana)
    expect(refusalOf(() => old.handover.offer(id, { ...said, where: 'same-desk' }, ana))).toMatch('Another desk')
    old.handover.take(id, { name: 'Ana', reason: "Ben's laptop fell into the water." }, ana)
    expect(old.handover.standing(id)).toMatchObject({ looksOn: false, commander: 'Ana' })
    wallMs += 12 * 3_600_000
    expect(rung(old)).not.toEqual([])
    // The lost one comes back, hears of it, and looks on.
    await bring(id, 'old', { desk: other, name: 'new' })
    expect(other.handover.standing(id)).toMatchObject({ looksOn: true, commander: 'Ana', elsewhere: { who: 'Ana' } })
  })

  test('can be offered back the other way', async () => {
    const [old, other] = [deskAt('old'), deskAt('new')]
    const id = declared(old)
    const there = old.handover.offer(id, { ...said, where: 'other-desk' }, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    other.handover.accept(id, 'Ben', person('Ben'))
    old.handover.release(id, there, ana)
    const back = other.handover.offer(id, { ...said, to: 'Ana', where: 'other-desk' }, person('Ben'))
    await bring(id, 'new', { desk: old, name: 'old' })
    old.handover.accept(id, 'Ana', ana)
    other.handover.release(id, back, person('Ben'))
    expect([old, other].map((desk) => desk.handover.standing(id).looksOn)).toEqual([false, true])
  })
})

describe('a desk that only imported an incident', () => {
  test('looks on and rings nothing until it takes command', async () => {
    const [old, third] = [deskAt('old'), deskAt('third')]
    const id = declared(old)
    await bring(id, 'old', { desk: third, name: 'third' })
    third.incidents.note(id, 'I only look.', null, person('Cid'))
    wallMs += 12 * 3_600_000
    expect(rung(third)).toEqual([])
    expect(rung(old)).not.toEqual([])
    third.handover.take(id, { name: 'Cid', reason: 'Nobody answers there.' }, person('Cid'))
    expect(rung(third)).not.toEqual([])
  })
})

describe('a copied folder', () => {
  test('rings as the folder that it was, also after it took command over from another desk', async () => {
    const [old, other] = [deskAt('old'), deskAt('new')]
    const id = declared(old)
    old.handover.offer(id, { ...said, where: 'other-desk' }, ana)
    await bring(id, 'old', { desk: other, name: 'new' })
    other.handover.accept(id, 'Ben', person('Ben'))
    for (const desk of desks.splice(0)) desk.close()
    for (const name of ['old', 'new']) cpSync(join(root, name), join(root, `${name}-copy`), { recursive: true })
    wallMs += 12 * 3_600_000
    for (const name of ['old-copy', 'new-copy']) {
      const copy = deskAt(name)
      expect([name, copy.handover.standing(id).looksOn]).toEqual([name, false])
      expect(rung(copy)).not.toEqual([])
    }
  })
})
