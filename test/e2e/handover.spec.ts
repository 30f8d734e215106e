import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { z } from 'zod'
import { musterJson } from '../main/terminal/muster.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }
const offeredSchema = z.looseObject({ words: z.string() })

const handover = (page: Page) => {
  const layer = page.getByRole('dialog', { name: 'Hand over command' })
  return {
    layer,
    brief: page.frameLocator('iframe[title="The brief as it stands now"]').locator('body'),
    to: layer.getByLabel('To whom'),
    name: layer.getByLabel('Your name'),
    words: layer.locator('.six-words li'),
    heard: layer.getByLabel('The six words that they read'),
    reach: layer.getByRole('region', { name: 'What this desk cannot reach' }),
    reason: layer.getByLabel('Why is it taken without an offer?'),
  }
}

const banner = (page: Page, text: string | RegExp): Locator => page.locator('.banner', { hasText: text })

/** In one frame, as a page of axe's own would be closed as a window that the page opened. */
async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
}

/** Mira declares, and commands. */
async function declareAsCommander(page: Page): Promise<void> {
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, outage)
  await page.keyboard.press('w')
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Mira Holm')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** What somebody who hands over types, by keyboard alone. */
async function typeOffer(page: Page, to: string): Promise<void> {
  const dialog = handover(page)
  await page.keyboard.press('h')
  await expect(dialog.to).toBeFocused()
  await page.keyboard.type(to)
  await page.keyboard.press('Tab')
  await page.keyboard.type('Cards work again')
  await page.keyboard.press('Tab')
  await page.keyboard.type('A restart loses the queue')
  await expect(dialog.brief).toContainText('Cards work again')
  await expect(dialog.brief).toContainText('A restart loses the queue')
}

const commander = (page: Page): Locator => page.locator('.role', { hasText: 'Commander' })

test('command goes on at one desk, though the app is killed between offer and acceptance', async ({ machine }) => {
  let { page } = await machine.start()
  await declareAsCommander(page)
  await typeOffer(page, 'Jonas Weber')
  await expectNoViolations(page)
  await page.keyboard.press('Control+Enter')
  await expect(handover(page).layer).toHaveCount(0)
  await expect(banner(page, 'Mira Holm offers command to Jonas Weber')).toContainText('Not accepted yet')

  await machine.killAll()
  page = (await machine.start()).page
  await acts.openIncident(page, outage.title)
  await expect(banner(page, 'Mira Holm offers command to Jonas Weber')).toBeVisible()
  await page.keyboard.press('h')
  await expect(handover(page).brief).toContainText('Cards work again')
  await expect(handover(page).name).toBeFocused()
  await expect(handover(page).name).toHaveValue('Jonas Weber')
  await expectNoViolations(page)
  await page.keyboard.press('Enter')
  await expect(handover(page).layer).toHaveCount(0)
  await expect(banner(page, 'offers command')).toHaveCount(0)
  await expect(commander(page)).toContainText('Jonas Weber')
  await acts.log(page, 'I have command now.')
  await expect(screens.room(page).entry('I have command now.')).toContainText('Jonas Weber')
  await expect(screens.room(page).entriesOf('handover-accepted')).toContainText('Jonas Weber')
  expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [] })
})

test('command goes to another desk by six words, and this one looks on until it takes it back', async ({ machine }) => {
  const { page } = await machine.start()
  const room = screens.room(page)
  const dialog = handover(page)
  await declareAsCommander(page)
  const number = await room.number.innerText()
  await typeOffer(page, 'Ben')
  await page.keyboard.press('Control+Shift+O')
  await expect(dialog.words).toHaveCount(6)
  const words = (await dialog.words.allInnerTexts()).join(' ')

  const elsewhere = join(machine.folder, 'elsewhere')
  const there = (...args: string[]) => musterJson([...args, '--data', elsewhere, '--as', 'Ben'], machine.env)
  const file = join(machine.saveFolder, `${number}-handover.tar`)
  await expect.poll(() => existsSync(file)).toBe(true)
  await there('journal', 'import', file)
  expect(await there('accept', number)).toMatchObject({ commander: 'Ben', words })

  await expect(dialog.heard).toBeFocused()
  await page.keyboard.type(`${words.split(' ').slice(0, 5).join(' ')} wrongly`)
  await page.keyboard.press('Enter')
  await expect(dialog.layer.getByRole('alert')).toContainText("Word 6 ('wrongly') differs")
  await expect(dialog.heard).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await expect(dialog.layer).toContainText('Ben has command, at another desk since')
  await expectNoViolations(page)
  await acts.closeLayer(page)
  await expect(banner(page, 'OBSERVER: Ben has command at another desk')).toBeVisible()

  // What commands is asked about first; a note is not.
  await page.keyboard.press('r')
  await page.keyboard.type('It went away')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Another desk has command' })
  await expect(question).toContainText('Ben decides there')
  await expectNoViolations(page)
  await page.keyboard.press('Enter')
  await expect(question).toHaveCount(0)
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Nothing was written')
  await acts.closeLayer(page)
  await acts.log(page, 'I look on from here.')

  await page.keyboard.press('h')
  await expect(dialog.reason).toBeFocused()
  await page.keyboard.type('Their laptop fell into the water')
  await page.keyboard.press('Enter')
  await expect(dialog.layer).toHaveCount(0)
  await expect(banner(page, 'OBSERVER')).toHaveCount(0)
  await expect(room.entriesOf('command-taken')).toContainText('Their laptop fell into the water')
  expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [] })
})

test('a desk that takes over sees what it cannot reach, reads its six words out, and has command', async ({
  machine,
}) => {
  const elsewhere = join(machine.folder, 'elsewhere')
  const there = (...args: string[]) => musterJson([...args, '--data', elsewhere, '--as', 'Ana'], machine.env)
  const declared = ['--pack', 'aureus', '--title', 'Vault is sealed', '--severity', 'P1', '--commander', 'Ana']
  const { number } = z.looseObject({ number: z.string() }).parse(await there('declare', ...declared))
  const file = join(machine.folder, 'handover.tar')
  const offered = offeredSchema.parse(await there('handover', number, '--to', 'Mira Holm', '--file', file))

  const { page } = await machine.start()
  const dialog = handover(page)
  await acts.introduce(page, 'Mira Holm')
  await acts.pair(page, 'g m')
  await expect(page.getByRole('dialog').getByLabel('File')).toBeFocused()
  await page.keyboard.type(file)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Open it' }).press('Enter')
  await expect(banner(page, 'OBSERVER: Ana has command at another desk')).toBeVisible()
  await expect(banner(page, 'Ana offers command of this incident to Mira Holm')).toBeVisible()

  await page.keyboard.press('h')
  await expect(dialog.reach).toContainText('The vault')
  await expect(dialog.reach).toContainText('Targets: ')
  await expect(dialog.words).toHaveText(offered.words.split(' '))
  await expect(dialog.brief).toContainText('Vault is sealed')
  await expect(dialog.name).toBeFocused()
  await expectNoViolations(page)
  await page.keyboard.press('Enter')
  await expect(dialog.layer).toHaveCount(0)
  await expect(banner(page, 'OBSERVER')).toHaveCount(0)
  await expect(commander(page)).toContainText('Mira Holm')
  expect(await there('release', number, ...offered.words.split(' '))).toMatchObject({ looksOn: true })
})
