import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

/** What a person does while an answer is on its way is theirs: the answer neither closes, nor opens, nor clears it. */
const openWindow = testWindow()
let main: FakeMain

const refusal = { code: 'storage', tried: 'Log a decision', happened: 'The disk is full.', next: 'Make room.' } as const
const dialog = (shown: Page, name: string) => shown.getByRole('dialog', { name })
const asked = (name: string) => main.asked.filter((call) => call.name === name)

async function openRoom(): Promise<Page> {
  main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByText('Pool exhausted').first().waitFor()
  return page
}

async function decide(shown: Page, text: string): Promise<void> {
  await shown.keyboard.press('d')
  await dialog(shown, 'Decide').waitFor()
  await shown.keyboard.type(text)
  await shown.keyboard.press('Enter')
  await expect.poll(() => asked('incidents.decide').length).toBe(1)
}

test('a dialog that was opened meanwhile stays when the one before is confirmed', async () => {
  const shown = await openRoom()
  const release = main.hold('incidents.decide')
  await decide(shown, 'Roll back')
  await shown.keyboard.press('Escape')
  await shown.keyboard.press('t')
  await dialog(shown, 'Give a task').waitFor()
  await shown.keyboard.type('Jonas')
  release()
  await shown.locator('.entry[data-kind=decided]').waitFor()
  expect(await dialog(shown, 'Give a task').count()).toBe(1)
  await shown.keyboard.press('Escape')
  await shown.keyboard.press('d')
  await dialog(shown, 'Decide').waitFor()
  expect(await shown.getByLabel('What is decided').inputValue()).toBe('')
})

test('what was asked in a dialog that was closed since is not asked twice, and says so when it is opened again', async () => {
  const shown = await openRoom()
  const release = main.hold('incidents.decide')
  await decide(shown, 'Roll back')
  await shown.keyboard.press('Escape')
  await shown.keyboard.press('d')
  await dialog(shown, 'Decide').waitFor()
  await shown.keyboard.press('Enter')
  await dialog(shown, 'Decide').getByText('Asked, no answer yet…').waitFor()
  release()
  await expect.poll(() => shown.getByLabel('What is decided').inputValue()).toBe('')
  expect(asked('incidents.decide')).toHaveLength(1)
})

test('a refusal that comes when its dialog is closed is told across the window, and the words are kept', async () => {
  const shown = await openRoom()
  const release = main.hold('incidents.decide')
  main.refusals.set('incidents.decide', refusal)
  await decide(shown, 'Roll back')
  await shown.keyboard.press('Escape')
  await dialog(shown, 'Decide').waitFor({ state: 'detached' })
  release()
  const told = shown.locator('.notices').getByRole('alert')
  await told.getByText('The disk is full.').waitFor()
  expect(await told.innerText()).toMatch(/Not done: Log a decision · INC-2026-1121-0412/)
  await shown.keyboard.press('d')
  expect(await shown.getByLabel('What is decided').inputValue()).toBe('Roll back')
  await shown.keyboard.press('Escape')
  await told.getByRole('button').press('Enter')
  await told.waitFor({ state: 'detached' })
})

test('practice that starts late leaves who declares meanwhile where they are', async () => {
  main = checkoutStory()
  const shown = await openWindow(main)
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  const release = main.hold('practice.start')
  await shown.keyboard.press('p')
  await expect.poll(() => asked('practice.start').length).toBe(1)
  await shown.keyboard.press('n')
  const title = shown.locator('.title-field')
  await title.fill('Checkout fails in Europe')
  release()
  await shown
    .getByRole('button', { name: /Practice/ })
    .first()
    .waitFor()
  expect(await title.inputValue()).toBe('Checkout fails in Europe')
})

/** In a room that was opened by looking first, with the answer to 'it is real' still out. */
async function confirm(): Promise<{ shown: Page; release: () => void }> {
  main = checkoutStory()
  const shown = await openWindow(main)
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('Shift+F')
  await shown.getByPlaceholder(/What happened/).waitFor()
  const release = main.hold('incidents.confirm')
  await shown.keyboard.press('y')
  await expect.poll(() => asked('incidents.confirm').length).toBe(1)
  return { shown, release }
}

test('the questions of a confirmed incident come to whoever waits for them', async () => {
  const { shown, release } = await confirm()
  release()
  await dialog(shown, 'Change the severity').waitFor()
})

test('they do not come over a note that is being typed, whose letters would answer them', async () => {
  const { shown, release } = await confirm()
  await shown.keyboard.press('l')
  await shown.keyboard.type('nobody ')
  release()
  await shown.locator('.entry[data-kind=confirmed]').waitFor()
  await shown.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
  await shown.keyboard.type('can pay')
  expect(await shown.getByPlaceholder(/What happened/).inputValue()).toBe('nobody can pay')
  expect(await shown.getByRole('dialog').count()).toBe(0)
})
