import { expect, type Page } from '@playwright/test'
import * as acts from './acts.ts'
import { crowdRoom } from './crowd-room.ts'
import { visitHandover } from './handover-views.ts'
import { visitOtherRooms, visitRoomDialogs } from './room-dialogs.ts'
import * as screens from './screens.ts'

const title = 'Checkout fails for customers in Europe'

/** Looks at one view: named, and shown in the window as it is now. */
export type Look = (view: string) => Promise<void>

/** As Alertmanager sends it. */
const alert = JSON.stringify({
  ...{ version: '4', status: 'firing', receiver: 'shop', externalURL: 'https://alerts.example.com' },
  ...{
    groupLabels: { alertname: 'CheckoutErrors' },
    commonLabels: { alertname: 'CheckoutErrors', service: 'checkout' },
  },
  commonAnnotations: { summary: 'Checkout answers 5xx for one in three' },
  alerts: [{ status: 'firing', labels: { alertname: 'CheckoutErrors' }, startsAt: '2026-11-21T02:11:00Z' }],
})

/** Walks through every view of the window, as in an incident, and stops at each. */
export async function visitViews(page: Page, look: Look): Promise<void> {
  await expect(screens.welcome(page).name).toBeVisible()
  await look('welcome')
  await acts.introduce(page, 'Mira Holm')
  await look('board-empty')
  await visitDeclaration(page, look)
  await visitRoom(page, look)
  await visitPacks(page, look)
  await visitVault(page, look)
  await visitPractice(page, look)
  await visitOtherRooms(page, title, look)
}

async function visitDeclaration(page: Page, look: Look): Promise<void> {
  const declaration = screens.declaration(page)
  await page.keyboard.press('n')
  await expect(declaration.title).toBeFocused()
  await page.keyboard.press('Control+i')
  await page.keyboard.insertText(alert)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Take it away' })).toBeVisible()
  await look('declare-alert')
  await page.getByRole('button', { name: 'Take it away' }).click()
  await declaration.title.focus()
  await page.keyboard.type(title)
  await acts.choosePack(page, 'Infinity OS')
  await look('declare')
  await declaration.title.press('Enter')
  for (const answer of 'nn') await page.keyboard.press(answer)
  await expect(declaration.question).toBeVisible()
  await look('triage')
  for (const answer of 'yn') await page.keyboard.press(answer)
  await expect(declaration.proposal).toBeVisible()
  await look('severity')
  await page.keyboard.press('Enter')
  await expect(screens.room(page).title).toBeVisible()
}

