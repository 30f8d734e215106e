import { execFileSync } from 'node:child_process'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../../shared/postmortem/html.ts'
import { hostileStory } from './hostile-story.ts'
import { hostileTexts, trap } from './hostile-texts.ts'
import { wholeStory } from './story.ts'

const own = new Set(
  'html head meta title style body header p h1 h2 h3 h4 bdi dl dt dd nav ul li a main section figure figcaption svg line rect circle text table caption thead tbody tr th td div span strong code footer pre path'.split(
    ' ',
  ),
)

let browser: Browser
let page: Page

beforeAll(async () => {
  const executablePath = execFileSync('/bin/sh', ['-c', 'command -v chromium || command -v google-chrome'], {
    encoding: 'utf8',
  }).trim()
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 30_000 })
  page = await browser.newPage()
})

afterAll(async () => {
  await browser?.close()
})

test('the trap works: the same page with a raw script in it is caught', async () => {
  await page.setContent(`<p><img src=x onerror="window.${trap}=1"></p>`)
  await page.waitForFunction((name) => name in window, trap, { timeout: 30_000 })
  expect(await page.evaluate((name) => name in window, trap)).toBe(true)
})

test('no hostile text becomes an element, a script, a request or a dialog, even without the policy of the page', async () => {
  const events: string[] = []
  const fresh = await browser.newPage()
  fresh.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  fresh.on('request', (request) => events.push(`request ${request.url()}`))
  fresh.on('framenavigated', (frame) => {
    if (frame.url() !== 'about:blank') events.push(`navigation ${frame.url()}`)
  })
  const found: unknown[] = []
  for (const text of hostileTexts) {
    await fresh.setContent(withoutPolicy(pageOf(text)))
    const seen = await fresh.evaluate(inspect, trap)
    const foreign = seen.tags.filter((tag) => !own.has(tag))
    if (foreign.length + seen.handlers.length + seen.links.length > 0 || seen.trapped)
      found.push({ text, foreign, ...seen })
  }
  expect(found).toEqual([])
  expect(events).toEqual([])
  await fresh.close()
})

test('the text of a hostile title is shown as it was written', async () => {
  const title = `<img src=x onerror="window.${trap}=1"> & </style>`
  await page.setContent(withoutPolicy(pageOf(title)))
  expect(await page.locator('h1').textContent()).toBe(title)
  expect(await page.title()).toContain(title)
})

test('the page forbids itself everything but its own style', async () => {
  const ends: string[] = []
  const fresh = await browser.newPage()
  fresh.on('requestfinished', (request) => ends.push(`loaded ${request.url()}`))
  fresh.on('requestfailed', (request) => ends.push(`${request.failure()?.errorText} ${request.url()}`))
  const planted = `<img src="https://evil.invalid/x.png"><script>window.${trap}=1</script></main>`
  await fresh.setContent(pageOf('x').replace('</main>', planted))
  expect(await fresh.evaluate((name) => name in window, trap)).toBe(false)
  expect(ends).toEqual(['csp https://evil.invalid/x.png'])
  await fresh.close()
})

test('every heading follows the one above it, every table says what its columns are, the picture has words', async () => {
  await page.setContent(postmortemHtml(postmortemDocument(wholeStory().input())))
  const levels = await page
    .locator('h1, h2, h3, h4')
    .evaluateAll((all) => all.map((one) => Number(one.tagName.slice(1))))
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
  expect(await page.locator('table:not(:has(th[scope=col]))').count()).toBe(0)
  expect(await page.locator('svg[role=img]').getAttribute('aria-label')).toContain('Detected 2026-11-21 12:55')
  const targets = await page
    .locator('a')
    .evaluateAll((all) => all.filter((a) => document.querySelector(a.getAttribute('href') ?? '') === null).length)
  expect(targets).toBe(0)
})

test('nothing runs out of the page at the width of A4 and of a phone', async () => {
  await page.emulateMedia({ media: 'print' })
  await page.setContent(pageOf('w'.repeat(4_000)))
  for (const width of [680, 390]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  await page.emulateMedia({ media: null })
})

test('it prints to PDF on A4 and Letter, and an exercise says so on each page', async () => {
  await page.setContent(postmortemHtml(postmortemDocument(wholeStory('exercise').input())))
  for (const format of ['A4', 'Letter'] as const) {
    const pdf = await page.pdf({ format, preferCSSPageSize: true, printBackground: true })
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect(pdf.length).toBeGreaterThan(20_000)
  }
  const style = await page.locator('style').textContent()
  expect(style).toContain("@top-center { content: 'EXERCISE")
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.watermark').evaluate((mark) => getComputedStyle(mark).position)).toBe('fixed')
})

function pageOf(text: string): string {
  return postmortemHtml(postmortemDocument(hostileStory(text).input()))
}

function withoutPolicy(html: string): string {
  const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, '')
  if (bare === html) throw new Error('the page has no policy to take away')
  return bare
}

/** Runs in the page. */
function inspect(name: string) {
  const all = [...document.querySelectorAll('*')]
  const attributes = all.flatMap((one) => [...one.attributes])
  return {
    tags: [...new Set(all.map((one) => one.tagName.toLowerCase()))],
    handlers: attributes.filter((one) => one.name.startsWith('on') || one.name === 'style').map((one) => one.name),
    links: attributes
      .filter((one) => ['href', 'src', 'action', 'data'].includes(one.name) && !one.value.startsWith('#'))
      .map((one) => one.value),
    trapped: name in window,
  }
}
