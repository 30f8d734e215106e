import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { FakeMain } from './fake-main.ts'
import { CHECKOUT, checkoutStory, findings, rows, summary, usage } from './story.ts'
import { testWindow } from './test-window.ts'
import type { Look } from './window.ts'

const openWindow = testWindow()
let main: FakeMain

async function open(story: FakeMain, look: Look = {}): Promise<Page> {
  main = story
  const page = await openWindow(story, look)
  return page
}

async function openRoom(story = checkoutStory(), look: Look = {}): Promise<Page> {
  const shown = await open(story, look)
  await shown.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await shown.getByText('Pool exhausted').waitFor()
  return shown
}

const dialog = (shown: Page) => shown.getByRole('dialog')
const argumentOf = (name: string) => main.asked.findLast((asked) => asked.name === name)?.argument

test('the first start asks who you are, then offers to practise, all by keyboard', async () => {
  const shown = await open(new FakeMain({ operator: null }))
  await shown.getByLabel('Your name').waitFor()
  await shown.keyboard.type('Ana Ruiz')
  await shown.keyboard.press('Enter')
  await shown.getByText('No incident yet').waitFor()
  await shown.keyboard.press('p')
  await shown.getByRole('heading', { name: 'Practice: sign-in fails for everyone' }).waitFor()
  expect(await shown.locator('.exercise-frame').textContent()).toBe('EXERCISE')
  expect(await shown.title()).toContain('EXERCISE')
})

test('an incident is declared by keyboard alone: title, questions, severity', async () => {
  const shown = await open(checkoutStory())
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('n')
  await shown.getByLabel('In a few words').waitFor()
  await shown.keyboard.type('Nobody can sign in')
  await shown.keyboard.press('Enter')
  await shown.getByText('Is the service completely down?').waitFor()
  await shown.keyboard.press('n')
  await shown.getByText('Is there a security breach').waitFor()
  await shown.keyboard.press('Backspace')
  await shown.keyboard.press('u')
  await shown.getByText('Is there a workaround?').waitFor()
  await shown.keyboard.press('n')
  await shown.getByText('The answers lead to P1 Critical').waitFor()
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: 'Nobody can sign in' }).waitFor()
  await shown.getByText('Severity P1 Critical, assumed').waitFor()
  expect(argumentOf('incidents.declare')).toEqual({
    pack: 'infinity',
    title: 'Nobody can sign in',
    mode: 'live',
    unconfirmed: false,
    detectedAt: null,
    severity: null,
    answers: { 'service-down': 'unsure', workaround: 'no' },
    reason: null,
    commander: 'Ana Ruiz',
    types: [],
    systems: [],
    reportedBy: null,
  })
})

test('another severity than the answers lead to wants a reason', async () => {
  const shown = await open(checkoutStory())
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('n')
  await shown.getByLabel('In a few words').fill('Slow search')
  await shown.getByLabel('When was it noticed').fill('20 min')
  await shown.keyboard.press('Enter')
  for (const key of ['y', 'n']) await shown.keyboard.press(key)
  await shown.getByText('The answers lead to P1').first().waitFor()
  await shown.keyboard.press('3')
  expect(await shown.getByRole('button', { name: 'Declare as P3' }).isDisabled()).toBe(true)
  await shown.getByLabel('Why P3?').waitFor()
  await shown.keyboard.type('Only the beta is down.')
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: 'Slow search' }).waitFor()
  expect(argumentOf('incidents.declare')).toMatchObject({
    severity: 'p3',
    reason: 'Only the beta is down.',
    detectedAt: expect.stringMatching(/^2026-11-21T13:47:3/),
  })
})

test('leaving a declaration keeps what was typed, and a refusal does too', async () => {
  const shown = await open(checkoutStory())
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('n')
  await shown.getByLabel('In a few words').fill('Slow search')
  await shown.keyboard.press('Escape')
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('n')
  expect(await shown.getByLabel('In a few words').inputValue()).toBe('Slow search')
  main.refusals.set('incidents.declare', {
    code: 'storage',
    tried: 'Declare an incident',
    happened: 'The disk is full.',
    next: 'Make room, then declare again.',
  })
  await shown.keyboard.press('Control+Enter')
  await shown.keyboard.press('2')
  await shown.keyboard.press('Enter')
  await shown.getByRole('alert').getByText('Make room, then declare again.').waitFor()
  expect(await shown.getByRole('heading', { name: 'Slow search' }).count()).toBe(1)
})

