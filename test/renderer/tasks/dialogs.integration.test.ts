import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const patient = { timeout: 20_000 }

const openWindow = testWindow()
let main: FakeMain

async function openRoom(): Promise<Page> {
  main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  return page
}

const asked = (name: string) => main.asked.findLast((one) => one.name === name)?.argument

test('a task is given to one person with a time, goes on when somebody asked back, and is done', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('t')
  const dialog = shown.getByRole('dialog', { name: 'Give a task' })
  await dialog.getByLabel('Whose it is: one person').fill('Jonas Weber')
  await dialog.getByLabel('What is to be done').fill('Check the replica lag')
  await dialog.getByRole('radio', { name: '5 min' }).check()
  await dialog.getByRole('button', { name: 'Give the task' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(asked('incidents.giveTask')).toMatchObject({ owner: 'Jonas Weber', minutes: 5, text: 'Check the replica lag' })

  await shown.getByRole('button', { name: /^Jonas Weber Check the replica lag/ }).click()
  const given = shown.getByRole('dialog', { name: 'Task of Jonas Weber' })
  await given.getByText(/Ask back in 4:5\d|Ask back in 5:00/).waitFor()
  await shown.keyboard.press('3')
  await given.waitFor({ state: 'detached' })
  expect(asked('incidents.extendTask')).toMatchObject({ minutes: 10, note: null })

  await shown.getByRole('button', { name: /^Jonas Weber Check the replica lag/ }).click()
  await given.getByText('It went on once.').waitFor()
  await given.getByLabel('What they said (optional)').fill('No lag')
  await given.getByRole('button', { name: 'Done' }).click()
  await given.waitFor({ state: 'detached' })
  expect(asked('incidents.endTask')).toMatchObject({ outcome: 'done', note: 'No lag' })
  await shown.getByRole('button', { name: /^Jonas Weber Check the replica lag/ }).waitFor({ state: 'detached' })
})

test('what was typed of a task outlives its dialog, and nothing is given without a person', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('t')
  const dialog = shown.getByRole('dialog', { name: 'Give a task' })
  await dialog.getByLabel('What is to be done').fill('Look at the queue')
  expect(await dialog.getByRole('button', { name: 'Give the task' }).isDisabled()).toBe(true)
  await shown.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await shown.keyboard.press('t')
  expect(await dialog.getByLabel('What is to be done').inputValue()).toBe('Look at the queue')
  expect(asked('incidents.giveTask')).toBeUndefined()
})

test('a decision is written down with what else was weighed and who objected', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('d')
  const dialog = shown.getByRole('dialog', { name: 'Decide' })
  await dialog.getByLabel('What is decided').fill('Roll back now')
  await dialog.getByLabel(/What else was weighed/).fill('Scale out\n\nSwitch the feature off')
  await dialog.getByLabel('What is decided').press('Control+Enter')
  await dialog.getByRole('timer').waitFor()
  await dialog.getByLabel('Who objects').fill('Jonas')
  await dialog.getByLabel('Why').fill('The migration stays')
  await dialog.getByLabel('Why').press('Enter')
  await dialog.getByText('The migration stays').waitFor()
  expect(asked('incidents.decide')).toBeUndefined()
  await dialog.getByRole('button', { name: 'Decide despite it' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(asked('incidents.decide')).toMatchObject({
    id: CHECKOUT,
    text: 'Roll back now',
    options: ['Scale out', 'Switch the feature off'],
    poll: { objections: [{ by: 'Jonas', text: 'The migration stays' }] },
    outcome: 'decided-despite',
  })
})

test('an objection that was typed and not written down counts, and outlives the dialog', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('d')
  const dialog = shown.getByRole('dialog', { name: 'Decide' })
  await dialog.getByLabel('What is decided').fill('Roll back now')
  await dialog.getByLabel('Who objects').fill('Jonas')
  await dialog.getByLabel('Why').fill('The migration stays')
  await shown.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await shown.keyboard.press('d')
  expect(await dialog.getByLabel('Why').inputValue()).toBe('The migration stays')
  await dialog.getByRole('button', { name: 'Decide despite it' }).click()
  await expect
    .poll(() => asked('incidents.decide'), patient)
    .toMatchObject({
      poll: { seconds: 0, objections: [{ by: 'Jonas', text: 'The migration stays' }] },
      outcome: 'decided-despite',
    })
})

test('a decision without a poll says that nobody was asked', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('d')
  await shown.getByLabel('What is decided').fill('Wait for the vendor')
  await shown.keyboard.press('Enter')
  await expect
    .poll(() => asked('incidents.decide'), patient)
    .toMatchObject({ poll: null, outcome: 'decided', options: [] })
})

test('an update is filled from the record by the template that fits, completed, and logged as given', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('u')
  const dialog = shown.getByRole('dialog', { name: 'Give an update' })
  const text = dialog.getByLabel('What is said')
  await expect.poll(() => text.inputValue(), patient).toContain('Checkout')
  expect(await dialog.getByRole('button', { name: 'It was given: log it' }).isDisabled()).toBe(true)
  const before = (await text.inputValue()).replaceAll(/‹[^›]*›/g, 'checkout')
  await text.fill(`${before}\nNext update at 23:30 UTC.`)
  await dialog.getByRole('button', { name: 'It was given: log it' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(asked('incidents.giveUpdate')).toMatchObject({ id: CHECKOUT, text: expect.stringContaining('Next update at') })
})

test('what somebody typed of an update themselves is not written over', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('u')
  const dialog = shown.getByRole('dialog', { name: 'Give an update' })
  const text = dialog.getByLabel('What is said')
  await expect.poll(() => text.inputValue(), patient).not.toBe('')
  await text.fill('By hand')
  await dialog.getByLabel('Message').selectOption({ index: 1 })
  await shown.waitForTimeout(600)
  expect(await text.inputValue()).toBe('By hand')
  await dialog.getByRole('button', { name: 'Fill it in from the record again' }).click()
  await expect.poll(() => text.inputValue(), patient).not.toBe('By hand')
})
