import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import * as acts from './acts.ts'
import { expect as expectSoon, type Machine, test } from './fixtures.ts'
import * as screens from './screens.ts'

/* P2 of Infinity OS: the first response within an hour, the Senior Engineer after half an hour, the Team Lead after one. */

test.use({ canMoveClock: true })

/** The runner looks each second, and a busy machine late. */
const expect = expectSoon.configure({ timeout: 30_000 })

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }
const warned = 'First response: four fifths of the time are gone'
const rang = 'First response: time is over'

async function declared(machine: Machine): Promise<Page> {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.declare(page, outage)
  return page
}

/** How often each alarm of the first response stands in the journal, told by a terminal. */
async function alarmsOf(machine: Machine): Promise<string[]> {
  const file = join(machine.folder, `${performance.now()}.json`)
  await machine.muster('export', '1', '--format', 'json', '--out', file)
  const { timeline } = JSON.parse(await readFile(file, 'utf8')) as { timeline: { kind: string; sentence: string }[] }
  return timeline
    .filter(({ kind, sentence }) => kind === 'alarm-given' && sentence.includes('First response'))
    .map(({ sentence }) => sentence.split(':')[0] ?? '')
}

test('a clock warns once and rings once, by notifications that open the incident', async ({ machine }) => {
  const shown = await desktopNotifications(machine)
  const page = await declared(machine)
  const room = screens.room(page)
  await machine.moveClock(49)
  await expect(room.entry(warned)).toBeVisible()
  await expect(room.response).toContainText('soon')
  await machine.moveClock(12)
  await expect(room.entry(rang)).toBeVisible()
  await expect(room.response).toContainText('overdue')
  await machine.moveClock(10)
  await acts.log(page, 'Nobody has said anything')
  expect(await alarmsOf(machine)).toEqual(['Warning', 'Alarm'])

  const number = await room.number.innerText()
  await expect.poll(shown.all).toContain(`${number}: 1 clock is overdue, 1 due soon`)
  await expect.poll(shown.all).toMatch(/First response: due \d\d:\d\d UTC \(\d\d:\d\d here\), Mira/)

  // Somebody is elsewhere, and clicks the next one.
  await acts.pair(page, 'g b')
  await expect(screens.board(page).title).toBeVisible()
  await shown.clickTheNext()
  await machine.muster('log', '1', ':task Ana 5 Look at the queue', '--as', 'Mira')
  await machine.moveClock(6)
  await expect(room.title).toHaveText(outage.title)
  await expect.poll(shown.all).toMatch(/Ask Ana back: Look at the queue/)
})

test('both moments slept through, only the breach rings', async ({ machine }) => {
  const page = await declared(machine)
  await machine.moveClock(90, { asleep: true })
  await expect(screens.room(page).entry(rang)).toBeVisible()
  await machine.moveClock(1)
  await acts.log(page, 'Awake again')
  expect(await alarmsOf(machine)).toEqual(['Alarm'])
})

test('killed while a clock is about to ring, it rings once after the next start', async ({ machine }) => {
  const page = await declared(machine)
  await machine.moveClock(58)
  await expect(screens.room(page).entry(warned)).toBeVisible()
  // It falls due in the very moment in which all of it is killed.
  await machine.moveClock(2)
  await machine.killAll()
  for (const _again of [1, 2]) {
    const { page: next } = await machine.start()
    await acts.openIncident(next, outage.title)
    await expect(screens.room(next).entry(rang)).toBeVisible()
    await machine.moveClock(1)
    await machine.killAll()
  }
  expect(await alarmsOf(machine)).toEqual(['Warning', 'Alarm'])
})

