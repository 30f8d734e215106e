import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { vi } from 'vitest'
import { type ChromiumShell, createChromiumShell } from '../../../main/chromium/chromium-shell.ts'
import { removeFolder } from './processes.ts'

const html = `<!doctype html><meta charset="utf-8"><meta name="csp-nonce" content="__CSP_NONCE__"><title>test</title>
<link rel="stylesheet" href="./window.css">
<body><script>document.title = 'inline ran'</script><script type="module" src="./window.js"></script></body>`

/** Tells the test what happens in the window, by a call, as a real window would. */
const script = `
const say = (what) => muster.calls['test.say'](JSON.stringify(what))
addEventListener('securitypolicyviolation', (event) => say({ violated: event.violatedDirective }))
muster.listen((feed, message) => say({ feed, length: message.length, start: message.slice(0, 40) }))
say({ loaded: document.title })
`

export interface TestWindow {
  readonly shell: ChromiumShell
  readonly folder: string
  /** What the window said by its call, parsed. */
  readonly said: unknown[]
  readonly logged: string[]
  readonly told: string[]
  /** What the shell asked of the app, in order. */
  readonly asked: string[]
  /** Whether an incident is open: decides between quit and stay. */
  isIncidentOpen: boolean
  /** The window as Playwright sees it; only with a debugging port. */
  page(): Promise<Page>
  stop(): Promise<void>
}

/** Writes the files of a tiny window. */
export async function writeTestPage(folder: string): Promise<void> {
  await writeFile(join(folder, 'index.html'), html)
  await writeFile(join(folder, 'window.js'), script)
  await writeFile(join(folder, 'window.css'), 'body { background: rgb(1, 2, 3) }')
}

/** Opens a tiny window in a real Chromium. */
export async function openTestWindow(options: {
  env: NodeJS.ProcessEnv
  debuggingPort: 0 | null
  profileFolder?: string
}): Promise<TestWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-window-'))
  await writeTestPage(folder)
  const said: unknown[] = []
  const logged: string[] = []
  const told: string[] = []
  const asked: string[] = []
  const browsers: Browser[] = []
  const shell = createChromiumShell({
    rendererFolder: folder,
    profileFolder: options.profileFolder ?? join(folder, 'profile'),
    browserPath: process.env.MUSTER_BROWSER ?? 'chromium',
    debuggingPort: options.debuggingPort,
    saveFolder: join(folder, 'saved'),
    log: (what) => logged.push(what),
    tell: (line) => told.push(line),
    env: options.env,
  })
  const window: TestWindow = {
    shell,
    folder,
    said,
    logged,
    told,
    asked,
    isIncidentOpen: false,
    async page() {
      const port = (await readFile(join(folder, 'profile', 'DevToolsActivePort'), 'utf8')).split('\n')[0]
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
      browsers.push(browser)
      const page = browser.contexts()[0]?.pages()[0]
      if (page === undefined) throw new Error('The window has no page')
      return page
    },
    async stop() {
      for (const browser of browsers) await browser.close()
      await shell.quit()
      await removeFolder(folder)
    },
  }
  await shell.start({
    callNames: ['test.say', 'test.echo'],
    async answer(name, argument) {
      if (name === 'test.say') said.push(JSON.parse(argument))
      return JSON.stringify({ ok: true, value: name === 'test.echo' ? argument.length : null, echo: argument })
    },
    onWindowReady: () => void asked.push('ready'),
    async onCloseAsked() {
      asked.push('close')
      return window.isIncidentOpen ? { decision: 'stay', because: 'INC-1 is open.' } : { decision: 'quit' }
    },
    async onQuit() {
      asked.push('quit')
    },
    log: (what) => logged.push(what),
  })
  await vi.waitFor(() => {
    if (!said.some((each) => typeof each === 'object' && each !== null && 'loaded' in each))
      throw new Error('not loaded')
  }, 60_000)
  return window
}
