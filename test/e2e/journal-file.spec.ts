import { renameSync } from 'node:fs'
import { join } from 'node:path'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'

test('a file that was left open is checked, and one that is taken away is told until it is back', async ({
  machine,
}) => {
  const before = await machine.start()
  await acts.introduce(before.page, 'Mira')
  await acts.declare(before.page, { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' })
  await machine.killAll()

  const { page } = await machine.start()
  await expect(page.getByText('The journal was checked, and its file is whole.')).toBeVisible()
  await page.getByRole('button', { name: 'Seen' }).click()
  await expect(page.getByText('its file is whole')).toHaveCount(0)

  const file = join(machine.dataFolder, 'journal.db')
  renameSync(file, `${file}-away`)
  await expect(page.getByRole('alert')).toContainText('journal.db was removed while Muster was using it.')
  renameSync(`${file}-away`, file)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await machine.musterJson('verify')
})