async function visitRoom(page: Page, look: Look): Promise<void> {
  await acts.log(page, '@25min First call: cards are refused at the last step')
  await acts.log(page, 'Payment provider says that all is well on their side')
  await page.keyboard.press('o')
  await acts.sweep(page)
  await acts.log(page, 'shop-db is down; Jonas looks at its disk')
  await look('room')
  await crowdRoom(page, title)
  await look('room-full')
  await acts.pair(page, 'g w')
  await expect(page.locator('main.wall h1')).toHaveText(title)
  await look('wall')
  await page.keyboard.press('Escape')
  await expect(screens.room(page).title).toHaveText(title)
  await acts.pair(page, 'g r')
  await expect(page.frameLocator('iframe').locator('body')).toContainText('Hand-over brief')
  await look('brief')
  await acts.closeLayer(page)
  await page.keyboard.press('.')
  await expect(page.getByRole('menu')).toBeVisible()
  await look('room-more')
  await page.keyboard.press('Escape')
  await page.keyboard.press('p')
  await expect(page.getByLabel('Scenario', { exact: true })).toBeVisible()
  await look('room-steps')
  await page.keyboard.press('p')

  for (const key of ['g', 'c', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('dialog', { name: /^Clock: / })).toBeVisible()
  await look('clock')
  await acts.closeLayer(page)
  await page.keyboard.press('Shift+P')
  await expect(page.getByRole('dialog', { name: 'Phase of the response' })).toBeVisible()
  await look('phase')
  await acts.closeLayer(page)

  await page.keyboard.press('f')
  const all = page.getByRole('dialog')
  await expect(all.locator('.finding').first()).toBeVisible()
  await look('findings')
  for (const [key, view] of [
    ['2', 'findings-owners'],
    ['3', 'findings-containers'],
    ['4', 'findings-hygiene'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(all.getByRole('tab', { selected: true })).toContainText(key)
    await look(view)
  }
  await acts.closeLayer(page)

  const viewer = screens.evidence(page)
  await screens.room(page).findings.first().getByRole('button', { name: 'Evidence' }).click()
  await expect(viewer.match).toBeVisible()
  await look('evidence')
  await acts.closeLayer(page)

  await page.keyboard.press('x')
  await expect(screens.exporting(page).preview).toBeVisible()
  await acts.exportAs(page, 'md')
  await look('export')
  await acts.closeLayer(page)

  for (const [keys, layer, view] of [
    ['Control+k', screens.palette(page).layer, 'palette'],
    ['?', screens.keysSheet(page).layer, 'keys'],
    ['s', screens.severityDialog(page).layer, 'severity-change'],
    ['r', screens.resolution(page).layer, 'resolve'],
    ['Shift+I', page.getByRole('dialog', { name: 'What sort of incident is it?' }), 'classify'],
    ['Shift+D', page.getByRole('dialog', { name: 'Which incident does it belong to?' }), 'relate'],
    ['Shift+L', page.getByRole('dialog', { name: 'Where people meet and look' }), 'links'],
  ] as const) {
    await page.keyboard.press(keys)
    await expect(layer).toBeVisible()
    await look(view)
    await acts.closeLayer(page)
  }
  await page.keyboard.press('c')
  await expect(page.locator('.whom-now')).toBeVisible()
  await look('call')
  await page.keyboard.press('m')
  await expect(page.locator('.ladder')).toBeVisible()
  await look('call-ladder')
  await page.keyboard.press('r')
  await expect(page.locator('.role-cards')).toBeVisible()
  await look('call-roles')
  await acts.closeLayer(page)
  await page.keyboard.press('Shift+T')
  await expect(page.locator('.span-picture')).toBeVisible()
  await look('teams')
  await acts.closeLayer(page)
  await visitHandover(page, look)
  await page.keyboard.press('v')
  await expect(screens.verification(page).match).toBeVisible()
  await look('verify')
  await acts.closeLayer(page)
  await acts.pair(page, 'g s')
  await expect(screens.settings(page).storage).toBeVisible()
  await look('settings')
  await screens.settings(page).storage.press('Enter')
  await expect(screens.storage(page).backupFolder).toBeVisible()
  await look('storage')
  await page.keyboard.press('Escape')
  await acts.closeLayer(page)
  await visitRoomDialogs(page, look)
}

async function visitPacks(page: Page, look: Look): Promise<void> {
  const packs = screens.packs(page)
  await acts.pair(page, 'g k')
  await page.getByRole('button', { name: /^AUREUS/ }).click()
  await expect(packs.title('AUREUS')).toBeVisible()
  await look('packs')
  await page.getByRole('button', { name: 'Database Connection Issues' }).click()
  await expect(packs.steps.first()).toBeVisible()
  await look('pack-scenario')
  await page.keyboard.press('b')
  await page
    .getByRole('button', { name: /^Bind / })
    .first()
    .click()
  await look('pack-bindings')
  await page.keyboard.press('Escape')
  await page.keyboard.press('i')
  const broken = 'apiVersion: muster.dev/v1\nid: shop\ntitel: Shop\nversion: one\nscope: Our shop\n'
  await packs.file.setInputFiles({ name: 'shop.yaml', mimeType: 'text/yaml', buffer: Buffer.from(broken) })
  await expect(packs.problems.first()).toBeVisible()
  await look('pack-import')
}

async function visitVault(page: Page, look: Look): Promise<void> {
  const dialog = page.getByRole('dialog')
  await acts.runCommand(page, 'vault')
  await expect(dialog.getByLabel('The same again')).toBeVisible()
  await look('vault-new')
  for (const label of [/^Passphrase: four/, 'The same again']) {
    await dialog.getByLabel(label).fill('correct horse battery staple')
  }
  await page.keyboard.press('Enter')
  await expect(dialog.locator('.recovery-key')).toBeVisible()
  await look('vault-recovery')
  await dialog.getByRole('button', { name: 'I have it on paper' }).click()
  await dialog.getByLabel(/^Name, such as/).fill('shop/db')
  await dialog.getByLabel('Value').fill('not a real one')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('row', { name: /shop\/db/ })).toBeVisible()
  await look('vault')
  await acts.closeLayer(page)

  await acts.runCommand(page, 'contacts')
  const csv =
    'Name,Role,Organisation,Phone,E-mail,Time zone\n' +
    'Mara Stein,On-call DBA,Shop,+49 170 5550100,mara@shop.example,Europe/Berlin\nBob,,,abc,,\n'
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expect(dialog.getByText('2 added')).toBeVisible()
  await look('people')
  await acts.closeLayer(page)
}

async function visitPractice(page: Page, look: Look): Promise<void> {
  await acts.runCommand(page, 'board')
  await acts.startPractice(page)
  await acts.sweep(page)
  await look('practice')
  await acts.runCommand(page, 'board')
  await expect(screens.board(page).lines).toHaveCount(2)
  await look('board')
}
