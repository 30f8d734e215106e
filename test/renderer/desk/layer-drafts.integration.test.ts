import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

const layers = [
  { keys: 'Shift+L', label: 'Bridge: address', looksOn: false },
  { keys: 'Shift+T', label: 'Members, with commas between', looksOn: false },
  { keys: 'h', label: 'Why is it taken without an offer?', looksOn: true },
]

test.each(layers)('what was typed for "$label" outlives Esc', async ({ keys, label, looksOn }) => {
  main = checkoutStory()
  main.handover.looksOn = looksOn
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Call now' }).waitFor()
  const field = page.getByLabel(label, { exact: true })
  await page.keyboard.press(keys)
  await field.fill('half a word')
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'detached' })
  await page.keyboard.press(keys)
  await field.waitFor()
  expect(await field.inputValue()).toBe('half a word')
})
