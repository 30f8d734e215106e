import { expect, type Page } from '@playwright/test'
import * as screens from './screens.ts'

/* What a person does, by the keyboard, and what they then see. Each act ends when it is seen to be done. */

export async function introduce(page: Page, name: string): Promise<void> {
  await expect(screens.welcome(page).name).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(screens.board(page).title).toBeVisible()
}

export interface Declaration {
  readonly title: string
  /** y, n, u for the questions in turn. */
  readonly answers: string
  readonly proposed: string
  /** The title of the runbook; Infinity OS where none is named. */
  readonly pack?: string
}

/** Tab comes to the runbook that is chosen, arrows go to the others. */
export async function choosePack(page: Page, title: string): Promise<void> {
  const group = page.getByRole('group', { name: 'By which runbook?' })
  const wanted = group.getByRole('radio', { name: title })
  await expect(wanted).toBeVisible()
  const chosen = page.locator('input[type=radio]:checked:focus').and(group.getByRole('radio'))
  for (let presses = 0; presses < 40 && (await chosen.count()) === 0; presses += 1) await page.keyboard.press('Tab')
  for (let presses = 0; presses < 20 && !(await wanted.isChecked()); presses += 1)
    await page.keyboard.press('ArrowDown')
  await expect(wanted).toBeChecked()
}

/** From the board into the room of an incident. */
export async function openIncident(page: Page, title: string): Promise<void> {
  const line = screens.board(page).line(title)
  await expect(line).toBeVisible()
  const isHere = () => line.evaluate((row) => row.contains(document.activeElement))
  for (let presses = 0; presses < 20 && !(await isHere()); presses += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(screens.room(page).title).toHaveText(title)
}

/** From anywhere to the proposed severity, without a hand off the keyboard or a pause. */
export async function answerQuestions(
  page: Page,
  { title, answers, proposed, pack = 'Infinity OS' }: Declaration,
): Promise<void> {
  await page.keyboard.press('n')
  await page.keyboard.type(title)
  await choosePack(page, pack)
  await page.keyboard.press('Enter')
  if (answers !== '') await expect(screens.declaration(page).question).toBeVisible()
  for (const answer of answers) await page.keyboard.press(answer)
  await expect(screens.declaration(page).proposal).toHaveText(`The answers lead to ${proposed}`)
}

export async function declare(page: Page, declaration: Declaration): Promise<void> {
  await answerQuestions(page, declaration)
  await page.keyboard.press('Enter')
  await expect(screens.room(page).title).toHaveText(declaration.title)
}

export async function log(page: Page, text: string): Promise<void> {
  const room = screens.room(page)
  await page.keyboard.press('l')
  await expect(room.note).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('noted').filter({ hasText: text.replace(/^@\S+ /, '') })).toBeVisible()
  await leaveField(page)
}

/** Esc gives the single keys back. */
export async function leaveField(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.locator('input:focus, textarea:focus')).toHaveCount(0)
}

/** Sweeps and waits until the timeline tells of it: the page holds no more entries than are near, so the place counts. */
export async function sweep(page: Page): Promise<void> {
  const room = screens.room(page)
  const newest = async () => {
    const last = room.places.filter({ has: room.entriesOf('swept') }).last()
    return (await last.count()) === 0 ? -1 : Number(await last.getAttribute('data-position'))
  }
  const before = await newest()
  await expect(room.sweep).toBeEnabled()
  await page.keyboard.press('Shift+F')
  await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThan(before)
  await expect(room.kept).toBeVisible()
}

export async function setSeverity(page: Page, { key, reason }: { key: string; reason: string }): Promise<void> {
  const dialog = screens.severityDialog(page)
  await page.keyboard.press('s')
  await expect(dialog.layer).toBeVisible()
  await page.keyboard.press(key)
  await expect(dialog.reason).toBeFocused()
  await page.keyboard.type(reason)
  await page.keyboard.press('Enter')
  await expect(dialog.layer).toBeHidden()
}

export async function resolve(page: Page, summary: string): Promise<void> {
  const dialog = screens.resolution(page)
  await page.keyboard.press('r')
  await expect(dialog.summary).toBeFocused()
  await page.keyboard.type(summary)
  await page.keyboard.press('Enter')
  await expect(dialog.layer).toBeHidden()
  await expect(screens.room(page).ended).toBeVisible()
}

export interface Written {
  readonly path: string
  readonly sha256: string
  readonly head: string
}

const formatKeys = { md: '1', html: '2', pdf: '3', json: '4', csv: '5' } as const
export type Format = keyof typeof formatKeys

/** Opens the export if it is not open, writes one format and tells what the window says of it. */
export async function exportAs(page: Page, format: Format): Promise<Written> {
  const dialog = screens.exporting(page)
  if (!(await dialog.layer.isVisible())) await page.keyboard.press('x')
  await expect(dialog.layer).toBeVisible()
  await page.keyboard.press(formatKeys[format])
  await page.keyboard.press('Enter')
  await expect(dialog.path).toHaveText(new RegExp(`\\.${format}$`), { timeout: 60_000 })
  const [path, sha256, head] = await Promise.all([
    dialog.path.innerText(),
    dialog.sha256.innerText(),
    dialog.head.innerText(),
  ])
  return { path, sha256, head }
}

/** Esc closes the top layer. */
export async function closeLayer(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

export async function runCommand(page: Page, words: string): Promise<void> {
  const palette = screens.palette(page)
  await page.keyboard.press('Control+k')
  await expect(palette.field).toBeFocused()
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await expect(palette.layer).toBeHidden()
}

/** From the board, into the room of an exercise. */
export async function startPractice(page: Page): Promise<void> {
  await page.keyboard.press('p')
  await expect(screens.room(page).exerciseFrame).toBeVisible()
  await expect(screens.room(page).title).toBeVisible()
}

/** Two keys that count together, one right after the other however slow the machine is: 'g t'. */
export async function pair(page: Page, keys: `${string} ${string}`): Promise<void> {
  await Promise.all(keys.split(' ').map((key) => page.keyboard.press(key)))
}
