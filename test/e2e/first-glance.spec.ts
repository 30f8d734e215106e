import * as acts from './acts.ts'
import { measureFirstGlance } from '../renderer/incident/in-view.ts'
import { crowdRoom } from './crowd-room.ts'
import { expect, test } from './ill-engine.ts'
import * as screens from './screens.ts'

const title = 'Checkout fails for customers in Europe'

test('at 1280 × 800 a commander sees the whole incident without scrolling, and reaches all of it by key', async ({
  machine,
  engine,
}) => {
  const early = new Date(Date.now() - 90 * 60_000).toISOString()
  const said = ['--pack', 'infinity', '--severity', 'P1', '--detected-at', early, '--as', 'Mira Holm']
  await machine.muster('declare', '--title', title, ...said)
  await machine.muster('declare', '--title', 'Slow report exports', ...said)
  const { page } = await machine.start({ dockerHost: engine.host })
  await acts.introduce(page, 'Mira Holm')
  await screens.board(page).line(title).click()
  const room = screens.room(page)
  await expect(room.title).toHaveText(title)

  await test.step('with five clocks, three tasks, three findings, a call due and five links nothing is cut', async () => {
    await acts.sweep(page)
    await crowdRoom(page, title)
    await expect(room.findings).not.toHaveCount(0)
    await expect.poll(async () => (await measureFirstGlance(page)).cut, { timeout: 15_000 }).toEqual([])
    const { counts } = await measureFirstGlance(page)
    expect(counts).toMatchObject({ role: 4, clock: 5, task: 3, finding: 3, verb: 7, 'last entry': 3, runtime: 2 })
    expect(counts['call']).toBeGreaterThanOrEqual(1)
    expect(counts['checklist item']).toBeGreaterThanOrEqual(1)
  })

  await test.step('the runbook’s steps take the column’s other side, and stay there', async () => {
    await page.keyboard.press('p')
    await expect(page.getByLabel('Scenario', { exact: true })).toBeVisible()
    await page.keyboard.press('Control+2')
    await expect(room.title).toHaveText('Slow report exports')
    await expect(page.getByRole('heading', { name: 'Call now' })).toBeVisible()
    await page.keyboard.press('Control+1')
    await expect(room.title).toHaveText(title)
    await expect(page.getByLabel('Scenario', { exact: true })).toBeVisible()
    await page.keyboard.press('p')
    await expect(page.getByRole('heading', { name: 'Call now' })).toBeVisible()
  })

  await test.step('each of the six verbs answers its key, the quieter ones stand behind one more', async () => {
    for (const [key, name] of [
      ['d', 'Decide'],
      ['c', /^Call/],
      ['u', 'Give an update'],
      ['s', 'Change the severity'],
      ['h', 'Hand over command'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog', { name })).toBeVisible()
      await acts.closeLayer(page)
    }
    await page.keyboard.press('.')
    await expect(page.getByRole('menuitem')).toHaveText([/Task/, /Sweep/, /Evidence/, /Resolve/, /Export/])
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    await expect(room.note).toBeFocused()
    await acts.leaveField(page)
  })

  await test.step('on the wall it is read from across the room, and the brief is one page', async () => {
    const wall = page.locator('main.wall')
    await acts.pair(page, 'g w')
    await expect(wall.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(wall).toContainText(/▲ P1.*Two in three checkouts fail/)
    await expect(wall.locator('.wall-clock.breached').first()).toContainText('overdue')
    await expect(wall.locator('.wall-clock')).toHaveCount(5)
    const figures = wall.locator('.wall-figures').first()
    expect(await figures.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThan(
      40,
    )
    await page.keyboard.press('Escape')
    await expect(room.title).toHaveText(title)
    await acts.pair(page, 'g r')
    const brief = page.getByRole('dialog', { name: 'Brief on one page' })
    await expect(page.frameLocator('iframe').locator('body')).toContainText('Whom to call next')
    await brief.getByRole('button', { name: 'Markdown' }).press('Enter')
    await expect(brief).toContainText(/Wrote .*\.md/)
    await acts.closeLayer(page)
  })

  await test.step('the other incident’s tab says that a clock of it is overdue', async () => {
    await expect(page.getByRole('button', { name: /Slow report exports.*overdue/ })).toBeVisible()
  })
})
