import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

async function openRoom(story = checkoutStory()): Promise<Page> {
  main = story
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Call now' }).waitFor()
  return page
}

/** The left column turned to the runbook's steps. */
async function openSteps(story = checkoutStory()): Promise<Page> {
  const shown = await openRoom(story)
  await shown.keyboard.press('p')
  await shown.getByLabel('Scenario', { exact: true }).waitFor()
  return shown
}

test('a scenario is chosen by hand, a step of it is done by hand, and taken back', async () => {
  const shown = await openSteps()
  await shown.getByLabel('Scenario', { exact: true }).selectOption({ label: 'Database Issues' })
  const step = shown.locator('details.step', { hasText: 'Check the connections' }).first()
  await step.locator('summary').click()
  await step.getByLabel('What came of it (optional)').fill('97 of 100')
  await step.getByRole('button', { name: 'Done by hand' }).click()
  await step.getByText('97 of 100').waitFor()
  expect(await step.locator('summary').textContent()).toContain('☑ done')
  expect(main.asked.findLast(({ name }) => name === 'incidents.check')?.argument).toMatchObject({
    id: CHECKOUT,
    what: { list: { kind: 'scenario', id: 'database-issues' }, item: { id: 'connections' }, value: null, done: true },
  })
  await step.getByRole('button', { name: 'Not done after all' }).click()
  await step.getByRole('button', { name: 'Done by hand' }).waitFor()
})

test('none is shown where somebody wants none', async () => {
  const shown = await openSteps()
  const chooser = shown.getByLabel('Scenario', { exact: true })
  await chooser.selectOption({ label: 'Security Incident' })
  await shown.getByText('Check the audit logs').first().waitFor()
  await chooser.selectOption({ label: 'none chosen' })
  await shown.getByText('Check the audit logs').first().waitFor({ state: 'detached' })
})

test('whom to call now says who follows, and the calls open from it', async () => {
  const shown = await openRoom()
  const card = shown.locator('.call-part')
  await card.getByText('Call Senior Engineer by phone').waitFor()
  expect(await card.innerText()).toContain('No answer: then Team Lead.')
  await card.getByRole('button', { name: 'Call and log' }).click()
  await shown.getByRole('dialog').getByText('Senior Engineer').first().waitFor()
})

test('a duty towards an authority is judged with a reason, and not without one', async () => {
  const story = checkoutStory()
  const duty = {
    id: 'card-scheme',
    title: 'Tell the card scheme',
    authority: 'The card scheme',
    after: 'awareness' as const,
    withinMinutes: 1_440,
    businessHours: false,
    holdsWhen: 'Card data may have leaked.',
    covers: [],
  }
  story.pinned = { ...story.pinned, regulatory: [duty] }
  const shown = await openRoom(story)
  await shown.locator('details.clock-list > summary').click()
  const row = shown.locator('.clock-rows li', { hasText: 'Tell the card scheme' })
  expect(await row.getByRole('button', { name: 'It holds' }).isDisabled()).toBe(true)
  await row.getByLabel('Why it holds, or why not: Tell the card scheme').fill('Two cards were charged twice')
  await row.getByRole('button', { name: 'It holds' }).click()
  await expect
    .poll(() => main.asked.findLast(({ name }) => name === 'incidents.holdDuty')?.argument)
    .toMatchObject({ id: CHECKOUT, regulatory: 'card-scheme', holds: true, reason: 'Two cards were charged twice' })
})

test('an open item of the phase is ticked where it stands, and leaves the list', async () => {
  const shown = await openRoom()
  const item = shown.getByRole('button', { name: 'Tick as done: Identify the root cause' })
  await item.click()
  await item.waitFor({ state: 'detached' })
  await shown.getByText('1 of 5 ticked').waitFor()
  expect(main.asked.findLast(({ name }) => name === 'incidents.check')?.argument).toMatchObject({
    what: { list: { kind: 'phase' }, item: { title: 'Identify the root cause.' }, done: true, note: null },
  })
})

test('the side of the column and the chosen scenario are kept while another incident is looked at', async () => {
  const shown = await openSteps()
  await shown.getByLabel('Scenario', { exact: true }).selectOption({ label: 'Security Incident' })
  await shown.getByRole('button', { name: 'Slow report exports' }).first().click()
  await shown.getByRole('heading', { name: 'Slow report exports', level: 1 }).waitFor()
  expect(await shown.getByLabel('Scenario', { exact: true }).count()).toBe(0)
  await shown.getByRole('button', { name: 'Checkout errors after deploy' }).first().click()
  await shown.getByText('Check the audit logs').first().waitFor()
})
