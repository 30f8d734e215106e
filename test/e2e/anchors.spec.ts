import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAnchors } from '../../shared/anchors/read-anchors.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

test('an anchor is shown, written and given back to the verification, which sees one digit that is wrong', async ({
  machine,
}, testInfo) => {
  const { page } = await machine.start()
  const verification = screens.verification(page)
  await acts.introduce(page, 'Mira')
  await acts.declare(page, { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' })
  await acts.leaveField(page)
  await page.keyboard.press('v')
  await expect(verification.match).toBeVisible({ timeout: 30_000 })

  await verification.layer.getByRole('button', { name: 'Show the anchor of all' }).click()
  await expect(verification.layer.getByRole('img', { name: 'The anchor as a QR code' })).toBeVisible()
  const text = await verification.layer.getByLabel('The anchor as text').innerText()
  await testInfo.attach('anchor', { body: await page.screenshot(), contentType: 'image/png' })
  await verification.layer.getByRole('button', { name: 'Write it into a file' }).click()
  await expect(verification.layer).toContainText('Written:')
  const [file = ''] = readdirSync(machine.saveFolder)
  expect(readAnchors(readFileSync(join(machine.saveFolder, file), 'utf8'), 'Read')[0]?.incidents).toEqual(
    readAnchors(text, 'Read')[0]?.incidents,
  )

  const given = verification.layer.getByLabel('An anchor that was kept elsewhere')
  const again = verification.layer.getByRole('button', { name: 'Verify again' })
  await given.fill(text)
  await again.click()
  await expect(verification.layer).toContainText('heads still stand', { timeout: 30_000 })
  await testInfo.attach('verified', { body: await page.screenshot(), contentType: 'image/png' })
  await given.fill(text.replace(/hash ./, 'hash x'))
  await again.click()
  await expect(verification.layer).toContainText("behind 'hash' belongs the 64 hex digits of a hash")
})
