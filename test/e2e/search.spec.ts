import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const cause = 'infinity-os-postgres-1 was killed for lack of memory'

test('what was noted, found and kept is found again by / and by the terminal', async ({ machine }, testInfo) => {
  const { page } = await machine.start()
  const room = screens.room(page)
  const field = page.getByLabel('Search entries and evidence of all incidents')
  const hits = page.getByRole('listbox', { name: 'What was found' }).getByRole('option')
  await acts.introduce(page, 'Mira Holm')
  await acts.startPractice(page)
  await acts.sweep(page)
  await expect(room.finding('D02', cause)).toBeVisible()
  await acts.log(page, 'postgres-primary at 10.0.0.5 ended with exit code 137')

  await test.step('a note, by the words of a name, and Enter goes to it', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await field.fill('postgres-prim')
    await expect(hits.first()).toContainText('exit code 137')
    await testInfo.attach('search', { body: await page.screenshot(), contentType: 'image/png' })
    await page.keyboard.press('Enter')
    await expect(field).toBeHidden()
    await expect(page.locator('.entry-place.selected')).toContainText('exit code 137')
    await expect(page.locator('.entry-place.selected')).toBeFocused()
  })

  await test.step('text that was kept as evidence opens in the viewer', async () => {
    await page.keyboard.press('/')
    await field.fill('is:evidence "oomkilled true" ')
    // Evidence is read into the index a moment later; the same is asked again by itself.
    await expect(hits.first()).toContainText('OOMKilled', { timeout: 20_000 })
    await testInfo.attach('search-evidence', { body: await page.screenshot(), contentType: 'image/png' })
    await page.keyboard.press('Enter')
    await expect(screens.evidence(page).match).toBeVisible()
    // The entry below was asked for too; it has the keyboard once nothing lies over it.
    await expect(screens.evidence(page).layer.locator(':focus')).toHaveCount(1)
    await acts.closeLayer(page)
    await expect(page.locator('.entry-place.selected')).toBeFocused()
  })

  await test.step('the terminal finds the same, and marks it', async () => {
    const found = await machine.muster('search', 'postgres-primary', '--by', 'mira')
    expect(found.exit).toBe(0)
    expect(found.out).toContain('*postgres-primary* at 10.0.0.5')
    expect(await machine.musterJson('search', 'zebra')).toMatchObject({ hits: [], index: { state: 'ready' } })
  })
})
