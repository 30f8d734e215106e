import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import * as acts from './acts.ts'
import type { Machine } from './fixtures.ts'
import { expect, test } from './ill-engine.ts'
import { sha256Of } from './papers.ts'
import * as screens from './screens.ts'

const title = 'Shop is down'

const boardSchema = z.looseObject({
  incidents: z.array(
    z.looseObject({ title: z.string(), status: z.string(), severity: z.looseObject({ code: z.string() }).nullable() }),
  ),
})

test('killed at ten points of the story, each start shows all that was acknowledged', async ({ machine, engine }) => {
  let page = await open(machine, engine.host)

  /** kill -9 `afterMs` after what was just asked, then a new start on the same folder. */
  async function killAndReturn(afterMs: number): Promise<void> {
    await wait(afterMs)
    await machine.killAll()
    expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [] })
    page = await open(machine, engine.host)
  }

  /** Does something in the room and is killed in the midst of it: all entries seen before are seen again. */
  async function interruptInRoom(what: {
    kinds: readonly string[]
    /** An act of its own that comes first: it may be done and the rest not. */
    first?: string
    afterMs: number
    act: () => Promise<void>
  }) {
    const before = await entriesShown(page)
    await what.act()
    await killAndReturn(what.afterMs)
    await openRoom(page)
    const after = await entriesShown(page)
    const hashes = new Set(after.map(({ hash }) => hash))
    expect(
      before.filter(({ hash }) => !hashes.has(hash)),
      'entries that are gone',
    ).toEqual([])
    const added = after.slice(before.length).map(({ kind }) => kind)
    const first = what.first === undefined ? [] : [[what.first], [what.first, ...what.kinds]]
    expect([[], what.kinds, ...first], 'what was interrupted is whole or absent').toContainEqual(added)
  }

  await test.step('1: while the first start asks who is there', async () => {
    await page.keyboard.type('Mira Holm')
    await page.keyboard.press('Enter')
    await killAndReturn(3)
    const { name } = screens.welcome(page)
    const board = screens.board(page)
    await expect(name.or(board.title)).toBeVisible()
    if (await name.isVisible()) await acts.introduce(page, 'Mira Holm')
  })

  await test.step('2: while the incident is declared', async () => {
    await acts.answerQuestions(page, { title, answers: 'yn', proposed: 'P1 Critical' })
    await page.keyboard.press('Enter')
    await killAndReturn(2)
    await expect(screens.board(page).title).toBeVisible()
    const { incidents } = boardSchema.parse(await machine.musterJson('incidents'))
    // Whole: with its severity, which is not the first of its entries.
    expect([[], [{ title, code: 'P1' }]]).toContainEqual(
      incidents.map((row) => ({ title: row.title, code: row.severity?.code })),
    )
    if (incidents.length === 0) await acts.declare(page, { title, answers: 'yn', proposed: 'P1 Critical' })
    else await openRoom(page)
  })

  await test.step('3: as soon as a note is acknowledged', async () => {
    await acts.log(page, 'Acknowledged just before')
    await interruptInRoom({ kinds: [], afterMs: 0, act: async () => {} })
    await expect(screens.room(page).entry('Acknowledged just before')).toBeVisible()
  })

  await test.step('4: while a note is on its way', async () => {
    await interruptInRoom({
      kinds: ['noted'],
      afterMs: 0,
      async act() {
        await screens.room(page).note.fill('Perhaps never heard')
        await page.keyboard.press('Enter')
      },
    })
  })

  await test.step('5: in the midst of a sweep', async () => {
    await interruptInRoom({
      kinds: ['evidence-kept', 'swept'],
      afterMs: 150,
      async act() {
        await expect(screens.room(page).sweep).toBeEnabled()
        await page.keyboard.press('Shift+F')
      },
    })
    await acts.sweep(page)
  })

  await test.step('6: while evidence is hashed again', async () => {
    await interruptInRoom({
      kinds: ['evidence-checked'],
      afterMs: 5,
      act: () => screens.room(page).findings.first().getByRole('button', { name: 'Evidence' }).click(),
    })
  })

  await test.step('7: while the severity is changed', async () => {
    await interruptInRoom({
      kinds: ['severity-set'],
      afterMs: 1,
      async act() {
        await page.keyboard.press('s')
        await expect(screens.severityDialog(page).layer).toBeVisible()
        await page.keyboard.press('2')
        await expect(screens.severityDialog(page).reason).toBeFocused()
        await page.keyboard.type('A workaround is known')
        await page.keyboard.press('Enter')
      },
    })
  })

  await test.step('8: while the post-mortem is printed', async () => {
    await interruptInRoom({
      kinds: ['exported'],
      // Evidence is hashed again before it leaves.
      first: 'evidence-checked',
      afterMs: 250,
      async act() {
        await page.keyboard.press('x')
        await expect(screens.exporting(page).layer).toBeVisible()
        await page.keyboard.press('3')
        await page.keyboard.press('Enter')
      },
    })
    for (const file of readdirSync(machine.saveFolder).filter((name) => name.endsWith('.pdf'))) {
      expect(readFileSync(join(machine.saveFolder, file)).subarray(-8).toString('latin1')).toContain('%%EOF')
    }
  })

  await test.step('9: while everything is hashed again', async () => {
    await interruptInRoom({ kinds: [], afterMs: 10, act: () => page.keyboard.press('v') })
  })

  await test.step('10: while the incident is resolved', async () => {
    await interruptInRoom({
      kinds: ['resolved'],
      afterMs: 1,
      async act() {
        await page.keyboard.press('r')
        await expect(screens.resolution(page).summary).toBeFocused()
        await page.keyboard.type('Started again.')
        await page.keyboard.press('Enter')
      },
    })
  })

  await test.step('and the story goes on to its end', async () => {
    const room = screens.room(page)
    if (!(await room.ended.isVisible())) await acts.resolve(page, 'Started again.')
    const written = await acts.exportAs(page, 'pdf')
    expect(existsSync(written.path)).toBe(true)
    expect(sha256Of(written.path)).toBe(written.sha256)
    const { incidents } = boardSchema.parse(await machine.musterJson('incidents'))
    expect(incidents).toMatchObject([{ title, status: 'resolved' }])
  })
})

async function open(machine: Machine, dockerHost: string): Promise<Page> {
  const { page } = await machine.start({ dockerHost })
  const { name } = screens.welcome(page)
  await expect(name.or(screens.board(page).title)).toBeVisible()
  return page
}

async function openRoom(page: Page): Promise<void> {
  await screens.board(page).line(title).click()
  await expect(screens.room(page).title).toHaveText(title)
  await expect(screens.room(page).entriesOf('declared')).toHaveCount(1)
}

function entriesShown(page: Page): Promise<{ hash: string; kind: string }[]> {
  return screens
    .room(page)
    .entries.evaluateAll((rows) =>
      rows.map((row) => ({ hash: row.getAttribute('data-hash') ?? '', kind: row.getAttribute('data-kind') ?? '' })),
    )
}
