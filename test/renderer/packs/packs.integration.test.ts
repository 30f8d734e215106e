import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'
import type { Look } from '../window.ts'

/** A browser on a busy machine. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const openWindow = testWindow()
let main: FakeMain

async function openPacks(look: Look = {}): Promise<Page> {
  main = checkoutStory()
  const page = await openWindow(main, look)
  await page.getByRole('heading', { name: 'Board' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await page.getByRole('heading', { name: 'Infinity OS', level: 1 }).waitFor()
  return page
}

const shipped = readFileSync(join(import.meta.dirname, '../../../assets/packs/infinity.yaml'), 'utf8')
const own = shipped.replace('id: infinity\n', 'id: shop\n').replace('title: Infinity OS\n', 'title: Shop\n')

async function give(shown: Page, text: string, name = 'shop.yaml'): Promise<void> {
  await shown.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/yaml', buffer: Buffer.from(text) })
}

async function find(shown: Page, words: string): Promise<void> {
  await shown.keyboard.press('f')
  await expect.poll(() => shown.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox')
  await shown.keyboard.type(words)
}

test('a word typed leads by Enter to the step that says it, and single keys are commands again', async () => {
  const shown = await openPacks()
  await find(shown, 'long-running')
  const hits = shown.getByRole('listbox', { name: 'What was found' }).getByRole('option')
  await hits.first().waitFor()
  expect(await hits.first().locator('mark').allTextContents()).toContain('long-running')
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: /Database Issues/, level: 1 }).waitFor()
  await shown.keyboard.press('Backspace')
  await shown.getByRole('heading', { name: 'Infinity OS', level: 1 }).waitFor()
})

test('Esc empties the search, and a word that nobody says is told so', async () => {
  const shown = await openPacks()
  await find(shown, 'qqqq')
  await shown.getByText("No runbook says 'qqqq'.").waitFor()
  await shown.keyboard.press('Escape')
  await shown.getByRole('heading', { name: 'Infinity OS', level: 1 }).waitFor()
})

test('a step shows what it risks, who must be asked, and its command', async () => {
  const shown = await openPacks()
  await shown.getByRole('button', { name: 'Database Issues' }).click()
  const step = shown.locator('.step-card', { hasText: 'End long-running queries' })
  await step.getByText('high risk').waitFor()
  expect(await step.innerText()).toContain('pg_terminate_backend')
  expect(await step.innerText()).toContain('Evidence first: See the queries that run for more than 5 minutes.')
  await shown.keyboard.press('o')
  await expect.poll(() => shown.locator('.step-card pre').count()).toBe(0)
  await shown.keyboard.press('o')
  await expect.poll(() => shown.locator('.step-card pre').count()).toBeGreaterThan(2)
})

test('a broken runbook shows each problem in its line, and is taken once it is mended', async () => {
  const shown = await openPacks()
  await shown.keyboard.press('i')
  await give(shown, own.replace('    summary: Service down', '    sumary: Service down'))
  const problem = shown.locator('.problem').first()
  await problem.waitFor()
  expect(await problem.innerText()).toContain("the key 'sumary' is unknown")
  expect(await problem.innerText()).toContain("Did you mean 'summary'?")
  expect(await problem.locator('.excerpt').innerText()).toContain('sumary: Service down')
  await shown.keyboard.press('Enter')
  expect(main.asked.some(({ name }) => name === 'packs.import')).toBe(false)

  await give(shown, own)
  await shown.getByText('Shop 1.0.0 is in order.').waitFor()
  await shown.keyboard.press('Enter')
  await shown.getByText('✓ Shop 1.0.0 is on this desk.').waitFor()
  await shown.getByRole('button', { name: 'Open it' }).click()
  await shown.getByRole('heading', { name: 'Shop', level: 1 }).waitFor()
})

test('an update shows what differs before it is taken, and afterwards; then it can be removed', async () => {
  const shown = await openPacks()
  await shown.keyboard.press('i')
  await give(shown, own)
  await shown.getByText('is in order').waitFor()
  await shown.keyboard.press('Enter')
  await shown.getByText('is on this desk').waitFor()
  await give(
    shown,
    own.replace('version: 1.0.0', 'version: 1.1.0').replace('title: Service Down', 'title: Service Gone'),
  )
  await shown.getByRole('region', { name: 'What changes from 1.0.0 to 1.1.0' }).waitFor()
  await shown.getByText('Service Gone').waitFor()
  await shown.getByRole('button', { name: 'Take 1.1.0 in its place' }).click()
  await shown.getByText('✓ Shop 1.1.0 is on this desk.').waitFor()
  await shown.getByRole('button', { name: 'Open it' }).click()
  await shown.getByText('What the last import changed').click()
  await shown.getByText('scenarios/service-down').waitFor()
  await shown.getByRole('button', { name: 'Service Gone' }).waitFor()
  await shown.getByRole('button', { name: 'Remove', exact: true }).click()
  await shown.getByRole('button', { name: 'Remove Shop from this desk' }).click()
  await expect.poll(() => shown.locator('.pack-line').count()).toBe(1)
})

test('a file over the cap, or not even YAML, is told and not taken', async () => {
  const shown = await openPacks()
  await shown.keyboard.press('i')
  await give(shown, 'x'.repeat(1_048_577), 'large.yaml')
  await shown.getByText('It is larger than 1 MiB.').waitFor()
  await give(shown, 'a: [b', 'broken.yaml')
  await shown.locator('.problem').first().waitFor()
  expect(main.asked.some(({ name }) => name === 'packs.import')).toBe(false)
})

test('a target is bound by its name in the vault, tested, and unbound', async () => {
  const shown = await openPacks()
  await shown.keyboard.press('b')
  await shown.getByRole('button', { name: 'Bind The portal' }).click()
  await shown.getByLabel('Address').fill('https://shop.example/health')
  await shown.getByLabel(/^Credential/).fill('shop/api')
  await shown.keyboard.press('Enter')
  await shown.getByText('https://shop.example/health · with shop/api').waitFor()
  await shown.getByRole('button', { name: 'Test The portal' }).click()
  await shown.getByText('GET /health answered 200.').waitFor()
  expect(await shown.locator('.tested').innerText()).toMatch(/✓ answers.*Not tested: whether it lets you in/s)
  await shown.getByRole('button', { name: 'Unbind', exact: true }).click()
  await shown.getByRole('button', { name: 'Unbind The portal' }).click()
  await expect.poll(() => main.targets.bindings.get('infinity')?.targets).toEqual({})
})

test('this very machine becomes a place only by typing so', async () => {
  const shown = await openPacks()
  await shown.keyboard.press('b')
  await shown.getByRole('button', { name: 'Bind Docker host' }).click()
  await shown.getByLabel('Where is it?').selectOption('this-machine')
  const consent = shown.getByLabel('type: run host on ana-laptop')
  await consent.fill('yes')
  await shown.keyboard.press('Enter')
  await shown.getByRole('alert').getByText('Nobody has said yes to this machine.').waitFor()
  await consent.fill('run host on ana-laptop')
  await shown.keyboard.press('Enter')
  await expect.poll(() => main.targets.bindings.get('infinity')?.places).toHaveProperty('host')
})

test('what is missing before an incident is told with what to do, and where it is due', async () => {
  const shown = await openPacks()
  await shown.getByText(/Readiness: \d+ missing/).waitFor()
  await shown.keyboard.press('r')
  await shown.getByRole('heading', { name: 'Is this desk ready for Infinity OS?' }).waitFor()
  await shown.getByText('Nobody stands behind Team Lead').waitFor()
})

test('Esc leaves a form and not the page', async () => {
  const shown = await openPacks()
  await shown.keyboard.press('b')
  await shown.getByRole('button', { name: 'Bind Docker host' }).click()
  await shown.getByLabel('Host, as ssh knows it').fill('app-1')
  await shown.keyboard.press('Escape')
  await shown.getByLabel('Host, as ssh knows it').waitFor({ state: 'detached' })
  await shown.getByRole('heading', { name: 'Places and targets of Infinity OS' }).waitFor()
})

test('a runbook of 400 steps opens folded, and its steps open at a key', async () => {
  const shown = await openPacks()
  const steps = Array.from(
    { length: 100 },
    (_each, place) =>
      `          - { id: s${place}, type: check, title: Check number ${place}, text: It holds, note: Read as it stands. }`,
  ).join('\n')
  const stages = ['a', 'b', 'c', 'd'].map(
    (id) => `      - id: ${id}\n        title: Part ${id}\n        purpose: verify\n        steps:\n${steps}`,
  )
  const scenario = `scenarios:\n  - id: long\n    title: The long one\n    summary: It takes its time.\n    stages:\n${stages.join('\n')}\n`
  await shown.keyboard.press('i')
  await give(shown, own.replace('scenarios:\n', scenario))
  await shown.getByText('is in order').waitFor()
  await shown.keyboard.press('Enter')
  await shown.getByRole('button', { name: 'Open it' }).click()
  await shown.getByRole('button', { name: 'The long one' }).click()
  await expect.poll(() => shown.locator('.step-card').count()).toBe(400)
  expect(await shown.locator('.step-body').count()).toBe(0)
  await shown.keyboard.press('o')
  await expect.poll(() => shown.locator('.step-body').count()).toBe(400)
})

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing wrong on any page, ${scheme}`, async () => {
    const shown = await openPacks({ scheme })
    const look = async () => {
      const { violations } = await new AxeBuilder({ page: shown }).setLegacyMode(true).analyze()
      return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)
    }
    expect(await look()).toEqual([])
    await find(shown, 'database')
    expect(await look()).toEqual([])
    await shown.keyboard.press('Enter')
    await shown.locator('.step-card').first().waitFor()
    expect(await look()).toEqual([])
    await shown.keyboard.press('b')
    await shown.getByRole('button', { name: 'Bind Docker host' }).click()
    expect(await look()).toEqual([])
    await shown.keyboard.press('Escape')
    await shown.keyboard.press('r')
    await shown.getByText('Nobody stands behind Team Lead').waitFor()
    expect(await look()).toEqual([])
    await shown.keyboard.press('i')
    await give(shown, own.replace('summary:', 'sumary:'))
    await shown.locator('.problem').first().waitFor()
    expect(await look()).toEqual([])
  })
}
