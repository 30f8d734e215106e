import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { muster } from '../main/terminal/muster.ts'
import * as acts from './acts.ts'
import { expect, type Machine, test } from './fixtures.ts'
import * as screens from './screens.ts'

test.use({ canMoveClock: true })

const passphrase = 'correct horse battery staple'
const vault = ({ dataFolder, env }: Machine, ...args: string[]) =>
  muster([...args, '--data', dataFolder], env, { input: `${passphrase}\n${passphrase}\n` })

const contacts = [
  'Name,Role,Organisation,Phone,SMS,E-mail,Time zone,Contract',
  'Mara Stein,Team Lead,Shop,+49 170 5550100,+49 170 5550100,mara@shop.example,Europe/Berlin,',
  'Cem Aksoy,CISO,Shop,+49 170 5550200,,cem@shop.example,,',
  'Lena Wolf,Legal,Wolf & Partner,+1 555 0300,,,America/New_York,WP-2026-17',
  'Iris Blum,Security Team,Shop,+49 170 5550400,,,,',
  'Otto Kern,CTO,Shop,+49 170 5550500,,,,',
  'Cloud desk,,Cloud Inc,+1 555 0900,,,,ENT-4711',
].join('\n')

const overlay = `apiVersion: muster.dev/v1
kind: overlay
id: shop
title: Shop
callouts: { answerWithinMinutes: 5, tries: 2, againAfterMinutes: 30 }
`

/** A desk with a vault, people in it, and an organisation that says how calls are waited for. */
async function prepare(machine: Machine): Promise<void> {
  await vault(machine, 'vault', 'create', '--passphrase')
  await writeFile(join(machine.folder, 'people.csv'), contacts)
  await vault(machine, 'people', 'import', join(machine.folder, 'people.csv'))
  await writeFile(join(machine.folder, 'shop.yaml'), overlay)
  const used = await machine.muster('overlay', 'use', join(machine.folder, 'shop.yaml'))
  expect(used.exit, used.err).toBe(0)
}

async function unlock(page: Page): Promise<void> {
  await acts.pair(page, 'g v')
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Unlocked.')).toBeVisible()
  await page.keyboard.press('Escape')
}

/** In one frame, as a page of axe's own would be closed as a window that the page opened. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''}`)
}

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })

/** Says by its key how a call went, and waits until it is written down and the keys are free again. */
async function callMade(page: Page, key: string, calls: number): Promise<void> {
  await page.keyboard.press(key)
  await expect(screens.room(page).entriesOf('called')).toHaveCount(calls)
  await expect(page.locator('.call-result .asked')).toHaveCount(0)
}

