import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { infinity } from '../fake-main.ts'
import { startTestWindow, type TestWindow } from '../window.ts'

/** A browser on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

let window: TestWindow

beforeAll(async () => {
  window = await startTestWindow()
})
afterAll(() => window.close())

const OTHER = 'e'.repeat(32)

/** The story, and a desk beside it that has said other things without having seen it. */
function contradictedStory() {
  const main = checkoutStory()
  const worst = infinity.pack.severities.toSorted((a, b) => a.rank - b.rank)[0]
  const mildest = infinity.pack.severities.toSorted((a, b) => b.rank - a.rank)[0]
  if (worst === undefined || mildest === undefined) throw new Error('The pack has no severities')
  const said = (chosen: typeof worst) => ({
    severity: { id: chosen.id, code: chosen.code, name: chosen.name, rank: chosen.rank },
    assumed: false,
    reason: 'As seen here.',
    path: [],
  })
  main.log(CHECKOUT, 'severity-set', said(mildest))
  main.log(CHECKOUT, 'severity-set', said(worst), { chain: OTHER, by: 'Ben Okoro' })
  return { main, worst, mildest }
}

test('desks that disagree: both sides stand in the room and on the board, and one key settles it', async () => {
  const { main, worst, mildest } = contradictedStory()
  const page = await window.open(main)
  await page.getByText('conflict: the severity').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  const line = page.getByRole('region', { name: 'Desks disagree on the severity.' })
  await line.waitFor()
  expect(await line.textContent()).toContain(`'${worst.code} ${worst.name}' holds`)
  expect(await line.textContent()).toContain('Ben Okoro')
  expect(await line.getByRole('button').count()).toBe(2)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('2')
  await line.waitFor({ state: 'detached' })
  expect(main.asked.findLast(({ name }) => name === 'incidents.settle')?.argument).toMatchObject({
    id: CHECKOUT,
    field: 'severity',
  })
  expect(main.state(CHECKOUT).core.severity?.id).toBe(mildest.id)
  await page.close()
})

test('two incidents of one number are told apart by a letter, in the room as on the board', async () => {
  const main = checkoutStory()
  const [first] = main.board()
  const twin = '01KBZZZZZZZZZZZZZZZZZZZZZZ'
  main.begin(twin)
  main.log(twin, 'declared', {
    number: first?.number,
    title: 'The same number elsewhere',
    pack: { id: 'infinity', version: infinity.pack.version, title: infinity.pack.title, hash: infinity.hash },
    unconfirmed: false,
    detected_at: new Date(main.nowMs).toISOString(),
  })
  const page = await window.open(main)
  const label = `${first?.number ?? ''}-B`
  await page.getByRole('main').getByText(label).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'The same number elsewhere' }).click()
  await page.locator('.head').getByText(label).waitFor()
  await page.close()
})
