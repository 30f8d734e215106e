import { performance } from 'node:perf_hooks'
import type { Locator, Page } from '@playwright/test'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'
import { violationsOf } from './violations.ts'

/** As long as a busy machine may take for one thing that a person does. */
const SEEN = { timeout: 20_000 }

const summary = 'Session tokens are used from two countries'

/** As Alertmanager sends it, begun some minutes ago. */
function alertmanager(minutesAgo: number): string {
  const labels = { alertname: 'TokenReplay', service: 'auth', severity: 'critical' }
  const startsAt = new Date(Date.now() - minutesAgo * 60_000).toISOString()
  const annotations = {
    summary,
    token: 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw',
  }
  return JSON.stringify({
    ...{
      version: '4',
      status: 'firing',
      receiver: 'security',
      truncatedAlerts: 0,
      groupLabels: { alertname: 'TokenReplay' },
    },
    ...{ commonLabels: labels, commonAnnotations: annotations, externalURL: 'https://alerts.example.com' },
    alerts: [{ status: 'firing', labels, annotations, startsAt, endsAt: '0001-01-01T00:00:00Z' }],
  })
}

/** Pastes a text where the focus is, as a browser tells of it: a test has no clipboard of its own. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const options = { bubbles: true, cancelable: true, clipboardData }
    ;(document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent('paste', options))
  }, text)
}

/** Tab until it has the focus: what a hand on the keyboard does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not come there')
}

const banner = (page: Page, text: string) => page.locator('.banner', { hasText: text })
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

async function openByKey(page: Page, key: string, layer: Locator): Promise<void> {
  await page.keyboard.press(key)
  await expect(layer).toBeVisible(SEEN)
}

test('a P0 breach of AUREUS is declared from a pasted alert by keyboard alone', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  const form = screens.declaration(page)
  const room = screens.room(page)
  const startedMs = performance.now()
  let keys = 0
  const press = async (key: string) => {
    keys += 1
    await page.keyboard.press(key)
  }
  await press('n')
  await expect(form.title).toBeFocused(SEEN)
  await paste(page, alertmanager(12))
  await expect(form.title).toHaveValue(summary, SEEN)
  await expect(form.title).toBeFocused()
  await expect(page.getByLabel('Who noticed it?')).toHaveValue('Alertmanager at alerts.example.com, receiver security')
  await expect(page.getByLabel('What is affected?')).toHaveValue('auth')
  await expect(page.getByText('12 min ago. Both times are kept.')).toBeVisible()
  await expect(page.getByText(/^■ \d secrets? masked$/)).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  const aureus = page.getByRole('radio', { name: /^AUREUS/ })
  if (!(await aureus.isChecked())) throw new Error('AUREUS is the first of a new desk')
  await tabTo(page, page.getByRole('button', { name: 'Security Breach' }))
  await press('Space')
  await expect(page.getByText('The runbook names P0 for: Security Breach.')).toBeVisible(SEEN)
  await tabTo(page, form.toQuestions)
  await press('Enter')
  await press('n')
  await expect(form.question).toHaveText('Is there a data breach or another breach of security?', SEEN)
  await expect(page.getByText('When in doubt, take the higher level')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await press('?')
  await expect(form.proposal).toHaveText('The answers lead to P0 Critical', SEEN)
  await expect(page.getByText('△ Assumed: somebody was not sure')).toBeVisible()
  await expect(page.getByText('Its clocks count from')).toContainText('First response: due')
  await expect(page.getByText('Full platform down · Data breach · Evidence tampering')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await press('Enter')
  await expect(room.title).toHaveText(summary, SEEN)
  const tookMs = Math.round(performance.now() - startedMs)
  test.info().annotations.push({
    type: 'declared',
    description: `${keys} keys beside Tab, ${tookMs} ms with three checks by axe`,
  })

  await expect(room.severity).toContainText('P0', SEEN)
  await expect(room.severity).toContainText('assumed')
  await expect(room.entriesOf('noted')).toContainText('1 firing', SEEN)
  await expect(room.entriesOf('noted')).toContainText('logged later')
  await expect(room.entriesOf('evidence-kept')).toContainText('alert.json', SEEN)
  const told =
    JSON.stringify(await machine.musterJson('evidence', '0001')) +
    (await machine.muster('export', '0001', '--format', 'md', '--out', `${machine.folder}/pm.md`)).out
  expect(told).not.toContain('eyJhbGciOiJIUzI1NiJ9')
})

test('title, Enter, two answers, Enter: an incident is declared in a handful of keys', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  const startedMs = performance.now()
  await page.keyboard.press('n')
  await expect(screens.declaration(page).title).toBeFocused(SEEN)
  await page.keyboard.type('Nobody can sign in')
  await page.keyboard.press('Enter')
  await page.keyboard.press('y')
  await expect(screens.declaration(page).proposal).toHaveText('The answers lead to P0 Critical', SEEN)
  await page.keyboard.press('Enter')
  await expect(screens.room(page).title).toHaveText('Nobody can sign in', SEEN)
  const tookMs = Math.round(performance.now() - startedMs)
  test.info().annotations.push({ type: 'declared', description: `4 keys beside the title, ${tookMs} ms` })
})

test('looking first opens an unconfirmed incident, and a false alarm ends it in honour', async ({ machine }) => {
  const { page } = await machine.start({ dockerHost: `unix://${machine.folder}/nobody.sock` })
  await acts.introduce(page, 'Mira')
  const room = screens.room(page)
  await page.keyboard.press('Shift+F')
  await expect(room.title).toHaveText(/^Looking into Docker on this machine, \d\d:\d\d UTC$/, SEEN)
  await expect(banner(page, 'Not confirmed yet.')).toBeVisible(SEEN)
  await expect(room.entriesOf('swept')).toHaveCount(1, { timeout: 60_000 })
  await expect(room.findings.first()).toContainText('D18', SEEN)
  expect(await violationsOf(page)).toEqual([])

  const alarm = dialog(page, 'Honourable false alarm')
  await openByKey(page, 'r', alarm)
  await expect(alarm).toContainText('Looking was right.')
  await page.keyboard.press('Enter')
  await expect(alarm).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(alarm.getByLabel(/^What was it/)).toHaveValue('Looked, and all is well')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(alarm).toBeHidden(SEEN)
  await expect(room.ended).toContainText('false alarm', SEEN)

  await acts.runCommand(page, 'board')
  await page.keyboard.press('Shift+F')
  await expect(banner(page, 'Not confirmed yet.')).toBeVisible(SEEN)
  const severity = screens.severityDialog(page)
  await openByKey(page, 'y', severity.layer)
  await expect(banner(page, 'Not confirmed yet.')).toBeHidden(SEEN)
  await page.keyboard.press('y')
  await expect(severity.layer).toContainText('The answers lead to P0 Critical', SEEN)
  await page.keyboard.press('Enter')
  await expect(severity.layer).toBeHidden(SEEN)
  await expect(room.severity).toContainText('P0', SEEN)
})

test('a severity holds at once and its reason follows, but a lower one waits for its reason', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.declare(page, { title: 'Sign-in fails', answers: 'nnyn', proposed: 'P2 High' })
  const room = screens.room(page)
  const severity = screens.severityDialog(page)

  await openByKey(page, 's', severity.layer)
  await page.keyboard.press('1')
  await expect(severity.reason).toBeFocused(SEEN)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(severity.layer).toBeHidden(SEEN)
  await expect(room.severity).toContainText('P1', SEEN)
  await expect(banner(page, 'the reason is owed')).toBeVisible(SEEN)

  const why = dialog(page, 'Why P1?')
  await openByKey(page, 'Shift+S', why)
  await page.keyboard.press('ArrowUp')
  await expect(why.getByLabel('The reason, one line')).toHaveValue('It is wider than thought')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(why).toBeHidden(SEEN)
  await expect(banner(page, 'the reason is owed')).toBeHidden(SEEN)
  await expect(room.entriesOf('severity-explained')).toContainText('It is wider than thought', SEEN)

  await openByKey(page, 's', severity.layer)
  await page.keyboard.press('3')
  await expect(severity.reason).toBeFocused(SEEN)
  await page.keyboard.press('Enter')
  await expect(severity.layer).toContainText('lowering always needs a reason')
  await expect(severity.set).toBeDisabled()
  await page.keyboard.press('ArrowDown')
  await expect(severity.reason).toHaveValue('A workaround holds')
  await page.keyboard.press('Enter')
  await expect(severity.layer).toBeHidden(SEEN)
  await expect(room.severity).toContainText('P3', SEEN)
})

test('somebody who makes mistakes: broken JSON, a time to come, an address of no known kind', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  const form = screens.declaration(page)
  await page.keyboard.press('n')
  await expect(form.title).toBeFocused(SEEN)
  await page.keyboard.press('Control+i')
  const field = page.getByRole('textbox', { name: 'The alert' })
  await expect(field).toBeFocused(SEEN)
  await page.keyboard.insertText(alertmanager(5).slice(0, -120))
  await page.keyboard.press('Enter')
  await expect(form.title).toHaveValue(summary, SEEN)
  await expect(page.getByText('It begins like JSON but is not whole')).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Take it away' }))
  await page.keyboard.press('Enter')
  await expect(form.title).toHaveValue('', SEEN)

  await form.title.focus()
  await paste(page, alertmanager(-90))
  await expect(page.getByText("lies ahead of this machine's clock: not taken.")).toBeVisible(SEEN)
  await form.noticed.fill('2099-01-01 10:00')
  await expect(page.getByText('That lies in the future.')).toBeVisible(SEEN)
  await expect(form.toQuestions).toBeDisabled()
  await form.noticed.fill('20 min')
  await form.title.fill('Sign-in fails')
  await paste(page, 'x'.repeat(1_100_000) + '\n.')
  await expect(page.getByText('It is larger than 1 MiB.')).toBeVisible(SEEN)
  await expect(form.title).toHaveValue('Sign-in fails')
  await form.title.press('Control+Enter')
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  const room = screens.room(page)
  await expect(room.title).toHaveText('Sign-in fails', SEEN)
  await acts.leaveField(page)

  const links = dialog(page, 'Where people meet and look')
  await openByKey(page, 'Shift+L', links)
  await page.keyboard.type('ftp://meet.example.com')
  await expect(links.getByText('Muster opens no ftp: address.')).toBeVisible(SEEN)
  await page.keyboard.press('Enter')
  await expect(links).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+A')
  await page.keyboard.type('https://meet.example.com/war-room')
  await page.keyboard.press('Enter')
  await expect(links).toBeHidden(SEEN)
  await expect(room.entriesOf('linked')).toContainText('meet.example.com', SEEN)
})

test('its kind is said by typing, and a duplicate is ended with one verb that both rooms show', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.declare(page, { title: 'Queries fail', answers: 'y', proposed: 'P0 Critical', pack: 'AUREUS' })
  const room = screens.room(page)
  const kind = dialog(page, 'What sort of incident is it?')
  await openByKey(page, 'Shift+I', kind)
  await page.keyboard.type('outage')
  await page.keyboard.press('Enter')
  await tabTo(page, kind.getByRole('combobox', { name: 'What is affected?' }))
  await page.keyboard.type('query-service')
  await page.keyboard.press('Enter')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(kind).toBeHidden(SEEN)
  await expect(room.entriesOf('classified')).toContainText('Platform Outage', SEEN)
  await expect(room.entriesOf('classified')).toContainText('query-service')

  await acts.declare(page, { title: 'Search is slow', answers: 'nnnnnnnnyn', proposed: 'P2 Medium', pack: 'AUREUS' })
  const relate = dialog(page, 'Which incident does it belong to?')
  await openByKey(page, 'Shift+D', relate)
  await page.keyboard.type('queries')
  await tabTo(page, relate.getByRole('radio', { name: 'related to it' }))
  await page.keyboard.press('ArrowDown')
  await expect(relate.getByRole('radio', { name: 'a duplicate of it' })).toBeChecked(SEEN)
  expect(await violationsOf(page)).toEqual([])
  await tabTo(page, relate.getByRole('button', { name: /end this one as a duplicate/ }))
  await page.keyboard.press('Enter')
  await expect(relate).toBeHidden(SEEN)
  await expect(room.ended).toBeVisible(SEEN)
  await expect(room.entriesOf('resolved')).toContainText('A duplicate of INC-', SEEN)
  await acts.pair(page, 'g b')
  await screens.board(page).line('Queries fail').getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(room.title).toHaveText('Queries fail', SEEN)
  await expect(banner(page, 'a duplicate of this')).toContainText('Search is slow', SEEN)
})