test('a P1 of Infinity OS goes up to the CISO by calls that nobody answers, by the keyboard alone', async ({
  machine,
}) => {
  await prepare(machine)
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, { title: 'Customer data is read out', answers: 'ynnn', proposed: 'P1 Critical' })
  const room = screens.room(page)
  // After the first update the runbook wants the next one within a quarter of an hour.
  await page.keyboard.press('l')
  await page.keyboard.type(':update Somebody reads data of others. We look into it.')
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('update-given')).toHaveCount(1)
  await acts.leaveField(page)

  // The vault is locked: order and roles stand, the numbers wait.
  await page.keyboard.press('c')
  await expect(card(page, 'Team Lead')).toContainText('■ The number is in the vault')
  await expect(card(page, 'Team Lead')).toContainText('Because it is P1.')
  expect(await serious(page)).toEqual([])
  await unlock(page)
  await expect(card(page, 'Team Lead').getByRole('heading', { name: 'Mara Stein' })).toBeVisible()
  await expect(card(page, 'Team Lead')).toContainText('Open tel:+491705550100')
  await expect(card(page, 'Team Lead')).toContainText('Left a message: wait 5 min, then call again.')
  await expect(page.getByRole('region', { name: 'Read this out' })).toContainText('Mara Stein? This is Mira Holm.')
  expect(await serious(page)).toEqual([])

  // Two calls without an answer: nobody is left but whom a person has to judge.
  await callMade(page, '3', 1)
  await expect(card(page, 'Team Lead')).toContainText('attempt 2 of 2')
  await callMade(page, '2', 2)
  const waits = page.locator('.call-wait').first()
  await expect(waits).toHaveText(/^[45]:\d\d$/)
  await machine.moveClock(6)
  await expect(page.getByText('✕ Team Lead: no answer to 2 calls.')).toBeVisible()

  // It is a breach: CISO and Legal at once, side by side.
  await page.getByRole('button', { name: 'It is so: call CISO and Legal' }).press('Enter')
  await expect(page.getByText('Call these 2 at once:')).toBeVisible()
  await expect(card(page, 'Legal')).toContainText('contract WP-2026-17')
  expect(await serious(page)).toEqual([])
  await page.keyboard.press('x')
  await expect(page.getByRole('region', { name: 'The call to Legal' })).toBeVisible()
  await callMade(page, '3', 3)
  await expect(page.getByText('Call these 2 at once:')).toBeVisible()
  await page.keyboard.press('x')
  const ciso = page.getByRole('region', { name: 'The call to CISO' })
  if (!(await ciso.isVisible())) await page.keyboard.press('x')
  await expect(ciso).toBeVisible()
  await callMade(page, '1', 4)
  await expect(page.getByText(/✓ Cem Aksoy \(CISO\) has it since/)).toContainText('Called again at')

  // Work on it puts the next call off, and says so.
  await machine.moveClock(10)
  await acts.closeLayer(page)
  await expect(room.entry('Next update: time is over')).toBeVisible({ timeout: 30_000 })
  await expect(room.clocks.locator('.clock.breached', { hasText: 'Next update' })).toContainText('overdue')
  await acts.log(page, 'Keys are rotated')
  await page.keyboard.press('c')
  await expect(page.getByText(/✓ Cem Aksoy/)).toContainText('put that off from')

  // The ladder, with where one is and who was called.
  await page.keyboard.press('m')
  const ladder = page.getByRole('table')
  await expect(ladder.locator('thead [aria-current]')).toContainText('P1▼ you are here')
  await expect(ladder.getByRole('row', { name: /CISO.*Legal/ })).toContainText('✕ no answer Lena Wolf')
  await expect(ladder.locator('tr.here').first()).toContainText('◀ you are here')
  await expect(ladder.getByRole('row', { name: /^Team Lead.*at once|Team Lead/ }).first()).toContainText('✉ message')
  expect(await serious(page)).toEqual([])
  await page.keyboard.press('r')
  await expect(page.getByText('Roles of the runbook')).toBeVisible()
  expect(await serious(page)).toEqual([])
})

