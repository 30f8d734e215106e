import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { FakeMain } from './fake-main.ts'
import { type Look, startTestWindow, type TestWindow } from './window.ts'

/** Opens the window on a fake main. Its pages are closed after the test, which fails where they complained of anything. */
type OpenWindow = (main: FakeMain, look?: Look) => Promise<Page>

/** One browser for the tests of a file, each with its own pages. */
export function testWindow(): OpenWindow {
  let window: TestWindow | null = null
  let opened: { readonly main: FakeMain; readonly page: Page }[] = []
  beforeAll(async () => {
    window = await startTestWindow()
  })
  afterAll(() => window?.close())
  afterEach(async () => {
    const last = opened
    opened = []
    for (const { page } of last) await page.close()
    // Playwright's own script is refused in the sandboxed preview, as it should be.
    const complaints = last.flatMap(({ main }) => main.complaints)
    expect(complaints.filter((text) => !text.includes("'about:srcdoc'"))).toEqual([])
  })
  return async (main, look) => {
    if (window === null) throw new Error('The window is opened in a test, and not before')
    const page = await window.open(main, look)
    opened.push({ main, page })
    return page
  }
}
