import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

/** The clocks of an incident whose next update is due in a while. */
async function openClocks(): Promise<Page> {
  main = checkoutStory()
  const update = { id: CHECKOUT, text: 'The next one comes at 14:30 UTC.', happenedAt: null }
  await main.answer('incidents.giveUpdate', JSON.stringify(update))
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.locator('details.clock-list > summary').click()
  return page
}

/** Waits until what was released has come and is drawn. */
async function settled(page: Page): Promise<void> {
  // The answer leaves while this is on its way; what is asked next comes after it.
  await page.evaluate(() => null)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
}

const row = (page: Page) => page.locator('.clock-rows li', { hasText: 'update' }).first()
const resumed = () => main.asked.findLast(({ name }) => name === 'incidents.resumeClock')?.argument

test('a clock that was paused late leaves the reason alone that is typed for its running on', async () => {
  const page = await openClocks()
  // The row moves among the others when its clock is paused.
  const title = await row(page).locator('.clock-row-open').innerText()
  const named = page.locator('.clock-rows li').filter({ has: page.getByText(title, { exact: true }) })
  const verbs = named.locator('.clock-verbs')
  const why = verbs.getByLabel('Why')
  await verbs.getByRole('button', { name: /^Pause/ }).click()
  await why.fill('Nobody reads it now')
  const release = main.hold('incidents.pauseClock')
  await why.press('Enter')
  await verbs.getByRole('button', { name: 'Back' }).click()
  await verbs.getByRole('button', { name: /^Run on/ }).click()
  await why.fill('They read it')
  release()
  await settled(page)
  await page.keyboard.type(' again')
  await why.press('Enter')
  await expect.poll(resumed).toMatchObject({ reason: 'They read it again' })
})

test('on the page of a clock, too', async () => {
  const page = await openClocks()
  await row(page).locator('.clock-row-open').click()
  const acts = page.getByRole('dialog').locator('.clock-acts')
  const why = acts.getByLabel('Why')
  await acts.getByRole('button', { name: /^Pause/ }).click()
  await why.fill('Nobody reads it now')
  const release = main.hold('incidents.pauseClock')
  await why.press('Enter')
  await acts.getByRole('button', { name: 'Back' }).click()
  await acts.getByRole('button', { name: /^Run on/ }).click()
  await why.fill('They read it')
  release()
  await settled(page)
  await page.keyboard.type(' again')
  await why.press('Enter')
  await expect.poll(resumed).toMatchObject({ reason: 'They read it again' })
})
