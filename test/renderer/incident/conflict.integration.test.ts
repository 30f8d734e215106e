import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { infinity } from '../fake-main.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()

const OTHER = 'e'.repeat(32)

/** What stands against the part for people who do not see it or have no mouse (WCAG 2.2 AA). */
async function faultsOf(page: Page, part: string): Promise<unknown[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).include(part).withTags(tags).analyze()
  return violations
}

/** The story, and a desk beside it that has said other things without having seen it. */
function contradictedStory() {
  const main = checkoutStory()
  const worst = infinity.pack.severities.toSorted((a, b) => a.rank - b.rank)[0]
  const mildest = infinity.pack.severities.toSorted((a, b) => b.rank - a.rank)[0]
  if (worst === undefined || mildest === undefined) throw new Error('The pack has no severities')
  const said = (chosen: typeof worst) => ({
    severity: { id: chosen.id, code: chosen.code, name: chosen.name, rank: chosen.rank },
    assumed: false,
    reason: 'As seen here.',
    path: [],
  })
  main.log(CHECKOUT, 'severity-set', said(mildest))
  main.log(CHECKOUT, 'severity-set', said(worst), { chain: OTHER, by: 'Ben Okoro' })
  return { main, worst, mildest }
}

test('desks that disagree: both sides stand in the room and on the board, and one key settles it', async () => {
  const { main, worst, mildest } = contradictedStory()
  const page = await openWindow(main)
  await page.getByText('conflict: the severity').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  const line = page.getByRole('region', { name: 'Desks disagree on the severity.' })
  await line.waitFor()
  expect(await line.textContent()).toContain(`'${worst.code} ${worst.name}' holds`)
  expect(await line.textContent()).toContain('Ben Okoro')
  expect(await line.getByRole('button').count()).toBe(2)
  expect(await faultsOf(page, '.conflict')).toEqual([])
  await page.keyboard.press('2')
  await line.waitFor({ state: 'detached' })
  expect(main.asked.findLast(({ name }) => name === 'incidents.settle')?.argument).toMatchObject({
    id: CHECKOUT,
    field: 'severity',
  })
  expect(main.state(CHECKOUT).core.severity?.id).toBe(mildest.id)
})

test('two incidents of one number are told apart by a letter, in the room as on the board', async () => {
  const main = checkoutStory()
  const [first] = main.board()
  const twin = '01KBZZZZZZZZZZZZZZZZZZZZZZ'
  main.begin(twin)
  main.log(twin, 'declared', {
    number: first?.number,
    title: 'The same number elsewhere',
    pack: { id: 'infinity', version: infinity.pack.version, title: infinity.pack.title, hash: infinity.hash },
    unconfirmed: false,
    detected_at: new Date(main.nowMs).toISOString(),
  })
  const page = await openWindow(main)
  const label = `${first?.number ?? ''}-B`
  await page.getByRole('main').getByText(label).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'The same number elsewhere' }).click()
  await page.locator('.head').getByText(label).waitFor()
})

test('an incident is taken along and taken over by keyboard, and what arose is said', async () => {
  const main = checkoutStory()
  main.imported = {
    ...main.imported,
    conflicts: ["Desks contradict each other on the severity: 'P1 Critical' (Ana) against 'P3 Low' (Ben)."],
  }
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.locator('.head').getByText('INC-2026-1121-0412').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Export…' }).press('Enter')
  await dialog.getByText('Wrote INC-2026-1121-0412 to /home/ana/INC-2026-1121-0412.tar').waitFor()
  expect(main.asked.findLast(({ name }) => name === 'merging.export')?.argument).toEqual({
    incident: CHECKOUT,
    withEvidence: true,
  })
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await expect.poll(() => dialog.getByLabel('File').inputValue()).toBe('/media/ana/stick/incident.tar')
  await dialog.getByLabel('File').press('Enter')
  await dialog.getByText('12 new entries, 22 known').waitFor()
  expect(await dialog.getByRole('alert').textContent()).toContain('contradict each other')
  expect(await faultsOf(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: 'Open it' }).click()
  await dialog.waitFor({ state: 'detached' })
})

test('a fork is shown as it is refused, with what to do', async () => {
  const main = checkoutStory()
  main.refusals.set('merging.import', {
    code: 'damaged',
    tried: 'Import the incident of /media/ana/stick/incident.tar',
    happened: 'This is a fork of INC-2026-1121-0412: entry 4 of chain abc is d1 here, and d2 in the file.',
    next: 'Leave both journals as they are.',
  })
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('heading', { name: 'Board' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('File').fill('/media/ana/stick/incident.tar')
  await dialog.getByLabel('File').press('Enter')
  await dialog.getByText('This is a fork of INC-2026-1121-0412').waitFor()
  await dialog.getByText('Leave both journals as they are.').waitFor()
})
