import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

async function openRoom(): Promise<Page> {
  main = checkoutStory()
  for (let note = 0; note < 60; note++) main.log(CHECKOUT, 'noted', { text: `note ${note}` })
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByText('note 59').waitFor()
  return page
}

const quickEntry = (shown: Page) => shown.getByLabel('What happened?')
const selected = (shown: Page) => shown.locator('.entry-place.selected')
const focused = (shown: Page) =>
  shown.evaluate(() => document.activeElement?.getAttribute('data-position') ?? document.activeElement?.localName)

/** Goes to what search finds: where that stands is answered when what this returns is called. */
async function jump(shown: Page): Promise<() => void> {
  const release = main.hold('incidents.locate')
  await shown.keyboard.press('/')
  const field = shown.getByLabel('Search entries and evidence of all incidents')
  await field.waitFor()
  await field.fill('pool exhausted')
  await shown.getByRole('listbox', { name: 'What was found' }).getByRole('option').first().waitFor()
  await shown.keyboard.press('Enter')
  await field.waitFor({ state: 'detached' })
  await expect.poll(() => main.asked.at(-1)?.name).toBe('incidents.locate')
  return release
}

test('who comes back to a room finds it at its end, with nothing selected', async () => {
  const shown = await openRoom()
  for (const key of ['g', 't']) await shown.keyboard.press(key)
  await expect.poll(() => selected(shown).count()).toBe(1)
  const old = await selected(shown).getAttribute('data-position')
  expect(await focused(shown)).toBe(old)
  for (const key of ['g', 'b']) await shown.keyboard.press(key)
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  for (let note = 60; note < 120; note++) main.log(CHECKOUT, 'noted', { text: `note ${note}` })
  await shown.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await shown.getByText('note 119').waitFor()
  expect(await selected(shown).count()).toBe(0)
  expect(await focused(shown)).toBe('body')
})

test('an entry that is found late takes the keyboard', async () => {
  const shown = await openRoom()
  const release = await jump(shown)
  release()
  await selected(shown).waitFor()
  await expect.poll(() => focused(shown)).toBe(await selected(shown).getAttribute('data-position'))
})

test('an entry that is found late leaves the keyboard to who types meanwhile', async () => {
  const shown = await openRoom()
  const release = await jump(shown)
  await shown.keyboard.press('l')
  await shown.keyboard.type('half a l')
  release()
  await selected(shown).waitFor()
  expect(await focused(shown)).toBe('textarea')
  await shown.keyboard.type('ine')
  expect(await quickEntry(shown).inputValue()).toBe('half a line')
  // Nor does it take it once the field is left.
  await quickEntry(shown).blur()
  await shown.keyboard.press('l')
  await shown.keyboard.type('s')
  expect(await quickEntry(shown).inputValue()).toBe('half a lines')
})
