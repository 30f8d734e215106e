import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { Refusal } from '../../../shared/refusal.ts'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

async function openRoom(): Promise<Page> {
  main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await quickEntry(page).waitFor()
  return page
}

const full: Refusal = { code: 'storage', tried: 'Log it', happened: 'The disk is full.', next: 'Make room.' }
const quickEntry = (shown: Page) => shown.getByLabel('What happened?')
const calls = (name: string) => main.asked.filter((call) => call.name === name)

test('a line that is refused after somebody has left the room stands before the one begun since', async () => {
  const shown = await openRoom()
  main.refusals.set('incidents.note', full)
  const release = main.hold('incidents.note')
  await quickEntry(shown).fill('line one')
  await quickEntry(shown).press('Enter')
  await expect.poll(() => calls('incidents.note').length).toBe(1)
  await quickEntry(shown).fill('line two')
  await shown.keyboard.press('Control+2')
  await expect.poll(() => quickEntry(shown).inputValue()).toBe('')
  release()
  await shown.keyboard.press('Control+1')
  await expect.poll(() => quickEntry(shown).inputValue()).toBe('line one\nline two')
})

test('two entries starred one right after the other both have their star', async () => {
  const shown = await openRoom()
  for (const key of ['g', 't']) await shown.keyboard.press(key)
  await shown.getByText(/^Entry \d+ of \d+/).waitFor()
  const last = main.state(CHECKOUT).entries - 1
  const release = main.hold('incidents.star')
  for (const key of ['s', 'k', 's']) await shown.keyboard.press(key)
  expect(calls('incidents.star')).toHaveLength(1)
  release()
  const { entries } = main.journal.get(CHECKOUT)!
  await expect
    .poll(() => main.state(CHECKOUT).stars)
    .toEqual(expect.arrayContaining([entries[last]?.hash, entries[last - 1]?.hash]))
})

test('a star that is refused says so though the next one is set', async () => {
  const shown = await openRoom()
  for (const key of ['g', 't']) await shown.keyboard.press(key)
  await shown.getByText(/^Entry \d+ of \d+/).waitFor()
  main.refusals.set('incidents.star', full)
  const release = main.hold('incidents.star')
  for (const key of ['s', 'k', 's']) await shown.keyboard.press(key)
  release()
  await expect.poll(() => main.state(CHECKOUT).stars.length).toBe(1)
  await shown.getByText('The disk is full.').waitFor()
})
