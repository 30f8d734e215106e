import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readOrNull } from '../files-with.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'

const passphrase = 'correct horse battery staple'
const canary = 'postgres://app:kAn4rien-vogel@db.internal/shop'

test('a credential goes into the vault and is seen nowhere again', async ({ machine }, testInfo) => {
  const { page } = await machine.start()
  const dialog = page.getByRole('dialog')
  const picture = async (name: string) =>
    testInfo.attach(name, { body: await page.screenshot(), contentType: 'image/png' })

  await test.step('the vault begins with a passphrase typed twice, and shows its recovery key once', async () => {
    await acts.introduce(page, 'Mira Holm')
    await acts.pair(page, 'g v')
    const first = dialog.getByLabel(/Passphrase: four or five words/).first()
    await expect(first).toBeVisible()
    await picture('new')
    await first.fill(passphrase)
    await dialog.getByLabel('The same again').fill('something else than that')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toContainText('not the same')
    await first.fill(passphrase)
    await dialog.getByLabel('The same again').fill(passphrase)
    await page.keyboard.press('Enter')
    await expect(dialog.locator('.recovery-key')).toHaveText(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
    await picture('recovery')
    await dialog.getByRole('button', { name: 'Save as a page to print' }).click()
    await expect(dialog.getByText(/Saved: /)).toBeVisible()
    await dialog.getByRole('button', { name: 'I have it on paper' }).click()
  })

  await test.step('what it keeps shows as a name and a mask', async () => {
    await dialog.getByLabel(/^Name, such as/).fill('shop/db')
    await dialog.getByLabel('What it is').selectOption('database-url')
    await dialog.getByLabel('Value').fill(canary)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('row', { name: /shop\/db/ })).toContainText('••••••••')
    await picture('kept')
    await expect(dialog.getByLabel('Value')).toHaveValue('')
  })

  await test.step('locked, the wrong passphrase opens nothing and the right one does', async () => {
    await dialog.getByRole('button', { name: 'Lock it now' }).click()
    const field = dialog.getByLabel('Passphrase', { exact: true })
    await field.fill('correct horse battery stable')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toContainText('not the right one')
    await picture('locked')
    await field.fill(passphrase)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('row', { name: /shop\/db/ })).toBeVisible()
    await acts.closeLayer(page)
  })

  await test.step('contacts come in from a spreadsheet, with what was not understood', async () => {
    await acts.pair(page, 'g n')
    const csv =
      'Name,Role,Phone,Time zone,Shoe size\nMara Stein,On-call DBA,+49 170 1234567,Asia/Tokyo,38\nBob,,abc,,\n'
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await expect(dialog.getByText('2 added, 0 updated, 0 unchanged.')).toBeVisible()
    await expect(dialog.getByText("'abc' is no telephone number")).toBeVisible()
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Mara Stein' })).toContainText('there')
    await picture('people')
    await dialog.getByRole('button', { name: 'Change Bob' }).click()
    await dialog.getByLabel('Telephone').fill('+1 555 0100')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('listitem').filter({ hasText: 'Bob' })).toContainText('+1 555 0100')
    await acts.closeLayer(page)
  })

  await test.step('the terminal opens the same vault; no file of the folder holds a word of it', async () => {
    const status = await machine.musterJson('vault', 'status')
    expect(status).toMatchObject({ sealedBy: ['passphrase', 'recovery'] })
    expect(filesWith(machine.dataFolder, 'kAn4rien-vogel')).toEqual([])
    expect(filesWith(machine.dataFolder, '170 1234567')).toEqual([])
    expect(filesWith(machine.dataFolder, passphrase)).toEqual([])
  })
})

/** The files below a folder that hold the text, as UTF-8 or UTF-16. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => {
      const bytes = readOrNull(file) ?? Buffer.alloc(0)
      return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))
    })
}
