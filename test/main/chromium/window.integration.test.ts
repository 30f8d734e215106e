import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Bridge } from '../../../shared/bridge.ts'
import { bestOf } from '../../best-of.ts'
import { startDisplay, type TestDisplay } from '../../display.ts'
import { openTestWindow, type TestWindow } from './test-window.ts'

declare global {
  var muster: Bridge
}

describe('the window in Chromium', () => {
  let display: TestDisplay
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    display = await startDisplay()
    window = await openTestWindow({ env: display.env, debuggingPort: 0 })
    page = await window.page()
  })

  afterAll(async () => {
    await window.stop()
    await display.stop()
  })

  async function stays(): Promise<void> {
    await vi.waitFor(() => expect(page.url()).toBe('https://muster.invalid/index.html'), 60_000)
  }

  test('opens with its files, and runs no inline script', async () => {
    expect(window.said).toContainEqual({ loaded: 'test' })
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(1, 2, 3)')
  })

  test('says once that it listens', () => {
    expect(window.asked).toEqual(['ready'])
  })

  test('gives each load a fresh nonce, in the header and in the document', async () => {
    const nonces: (string | undefined)[] = []
    for (let load = 0; load < 2; load += 1) {
      const answer = await page.reload()
      const nonce = await page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content)
      expect(answer?.headers()['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      nonces.push(nonce)
    }
    expect(new Set(nonces).size).toBe(2)
  })

  test('answers a call', async () => {
    const answer = await page.evaluate(() => muster.calls['test.echo']?.('"a \u2028 \ud83d\ude80 <b>"'))
    expect(JSON.parse(answer ?? '')).toEqual({ ok: true, value: 12, echo: '"a \u2028 \ud83d\ude80 <b>"' })
  })

  test('shows the page nothing but the bridge', async () => {
    const found = await page.evaluate(() => ({
      globals: Object.getOwnPropertyNames(globalThis).filter((name) => name.toLowerCase().includes('muster')),
      parts: Object.keys(muster),
      calls: Object.keys(muster.calls),
      isFrozen: Object.isFrozen(muster) && Object.isFrozen(muster.calls),
      node: [typeof Reflect.get(globalThis, 'process'), typeof Reflect.get(globalThis, 'require')],
    }))
    expect(found).toEqual({
      globals: ['muster'],
      parts: ['calls', 'listen'],
      calls: ['test.say', 'test.echo'],
      isFrozen: true,
      node: ['undefined', 'undefined'],
    })
  })

  test('brings feed messages in order', async () => {
    for (let each = 0; each < 200; each += 1) window.shell.publish('test.feed', JSON.stringify(each))
    await vi.waitFor(() => expect(window.said.at(-1)).toMatchObject({ feed: 'test.feed', start: '199' }), 60_000)
    const feeds = window.said.filter((each): each is { start: string } => JSON.stringify(each).includes('test.feed'))
    expect(feeds.map((each) => Number(each.start))).toEqual(Array.from({ length: 200 }, (_, index) => index))
  })

  test('passes a megabyte both ways in less than a second', async () => {
    const passMegabyte = () =>
      page.evaluate(async () => {
        const text = JSON.stringify('x'.repeat(1_000_000))
        const from = performance.now()
        const answer = await muster.calls['test.echo']?.(text)
        if (answer === undefined || answer.length < 1_000_000) throw new Error('cut')
        return performance.now() - from
      })
    expect(await bestOf(1_000, passMegabyte)).toBeLessThan(1_000)
  })

  test('leaves nothing of what a field holds on the disk', async () => {
    await page.evaluate(() => document.body.append(document.createElement('textarea')))
    await page.locator('textarea').fill('first draft')
    await page.locator('textarea').fill('typed and never sent')
    // Chromium writes down for its next start what fields hold: after a second the page tells, 2.5 s later it is saved.
    await new Promise((resolve) => setTimeout(resolve, 8_000))
    await page.evaluate(() => document.querySelector('textarea')?.remove())
    const profile = join(window.folder, 'profile')
    const files = readdirSync(profile, { recursive: true, encoding: 'utf8' }).map((name) => join(profile, name))
    const holding = files.filter((file) => {
      if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false
      const bytes = readFileSync(file)
      return ['utf8', 'utf16le'].some((encoding) =>
        ['first draft', 'typed and never sent'].some((text) =>
          bytes.includes(Buffer.from(text, encoding as BufferEncoding)),
        ),
      )
    })
    expect(holding).toEqual([])
  })

  test('refuses the call of a frame below', async () => {
    const kinds = await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      const inner = frame.contentWindow
      return inner === null
        ? []
        : ['muster', 'musterRaw', 'musterDeliver'].map((name) => typeof Reflect.get(inner, name))
    })
    expect(kinds).toEqual(['undefined', 'undefined', 'undefined'])
  })

  test('refuses a blob: page, which has the same origin, and comes back', async () => {
    const before = window.said.length
    await page.evaluate(() => {
      const text = "<script>try{musterRaw('1 test.say 1')}catch{};try{muster.calls['test.say']('2')}catch{}</script>"
      const address = URL.createObjectURL(new Blob([text], { type: 'text/html' }))
      setTimeout(() => location.assign(address))
    })
    await vi.waitFor(() => expect(window.logged.join()).toContain('Undid a navigation to blob:'), 60_000)
    await stays()
    await vi.waitFor(() => expect(window.said.slice(before)).toContainEqual({ loaded: 'test' }), 60_000)
    expect(window.said.slice(before)).not.toContain(1)
    expect(window.said.slice(before)).not.toContain(2)
  })

  test('comes back from about:blank', async () => {
    const before = window.said.length
    await page.evaluate(() => {
      setTimeout(() => location.assign('about:blank'))
    })
    await vi.waitFor(() => expect(window.said.slice(before)).toContainEqual({ loaded: 'test' }), 60_000)
    await stays()
  })

  test.each([
    'https://example.com/',
    'http://127.0.0.1:9/',
    'https://muster.invalid.example.com/',
    'https://muster.invalid:8443/',
  ])('does not navigate to %s', async (url) => {
    await page.evaluate((to) => {
      document.documentElement.lang = 'xx'
      location.href = to
    }, url)
    await vi.waitFor(() => expect(window.logged.join()).toContain(`Refused a request to ${url}`), 60_000)
    await stays()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('xx')
  })

  test('fetches nothing, neither foreign nor its own', async () => {
    const outcomes = await page.evaluate(async () => {
      const tried = ['https://example.com/x', 'https://muster.invalid/index.html', 'data:text/plain,x']
      return Promise.all(
        tried.map((url) =>
          fetch(url).then(
            () => 'fetched',
            () => 'refused',
          ),
        ),
      )
    })
    expect(outcomes).toEqual(['refused', 'refused', 'refused'])
  })

  test('opens no second window, and goes on working', async () => {
    await page.evaluate(() => void globalThis.open('https://example.com/'))
    await page.evaluate(() => void globalThis.open('about:blank'))
    await vi.waitFor(() => expect(page.context().pages()).toHaveLength(1), 60_000)
    await vi.waitFor(() => expect(window.logged.join()).toContain('Closed a window that the page opened'), 60_000)
    expect(await page.evaluate(() => 1 + 1)).toBe(2)
  })

  test('grants no permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'local-fonts']
      return Promise.all(
        names.map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state),
      )
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  })

  test('runs no eval and no injected inline script, and says so', async () => {
    await page.evaluate(() => {
      const element = document.createElement('script')
      element.textContent = "document.title = 'broken'"
      document.body.append(element)
      document.body.setAttribute('onclick', "document.title = 'broken'")
      document.body.click()
    })
    await vi.waitFor(() => expect(window.said).toContainEqual({ violated: 'script-src-elem' }), 60_000)
    await vi.waitFor(() => expect(window.said).toContainEqual({ violated: 'script-src-attr' }), 60_000)
    expect(await page.title()).toBe('test')
  })

  test('downloads nothing', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['x']))
      link.download = 'muster-must-not-be-here.txt'
      link.click()
    })
    expect(await page.evaluate(() => 'still here')).toBe('still here')
    await stays()
  })

  test('registers no service worker', async () => {
    const outcome = await page.evaluate(() =>
      navigator.serviceWorker.register('./window.js').then(
        () => 'registered',
        () => 'refused',
      ),
    )
    expect(outcome).toBe('refused')
  })

  test('saves under a free name', async () => {
    const path = await window.shell.chooseSaveFile('../../post-mortem.md')
    expect(path).toBe(`${window.folder}/saved/post-mortem.md`)
  })

  test('opens no link of another kind', async () => {
    expect(await window.shell.openExternal('file:///etc/passwd')).toMatchObject({ code: 'not-allowed' })
  })
})