test('AUREUS calls CTO and Legal at once when the CISO does not answer', async ({ machine }) => {
  await prepare(machine)
  const said = ['--pack', 'aureus', '--severity', 'P0', '--type', 'security-breach', '--exercise']
  await machine.muster('declare', ...said, '--title', 'Keys were read', '--as', 'Mira')
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.openIncident(page, 'Keys were read')
  await page.keyboard.press('c')
  await expect(card(page, 'Security Team')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Read this out' })).toContainText('EXERCISE EXERCISE EXERCISE.')
  let calls = 0
  for (const role of ['Security Team', 'Security Team', 'CISO', 'CISO']) {
    await expect(card(page, role)).toContainText(`attempt ${(calls % 2) + 1} of 2`)
    calls += 1
    await callMade(page, '3', calls)
  }
  await expect(page.getByText('Call these 2 at once:')).toBeVisible()
  await expect(card(page, 'CTO')).toContainText('Because')
  await expect(card(page, 'Legal')).toContainText('Choose Legal')
  expect(await serious(page)).toEqual([])
  await page.keyboard.press('t')
  await expect(page.locator('.to-tell')).toContainText('Notify stakeholders per the escalation matrix')
  await page.getByRole('button', { name: 'Told: Post in #incidents' }).press('Enter')
  await expect(page.locator('.to-tell')).toContainText('✓ told')
  expect(await serious(page)).toEqual([])
})

test('a team is formed and dissolved, and too many who report to one are told of', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, { title: 'Sign-in fails', answers: 'ynnn', proposed: 'P1 Critical' })
  const number = await screens.room(page).number.innerText()
  await page.keyboard.press('Shift+T')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Team', { exact: true })).toBeFocused()
  await page.keyboard.type('Database')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ben')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Cy, Dee')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('region', { name: 'Span of control' })).toContainText('leads Database')
  expect(await serious(page)).toEqual([])
  for (const [at, name] of ['Eve', 'Fay', 'Gil', 'Hal', 'Ida', 'Jon', 'Kim'].entries()) {
    await expect(dialog.getByLabel('Team', { exact: true })).toBeFocused()
    await page.keyboard.type(`Team ${at + 2}`)
    await page.keyboard.press('Tab')
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await expect(dialog.getByText(`led by ${name}`)).toBeVisible()
  }
  await expect(dialog.getByText('▲ 8 report to the commander, more than 7')).toBeVisible()
  await acts.closeLayer(page)
  await expect(page.getByRole('button', { name: '▲ span 8: more than 7' })).toBeVisible()
  const team = await machine.musterJson('team', number)
  expect(team).toMatchObject({ isTooWide: true, commander: 'Mira Holm' })
  const gone = await machine.muster('team', number, 'Database', '--dissolve', '--as', 'Mira Holm')
  expect(gone.exit, gone.err).toBe(0)
  await page.keyboard.press('Shift+T')
  await expect(dialog.getByText('● 7 of 7 at most')).toBeVisible()
})

test('the card for the bag is printed from the open vault alone, and enters no incident', async ({ machine }) => {
  await prepare(machine)
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, { title: 'Sign-in fails', answers: 'ynnn', proposed: 'P1 Critical' })
  const room = screens.room(page)
  const number = await room.number.innerText()
  const dialog = page.getByRole('dialog')
  await acts.runCommand(page, 'contact card')
  await dialog.getByLabel('I know that the file is not encrypted.').press('Space')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: /^Write the card/ }).press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('locked')
  await acts.closeLayer(page)
  await unlock(page)
  await acts.runCommand(page, 'contact card')
  await dialog.getByLabel('For which runbook').selectOption({ label: 'Infinity OS' })
  await dialog.getByLabel('Paper').selectOption('letter')
  await dialog.getByLabel('I know that the file is not encrypted.').press('Space')
  expect(await serious(page)).toEqual([])
  await dialog.getByRole('button', { name: /^Write the card/ }).press('Enter')
  await expect(dialog.getByText(/^Wrote 6 contacts as PDF/)).toBeVisible({ timeout: 60_000 })
  const written = await readFile(join(machine.saveFolder, 'contact-card-infinity-letter.pdf'))
  expect(written.subarray(0, 5).toString()).toBe('%PDF-')
  const out = join(machine.folder, 'card.html')
  const made = await vault(machine, 'card', '--pack', 'infinity', '--out', out)
  expect(made.exit, made.err).toBe(0)
  const html = await readFile(out, 'utf8')
  expect(html).toContain('+49 170 5550200')
  expect(html).toContain('contract ENT-4711')

  // No incident knows of it, and no export holds a number.
  await acts.closeLayer(page)
  await expect(room.entries.filter({ hasText: /card/i })).toHaveCount(0)
  const incident = join(machine.folder, 'incident.tar')
  const exported = await machine.muster('journal', 'export', number, '--out', incident, '--as', 'Mira Holm')
  expect(exported.exit, exported.err).toBe(0)
  expect((await readFile(incident)).includes('5550200')).toBe(false)
})
