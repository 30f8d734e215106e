import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds that is serious or worse, in a word each: in the dialog where one is open, else in the window. */
export async function violationsOf(page: Page): Promise<string[]> {
  // In one frame: a page of axe's own would be closed by Muster as a window that the page opened.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const hasDialog = (await page.locator('[role=dialog]').count()) > 0
  const { violations } = await (hasDialog ? axe.include('[role=dialog]') : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ') ?? '?'}`)
}
