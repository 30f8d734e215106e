import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

const given = () => main.asked.filter(({ name }) => name === 'incidents.giveUpdate').map(({ argument }) => argument)
const estimate = (page: Page) => page.getByLabel('Time estimate')
const said = (page: Page) => page.getByLabel('What is said').inputValue()

/** An update by a template, with all that is missing in it filled in, and an estimate of '12'. */
async function openUpdate(): Promise<Page> {
  main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  await page.keyboard.press('u')
  await page.getByLabel('Message').selectOption('p1-update')
  await estimate(page).waitFor()
  const fields = page.locator('.update-fields')
  for (const choice of await fields.getByRole('combobox').all()) await choice.selectOption({ index: 1 })
  for (const field of await fields.getByRole('textbox').all()) await field.fill('12')
  await expect.poll(() => said(page)).toMatch(/ETA: 12\n/)
  await expect.poll(() => said(page)).not.toContain('missing›')
  return page
}

const cases = [
  [1, 'at once', 'Message'],
  [1, 'late', 'Message'],
  [2, 'at once', 'What is said'],
  [2, 'late', 'What is said'],
] as const

test.each(cases)('at P%i, with templates that come %s, the keyboard is at: %s', async (rank, when, label) => {
  main = checkoutStory()
  const { id, code, name } = {
    1: { id: 'p1', code: 'P1', name: 'Critical' },
    2: { id: 'p2', code: 'P2', name: 'High' },
  }[rank]
  main.log(CHECKOUT, 'severity-set', {
    severity: { id, code, name, rank },
    assumed: false,
    reason: 'Said so.',
    path: [],
  })
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  const release = when === 'late' ? main.hold('communications.templates') : () => undefined
  await page.keyboard.press('u')
  await page.getByRole('dialog').waitFor()
  // The dialog's own trap gives the focus in a timer.
  const settled = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
  for (const _timer of [1, 2, 3]) await settled()
  release()
  const field = page.getByLabel(label)
  await field.waitFor()
  for (const _timer of [1, 2, 3]) await settled()
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('Enter right after the last letter logs what was typed, once it is filled in', async () => {
  const page = await openUpdate()
  const release = main.hold('communications.draft')
  await estimate(page).fill('1200')
  await estimate(page).press('Enter')
  await page.getByText('Filling in what you typed, then logging it').waitFor()
  expect(await page.getByRole('button', { name: 'Copy', exact: true }).isDisabled()).toBe(true)
  expect(given()).toEqual([])
  release()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(given()).toMatchObject([{ id: CHECKOUT, text: expect.stringMatching(/ETA: 1200\n/) }])
})

test('letters after such an Enter take it back', async () => {
  const page = await openUpdate()
  const release = main.hold('communications.draft')
  await estimate(page).fill('1200')
  await estimate(page).press('Enter')
  await estimate(page).fill('1200 UTC')
  release()
  await expect.poll(() => said(page)).toMatch(/ETA: 1200 UTC\n/)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
  expect(given()).toEqual([])
  await estimate(page).press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(given()).toMatchObject([{ text: expect.stringMatching(/ETA: 1200 UTC\n/) }])
})