test('what nobody is sure of is opened at once, then confirmed', async () => {
  const shown = await open(checkoutStory())
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('n')
  await shown.getByLabel('In a few words').fill('Odd spike')
  await shown.getByLabel('Not sure yet that it is one').check()
  await shown.getByLabel('In a few words').press('Enter')
  await shown.getByText('Look first, then say what it is').waitFor()
  await shown.keyboard.press('y')
  await shown.getByText('Confirmed: this is an incident').waitFor()
  expect(await shown.getByText('Look first, then say what it is').count()).toBe(0)
})

test('a note is logged by two keys, back-dated if it says so, and lost by no refusal', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('l')
  await shown.keyboard.type('@14:02 Queue is empty, srgv')
  await shown.getByText('Will be logged as happened 14:02 UTC, 5 min ago.').waitFor()
  await shown.keyboard.press('Enter')
  await shown.getByText('Queue is empty, srgv').waitFor()
  expect(argumentOf('incidents.note')).toMatchObject({ happenedAt: '2026-11-21T14:02:00.000Z' })
  expect(await shown.getByRole('dialog').count()).toBe(0)
  main.refusals.set('incidents.note', {
    code: 'storage',
    tried: 'Log',
    happened: 'The disk is full.',
    next: 'Make room.',
  })
  await shown.keyboard.type('Second note')
  await shown.keyboard.press('Enter')
  await shown.getByText('The disk is full.').waitFor()
  expect(await shown.getByLabel('What happened?').inputValue()).toBe('Second note')
})

test('the severity is changed with a reason, and the reason is kept when the dialog is closed', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('s')
  await dialog(shown).waitFor()
  await shown.keyboard.press('2')
  await shown.keyboard.type('Half of the cards work again.')
  await shown.keyboard.press('Escape')
  await dialog(shown).waitFor({ state: 'detached' })
  await shown.keyboard.press('s')
  await shown.keyboard.press('2')
  await shown.keyboard.press('Enter')
  await dialog(shown).waitFor({ state: 'detached' })
  await shown.getByText('Half of the cards work again.').waitFor()
  expect(argumentOf('incidents.setSeverity')).toMatchObject({ severity: 'p2', reason: 'Half of the cards work again.' })
})

test('a sweep shows rows, then findings not yet kept, then the kept ones', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('Shift+F')
  const progress = (step: Parameters<typeof main.publish<'sweeps.progress'>>[1]['progress']) =>
    main.publish('sweeps.progress', { sweep: 'sweep-1', incident: CHECKOUT, progress: step })
  progress({ step: 'rows', rows })
  progress({ step: 'read', done: 12, of: 21 })
  await shown.getByText('12 of 21 answers').waitFor()
  await shown.getByRole('cell', { name: 'ended, exit 137' }).waitFor()
  progress({ step: 'usage', usage })
  await shown.getByRole('cell', { name: '84.2 %' }).waitFor()
  progress({ step: 'findings', findings, final: true })
  await shown.getByText('These show before the evidence is safe').waitFor()
  expect(await shown.getByRole('button', { name: 'Evidence →' }).count()).toBe(0)
  main.publish('sweeps.ended', { sweep: 'sweep-1', incident: CHECKOUT, summary, refusal: null })
  await shown.getByText('5 containers · 1.20 s · Docker 20.10.24').waitFor()
  expect(await shown.getByRole('article').count()).toBe(findings.length)
})

test('a finding leads to its evidence and to the scenario that fits', async () => {
  const shown = await openRoom()
  const card = shown.getByRole('article', { name: 'D02' })
  await card.getByRole('button', { name: /^Scenario:/ }).click()
  await shown.getByText('Fits: pg-eu-2 was killed for lack of memory').waitFor()
  await card.getByRole('button', { name: 'Evidence →' }).click()
  await dialog(shown).getByText('MATCH: the bytes are those that were kept').waitFor()
  await dialog(shown)
    .getByRole('button', { name: /stderr\.log/ })
    .click()
  await dialog(shown).getByText('MISMATCH: the bytes').waitFor()
})

