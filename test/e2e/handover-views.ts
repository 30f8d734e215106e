import { expect, type Page } from '@playwright/test'
import * as acts from './acts.ts'

/** Hands over in the room of an incident that somebody commands, and stops at each view of it; command stays where it was. */
export async function visitHandover(page: Page, look: (view: string) => Promise<void>): Promise<void> {
  const dialog = page.getByRole('dialog')
  const brief = page.frameLocator('iframe[title="The brief as it stands now"]').locator('body')
  await page.keyboard.press('h')
  await expect(dialog.getByLabel('To whom')).toBeFocused()
  await page.keyboard.type('Jonas Weber')
  await dialog.getByLabel(/^Objectives/).fill('Cards work again\nCustomers know by 15:30')
  await dialog.getByLabel(/^Hazards/).fill('A restart of shop-db loses the queue')
  await expect(brief).toContainText('A restart of shop-db loses the queue')
  await look('handover')
  await dialog.getByLabel('To whom').press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('.banner', { hasText: 'Not accepted yet' })).toBeVisible()
  await page.keyboard.press('h')
  await expect(dialog.getByLabel('Your name')).toBeFocused()
  await expect(brief).toContainText('offered to Jonas Weber')
  await look('handover-accept')
  await dialog.getByLabel('Why is the offer taken back?').fill('Mira stays.')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('To whom')).toBeVisible()
  await acts.closeLayer(page)
  await acts.runCommand(page, 'activity log')
  await expect(page.frameLocator('iframe').locator('body')).toContainText('Activity log (ICS 214)')
  await look('activity')
  await acts.closeLayer(page)
}
