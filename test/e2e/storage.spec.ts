import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '../main/mirror/desk-folder.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

test('a mirror is set, falls behind without its stick, and catches up; a backup is made beside', async ({
  machine,
}) => {
  const { page } = await machine.start()
  const stick = join(machine.folder, 'stick')
  const layer = screens.storage(page)
  await acts.introduce(page, 'Mira')
  await acts.declare(page, { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' })

  await acts.pair(page, 'g s')
  await screens.settings(page).storage.press('Enter')
  await layer.mirrorFolder.fill(stick)
  await layer.mirrorGo.click()
  await expect(layer.layer).toContainText('Everything acknowledged is there.')
  await page.keyboard.press('Escape')
  await expect(screens.settings(page).layer).toContainText('Mirror 0 s')
  await acts.closeLayer(page)
  const line = screens.storageLine(page)
  await expect(line).toHaveText(/✓ Mirror 0 s/)

  await acts.log(page, 'Said with the stick')
  await expect.poll(() => readJournal(stick).texts).toEqual(['Said with the stick'])
  renameSync(stick, `${stick}-unplugged`)
  await acts.log(page, 'Said without it')
  await expect(line).toHaveText(/△ Mirror .* behind: the folder is not there/)
  renameSync(`${stick}-unplugged`, stick)
  await expect(line).toHaveText(/✓ Mirror 0 s/)
  expect(readJournal(stick)).toEqual({ texts: ['Said with the stick', 'Said without it'], problems: [] })

  await line.click()
  await layer.backupFolder.fill(machine.saveFolder)
  await layer.backupGo.click()
  await expect(layer.layer).toContainText('✓ Backed up')
  await expect(layer.layer).toContainText(/The newest backup was made (just now|\d+ s ago): .*muster-backup-/)
})