test('an incident is resolved, exported and reopened', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('r')
  await dialog(shown).getByLabel('Summary').waitFor()
  await shown.keyboard.type('Memory limit raised.')
  await shown.keyboard.press('Enter')
  await shown.getByText('Ended: resolved at').waitFor()
  await shown.keyboard.press('x')
  await dialog(shown).getByRole('radio', { name: 'PDF' }).waitFor()
  await shown.frameLocator('iframe').getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  await shown.keyboard.press('1')
  await shown.keyboard.press('Enter')
  await dialog(shown).getByText('/home/ana/INC-2026-1121-0412.md').waitFor()
  await shown.keyboard.press('Escape')
  await dialog(shown).waitFor({ state: 'detached' })
  await shown.keyboard.press('r')
  await shown.keyboard.type('It is back.')
  await shown.keyboard.press('Enter')
  await shown.getByText('Reopened: It is back.').waitFor()
})

test('every command is in the palette, and Esc gives the focus back', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('l')
  await shown.keyboard.press('Control+k')
  await shown.keyboard.type('verify')
  await shown.getByRole('option', { name: 'Verify the journal' }).waitFor()
  await shown.keyboard.press('Escape')
  await dialog(shown).waitFor({ state: 'detached' })
  expect(await shown.getByLabel('What happened?').evaluate((field) => field === document.activeElement)).toBe(true)
  await shown.keyboard.press('Control+k')
  await shown.keyboard.type('slow report')
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: 'Slow report exports' }).waitFor()
})

test('on the board Enter opens the worst incident, and the arrows go to the others', async () => {
  const shown = await open(checkoutStory())
  await shown.getByRole('table').first().waitFor()
  await shown.keyboard.press('ArrowDown')
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: 'Slow report exports' }).waitFor()
  await shown.keyboard.press('g')
  await shown.keyboard.press('b')
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
})

test('keys pressed while typing are text', async () => {
  const shown = await openRoom()
  await shown.keyboard.press('l')
  await shown.keyboard.type('serxgb?vn')
  expect(await dialog(shown).count()).toBe(0)
  expect(await shown.getByLabel('What happened?').inputValue()).toBe('serxgb?vn')
})

test('at the end the newest entry is in view whole, while the list is selected in too', async () => {
  const shown = await openRoom()
  const below = () =>
    shown.locator('.entries').evaluate((region) => {
      const last = region.querySelector('.entry-place:last-child')
      return (last?.getBoundingClientRect().bottom ?? Number.NaN) - region.getBoundingClientRect().bottom
    })
  expect(await below()).toBeLessThanOrEqual(1)
  for (const key of ['g', 't', 'k', 'k']) await shown.keyboard.press(key)
  await shown.getByText(/^Entry \d+ of \d+/).waitFor()
  await expect.poll(below).toBeLessThanOrEqual(1)
})

test('a long journal is read page by page, and the page stays bounded', async () => {
  const story = checkoutStory()
  for (let note = 0; note < 3000; note++) story.log(CHECKOUT, 'noted', { text: `note ${note}` })
  const shown = await open(story)
  await shown.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await shown.getByText('note 2999').waitFor()
  const entries = shown.getByRole('region', { name: 'Entries' })
  await entries.evaluate((region) => region.scrollTo({ top: 0 }))
  await shown.getByText('The journal of this incident begins here.').waitFor()
  await shown.getByText('Checkout errors after deploy').last().waitFor()
  expect(await shown.locator('.entry-place').count()).toBeLessThanOrEqual(120)
  main.log(CHECKOUT, 'noted', { text: 'the newest of all' })
  await shown.getByRole('button', { name: /Go to the newest/ }).click()
  await shown.getByText('the newest of all').waitFor()
})