test('by keyboard alone: a clock is looked at, snoozed with a reason, and rings again', async ({ machine }) => {
  const page = await declared(machine)
  const room = screens.room(page)
  await machine.moveClock(61)
  await expect(room.entry(rang)).toBeVisible()
  await acts.pair(page, 'g c')
  await expect(page.locator('.clock-open:focus')).toContainText('Call Senior Engineer')
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('.clock-open:focus')).toContainText('First response')
  await page.keyboard.press('Enter')
  const clock = page.getByRole('dialog', { name: 'Clock: First response' })
  await expect(clock).toContainText('overdue by')
  await expect(clock).toContainText('P2 High: respond within 1 hour.')
  await expect(clock).toContainText('severities[1].respondWithinMinutes')
  await expect(clock).toContainText('Rang: the time was over')
  await expect(clock.getByRole('img', { name: /^Time gone: 1:01/ })).toBeVisible()
  await expectNothingSerious(page)

  await page.keyboard.press('z')
  await expect(clock.getByRole('radio', { name: '10 min' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('The provider has it')
  await expectNothingSerious(page)
  await page.keyboard.press('Enter')
  await expect(clock).toContainText(/quiet until \d\d:\d\d: The provider has it/)
  await acts.closeLayer(page)
  await expect(room.response).toContainText('overdue')
  await expect(room.response).toContainText(/quiet until/)
  await machine.moveClock(19)
  await acts.log(page, 'Still quiet')
  expect(await alarmsOf(machine)).toEqual(['Alarm'])
  await machine.moveClock(2)
  await expect(room.entry('First response: still overdue')).toBeVisible()

  const snooze = ['snooze', '1', 'response', '10', '--as', 'Ben'] as const
  for (const reason of ['Twice', 'Thrice']) await machine.muster(...snooze, '--reason', reason)
  await expect(room.response).toContainText('snoozed 3 times')
  const { out } = await machine.muster('clocks', '1')
  expect(out).toMatch(/response +First response +breached, quiet until \d\d:\d\d UTC, snoozed 3 times/)

  // What stops it stands on its page, with the room's own key.
  await acts.pair(page, 'g c')
  await page.keyboard.press('Enter')
  await expect(clock.getByRole('button', { name: 'Acknowledge' })).toHaveAttribute('aria-keyshortcuts', 'O')
  await page.keyboard.press('o')
  await expect(room.entriesOf('responded')).toHaveCount(1)
})

test('by keyboard alone: the work is moved to another phase, and the lists follow', async ({ machine }) => {
  const page = await declared(machine)
  await page.keyboard.press('Shift+P')
  const dialog = page.getByRole('dialog', { name: 'Phase of the response' })
  await expect(dialog.locator('.phase.here')).toContainText('you are here, by time')
  await expectNothingSerious(page)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('radio', { name: /Mitigate/ })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(screens.room(page).entriesOf('phase-entered')).toContainText('Mitigate')
  await expect(page.getByText('Infinity OS · Mitigate')).toBeVisible()
  // By its time a later one takes over; this one stays until then.
  await machine.moveClock(20)
  await expect(page.getByText('Infinity OS · Mitigate')).toBeVisible()
  await machine.moveClock(45)
  await expect(page.getByText('Infinity OS · Resolve')).toBeVisible()
})

test('a duty says whose rule it is, and each answer with its reason', async ({ machine }) => {
  const overlay = join(machine.folder, 'northwind.yaml')
  await writeFile(overlay, northwind)
  await machine.muster('overlay', 'use', overlay)
  const page = await declared(machine)
  await machine.muster('duty', '1', 'personal-data', '--reason', 'Logs hold mail addresses', '--as', 'Ben')
  const list = screens.room(page).clocks.locator('details')
  await list.locator('summary').click()
  await list.getByRole('button', { name: 'First response', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Yours, from Northwind')
  await expect(dialog).toContainText('The runbook says 60.')
  await acts.closeLayer(page)
  await list.getByRole('button', { name: 'Tell the data protection authority', exact: true }).click()
  await expect(dialog).toContainText('Authority: The data protection authority')
  await expect(dialog).toContainText(/It holds since .* by Ben: Logs hold mail addresses/)
  await expectNothingSerious(page)
  await page.keyboard.press('x')
  await page.keyboard.type('They were all made up')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('It does not hold by Mira: They were all made up')
  await dialog.getByRole('textbox').fill('One was real')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(/It holds since .* by Mira: One was real/)
  await expect(dialog).toContainText('left of 3 days')
})

const northwind = `apiVersion: muster.dev/v1
kind: overlay
id: northwind
title: Northwind
packs:
  - pack: infinity
    severities:
      - { severity: p2, respondWithinMinutes: 40 }
regulatory:
  - id: personal-data
    title: Tell the data protection authority
    authority: The data protection authority
    after: awareness
    withinMinutes: 4320
    holdsWhen: Personal data is affected.
`

async function expectNothingSerious(page: Page): Promise<void> {
  // In one frame, as a page of axe's own would be closed as a window that the page opened.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[role=dialog]').analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}

/** A notify-send of the machine's own: it writes down what it is told, and says that it was clicked where it should be. */
async function desktopNotifications(machine: Machine) {
  const folder = join(machine.folder, 'programs')
  const told = join(folder, 'told')
  const click = join(folder, 'click')
  await mkdir(folder)
  await writeFile(told, '')
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >>'${told}'\n[ -f '${click}' ] && echo default\nexit 0\n`
  await writeFile(join(folder, 'notify-send'), script)
  await chmod(join(folder, 'notify-send'), 0o755)
  machine.env.PATH = [folder, machine.env.PATH].join(delimiter)
  return { all: () => readFile(told, 'utf8'), clickTheNext: () => writeFile(click, '') }
}
