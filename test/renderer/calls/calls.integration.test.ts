import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
let main: FakeMain

test('a call keeps its callee and its note, whoever is first in line meanwhile', async () => {
  main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.locator('.call-part').getByRole('button', { name: 'Call and log' }).click()
  const note = page.getByLabel('Note (optional)')
  await note.fill('It rings')
  await page.getByRole('button', { name: 'Close' }).first().click()
  await note.waitFor({ state: 'detached' })

  // Somebody else logs a call in a terminal: the runbook goes on to the next.
  const call = { id: CHECKOUT, role: 'team-lead', person: null, means: 'phone', note: null, happenedAt: null }
  await main.answer('incidents.call', JSON.stringify({ ...call, result: 'no-answer', edge: null }))
  await page.locator('.call-part').getByText('Call Team Lead').first().waitFor({ state: 'detached' })
  await page.locator('.call-part').getByRole('button', { name: 'Call and log' }).click()
  await page.getByText('Senior Engineer is first in line. Keys 1 to 5 still log the call to Team Lead.').waitFor()
  expect(await note.inputValue()).toBe('It rings')
  await page.getByRole('tab', { name: 'Whom now' }).focus()
  await page.keyboard.press('1')
  await page.getByText('Logged: Team Lead').waitFor()
  expect(main.asked.findLast(({ name }) => name === 'incidents.call')?.argument).toMatchObject({
    ...{ role: 'team-lead', result: 'reached', note: 'It rings' },
  })
})

test('the answer to a logged call leaves the call alone that was begun meanwhile', async () => {
  main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.locator('.call-part').getByRole('button', { name: 'Call and log' }).click()
  await page.getByText('The call to Team Lead: how did it go?').waitFor()
  const release = main.hold('incidents.call')
  await page.keyboard.press('3')
  await page.getByLabel('Call somebody else').selectOption({ label: 'DevOps Lead' })
  await page.getByText('The call to DevOps Lead: how did it go?').waitFor()
  await page.getByLabel('Note (optional)').fill('It rings')
  release()
  await page.getByText('Logged: Team Lead').waitFor()
  await page.getByRole('tab', { name: 'Whom now' }).focus()
  await page.keyboard.press('1')
  await page.getByText('Logged: DevOps Lead').waitFor()
  const calls = main.asked.filter(({ name }) => name === 'incidents.call')
  expect(calls.map(({ argument }) => argument)).toMatchObject([
    { role: 'team-lead', result: 'no-answer', note: null },
    { role: 'devops-lead', result: 'reached', note: 'It rings' },
  ])
})