test('at 200 % zoom nothing is cut off sideways', async () => {
  const shown = await openRoom(checkoutStory(), { width: 640, height: 400 })
  const over = await shown.evaluate(() => {
    const room = document.querySelector('.room')
    return room === null ? -1 : room.scrollWidth - room.clientWidth
  })
  expect(over).toBe(0)
  await shown.getByLabel('What happened?').scrollIntoViewIfNeeded()
  expect(await shown.getByLabel('What happened?').isVisible()).toBe(true)
})

test('an exercise cannot be taken for the real thing', async () => {
  const shown = await openRoom(checkoutStory({ mode: 'exercise' }))
  expect(await shown.getByText('EXERCISE').count()).toBeGreaterThanOrEqual(3)
  expect(await shown.getByText('LIVE', { exact: true }).count()).toBe(0)
  await shown.keyboard.press('s')
  await dialog(shown).waitFor()
  const frame = await shown.locator('.exercise-frame').evaluate((element) => getComputedStyle(element).zIndex)
  const layer = await shown.locator('.mantine-Modal-inner').evaluate((element) => getComputedStyle(element).zIndex)
  expect(Number(frame)).toBeGreaterThan(Number(layer))
})

/** What axe has against the page, or against the part of it that is named. */
async function complaints(shown: Page, part = 'body'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: shown })
    .include(part)
    .exclude('iframe')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${impact}: ${id} at ${node.target.join(' ')}: ${node.failureSummary}`),
  )
}

const schemes = ['dark', 'light'] as const

test.each(schemes)('axe finds nothing on the first start and on the empty board, %s', async (scheme) => {
  const shown = await open(new FakeMain({ operator: null }), { scheme })
  await shown.getByLabel('Your name').waitFor()
  expect(await complaints(shown)).toEqual([])
  await shown.keyboard.type('Ana Ruiz')
  await shown.keyboard.press('Enter')
  await shown.getByText('No incident yet').waitFor()
  expect(await complaints(shown)).toEqual([])
})

test.each(schemes)('axe finds nothing on the board and while declaring, %s', async (scheme) => {
  const shown = await open(checkoutStory(), { scheme })
  await shown.getByRole('table').first().waitFor()
  expect(await complaints(shown)).toEqual([])
  await shown.keyboard.press('n')
  await shown.getByLabel('In a few words').fill('Nobody can sign in')
  expect(await complaints(shown)).toEqual([])
  await shown.keyboard.press('Enter')
  await shown.getByText('Question 1').waitFor()
  expect(await complaints(shown)).toEqual([])
  for (const key of ['u', 'n', '3']) await shown.keyboard.press(key)
  await shown.getByLabel('Why P3?').waitFor()
  expect(await complaints(shown)).toEqual([])
})

test.each(schemes)('axe finds nothing in the room of an exercise, %s', async (scheme) => {
  const shown = await openRoom(checkoutStory({ mode: 'exercise' }), { scheme })
  expect(await complaints(shown)).toEqual([])
})

test.each(schemes)('axe finds nothing in the timeline with its selection, filter and jump, %s', async (scheme) => {
  const shown = await openRoom(checkoutStory(), { scheme })
  for (const key of ['g', 't', 's']) await shown.keyboard.press(key)
  await shown.getByText(/^Entry \d+ of \d+/).waitFor()
  expect(await complaints(shown, '.timeline')).toEqual([])
  for (const keys of [['f'], ['g', '1']]) {
    for (const key of keys) await shown.keyboard.press(key)
    await dialog(shown).waitFor()
    expect({ keys, found: await complaints(shown, '[role=dialog]') }).toEqual({ keys, found: [] })
    await shown.keyboard.press('Escape')
    await dialog(shown).waitFor({ state: 'detached' })
  }
})

test.each(schemes)('axe finds nothing in any layer over the room, %s', async (scheme) => {
  const shown = await openRoom(checkoutStory(), { scheme })
  for (const key of ['s', 'e', 'r', 'x', 'v', 'w', 'k', '?', 'Control+k']) {
    await shown.keyboard.press(key)
    await dialog(shown).waitFor()
    expect({ key, found: await complaints(shown, '[role=dialog]') }).toEqual({ key, found: [] })
    await shown.keyboard.press('Escape')
    await dialog(shown).waitFor({ state: 'detached' })
  }
})
