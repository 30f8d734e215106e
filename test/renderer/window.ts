import { createServer, type Server, type ServerResponse } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import { RendererFiles } from '../../main/renderer-files.ts'
import { BRIDGE_NAME } from '../../shared/bridge.ts'
import type { FakeMain } from './fake-main.ts'

/** The built window in a real browser, under the shells' own content security policy, on a fake main. */
export interface TestWindow {
  open(main: FakeMain, look?: Look): Promise<Page>
  close(): Promise<void>
}

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
  readonly zone?: string
}

/** Builds the window into a temporary folder, serves it on loopback and starts a browser. */
export async function startTestWindow(): Promise<TestWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'renderer-test-'))
  await build({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  })
  const { server, origin } = await serve(folder)
  const browser = await chromium.launch({
    executablePath: process.env.MUSTER_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  return {
    open: (main, look = {}) => openPage(browser, origin, main, look),
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function serve(folder: string): Promise<{ server: Server; origin: string }> {
  let files: RendererFiles | null = null
  let origin = ''
  const server = createServer((request, response) => {
    const url = `${origin}${request.url === '/' ? '/index.html' : (request.url ?? '')}`
    void reply(response, files, { method: request.method ?? 'GET', url })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  origin = `http://127.0.0.1:${address.port}`
  files = new RendererFiles({ folder, origin })
  return { server, origin }
}

async function reply(response: ServerResponse, files: RendererFiles | null, asked: { method: string; url: string }) {
  if (files === null) return
  const { status, headers, body } = await files.answer(asked)
  response.writeHead(status, headers).end(body)
}

async function openPage(browser: Browser, origin: string, main: FakeMain, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    colorScheme: look.scheme ?? 'dark',
    timezoneId: look.zone ?? 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') main.complaints.push(message.text())
  })
  page.on('pageerror', (error) => main.complaints.push(error.stack ?? error.message))
  await page.clock.install({ time: main.nowMs })
  await page.exposeFunction('fakeCall', main.answer)
  await page.addInitScript(installBridge, { name: BRIDGE_NAME, calls: main.callNames() })
  main.bridge().listen((feed, message) => {
    void page
      .evaluate(
        ([name, text]) => {
          const deliver = Reflect.get(window, 'fakeDeliver') as (feed: unknown, message: unknown) => void
          deliver(name, text)
        },
        [feed, message],
      )
      .catch(() => undefined)
  })
  await page.goto(`${origin}/`)
  return page
}

/** Runs in the page: the bridge as a shell puts it there, answered by the test's process. */
function installBridge({ name, calls }: { name: string; calls: readonly string[] }): void {
  const listeners = new Set<(feed: string, message: string) => void>()
  const ask = (call: string, argument: string): Promise<string> =>
    (Reflect.get(window, 'fakeCall') as (call: string, argument: string) => Promise<string>)(call, argument)
  Reflect.set(window, 'fakeDeliver', (feed: string, message: string) => {
    for (const deliver of listeners) deliver(feed, message)
  })
  Reflect.set(window, name, {
    calls: Object.fromEntries(calls.map((call) => [call, (argument: string) => ask(call, argument)])),
    listen: (deliver: (feed: string, message: string) => void) => {
      listeners.add(deliver)
      return () => listeners.delete(deliver)
    },
  })
}
