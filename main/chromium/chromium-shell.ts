import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Refusal, refuse } from '../../shared/refusal.ts'
import { readExternalLink } from '../external-links.ts'
import { RendererFiles } from '../renderer-files.ts'
import type { Shell, ShellHooks } from '../shell.ts'
import { AppWindow } from './app-window.ts'
import { windowFlags } from './browser-flags.ts'
import { type BrowserEnd, type BrowserProcess, startBrowser } from './browser-process.ts'
import type { CdpEvent } from './cdp-connection.ts'
import { Desktop, refusalIn } from './desktop.ts'
import { keepNothingSaid } from './forgetful-profile.ts'
import { printToPdfHeadless } from './print-to-pdf.ts'
import { freeProfile } from './profile-lock.ts'
import { attachedSchema, detachedSchema } from './protocol.ts'

/** A made-up origin: `.invalid` never resolves (RFC 2606), so only Muster can answer for it. */
export const CHROMIUM_ORIGIN = 'https://muster.invalid'

/** A page in the desktop's own colour until the app's first paint. */
const FIRST_URL = 'data:text/html,<meta name=color-scheme content="light dark"><title>Muster</title>'

const ATTACH_WITHIN_MS = 30_000
const CLOSE_WITHIN_MS = 3_000
const QUIT_WITHIN_MS = 5_000
const PRINT_WITHIN_MS = 120_000
const MAX_CRASHES = 3
const CRASHES_WITHIN_MS = 60_000

export interface ChromiumShellOptions {
  /** The built window: index.html and what it loads. */
  readonly rendererFolder: string
  /** A folder of the browser's own; made if it is not there. */
  readonly profileFolder: string
  readonly browserPath: string
  readonly extraArguments?: readonly string[]
  /** 0 opens a debugging port of the system's choice, for tests alone. */
  readonly debuggingPort?: 0 | null
  /** Where files are saved without asking; without it a dialog asks, where the desktop has one. */
  readonly saveFolder?: string | null
  /** For the log. */
  readonly log: (what: string) => void
  /** A plain line for the person who started Muster. */
  readonly tell?: (line: string) => void
  readonly env?: NodeJS.ProcessEnv
}

/** The shell in an installed Chromium, with what its entry needs besides the port. */
export interface ChromiumShell extends Shell {
  readonly kind: 'chromium'
  /** Starts the browser before the app is there, so that both get ready at once. `start` goes on from it. */
  warmUp(): void
  /** Resolves once `quit` is done, whoever asked for it. */
  readonly ended: Promise<void>
  /** The process ids of the browser, for tests and the log. */
  readonly browserPid: number | undefined
}

interface OpenBrowser {
  readonly process: BrowserProcess
  /** The app's page, as soon as it is attached. */
  readonly attached: Promise<{ session: string; target: string }>
  window: AppWindow | null
  /** The page is gone; the browser ends too. */
  isClosed: boolean
}

export function createChromiumShell(options: ChromiumShellOptions): ChromiumShell {
  return new ShellInChromium(options)
}

class ShellInChromium implements ChromiumShell {
  readonly kind = 'chromium'
  readonly ended: Promise<void>
  readonly #options: ChromiumShellOptions
  readonly #files: RendererFiles
  readonly #desktop: Desktop
  readonly #over = Promise.withResolvers<void>()
  #hooks: ShellHooks | null = null
  #browser: Promise<OpenBrowser> | null = null
  #open: OpenBrowser | null = null
  #showing: Promise<void> | null = null
  #quitting: Promise<void> | null = null
  #crashes: number[] = []

  constructor(options: ChromiumShellOptions) {
    this.#options = options
    this.ended = this.#over.promise
    this.#files = new RendererFiles({ folder: options.rendererFolder, origin: CHROMIUM_ORIGIN })
    this.#desktop = new Desktop({
      platform: process.platform,
      env: options.env ?? process.env,
      saveFolder: options.saveFolder ?? null,
      log: options.log,
    })
  }

  get browserPid(): number | undefined {
    return this.#open?.process.pid
  }

  warmUp(): void {
    this.#browser ??= this.#startBrowser()
    this.#browser.catch(() => {}) // told by `start`
  }

  async start(hooks: ShellHooks): Promise<void> {
    this.#hooks = hooks
    await this.show()
  }

  publish(feed: string, message: string): void {
    this.#open?.window?.publish(feed, message)
  }

  show(): Promise<void> {
    this.#showing ??= this.#show().finally(() => {
      this.#showing = null
    })
    return this.#showing
  }

  chooseSaveFile(suggestedName: string): Promise<string | null> {
    return this.#desktop.chooseSaveFile(suggestedName)
  }

  chooseFolder(title: string): Promise<string | null> {
    return this.#desktop.chooseFolder(title)
  }

  chooseOpenFile(title: string): Promise<string | null> {
    return this.#desktop.chooseOpenFile(title)
  }

  async openExternal(url: string): Promise<Refusal | null> {
    const link = readExternalLink(url)
    if ('refusal' in link) return link.refusal
    try {
      await this.#desktop.open(link.url)
      return null
    } catch (error) {
      return refusalIn(error)
    }
  }

  notify(title: string, body: string, onClick?: () => void): void {
    this.#desktop.notify(title, body, onClick).catch((error: unknown) => this.#log(`No notification: ${String(error)}`))
  }

  printToPdf(html: string): Promise<Uint8Array> {
    const { browserPath, env } = this.#options
    return printToPdfHeadless({ browserPath, html, timeoutMs: PRINT_WITHIN_MS, ...(env && { env }) })
  }

  quit(): Promise<void> {
    this.#quitting ??= this.#quit()
    return this.#quitting
  }

  async #quit(): Promise<void> {
    this.#desktop.close()
    const browser = await this.#browser?.catch(() => null) // one that did not start has nothing to close
    const finished = this.#hooks?.onQuit() ?? Promise.resolve()
    const inTime = Promise.race([finished, wait(QUIT_WITHIN_MS, undefined, { ref: false })])
    await Promise.all([
      browser?.process.close(CLOSE_WITHIN_MS),
      inTime.catch((error: unknown) => this.#log(`Muster did not close in order: ${String(error)}`)),
    ])
    this.#over.resolve()
  }

  async #show(): Promise<void> {
    if (this.#quitting !== null) return
    if (this.#open?.isClosed === true) await this.#open.process.ended
    const window = this.#open?.window ?? null
    if (window !== null) return window.show()
    await this.#openWindow(this.#needHooks())
  }

  async #openWindow(hooks: ShellHooks): Promise<void> {
    this.#browser ??= this.#startBrowser()
    const browser = await this.#browser
    const { session, target } = await this.#attachedInTime(browser)
    browser.window = new AppWindow({
      connection: browser.process.connection,
      session,
      target,
      origin: CHROMIUM_ORIGIN,
      files: this.#files,
      callNames: hooks.callNames,
      answer: hooks.answer,
      log: (what) => this.#log(what),
      onListening: () => hooks.onWindowReady(),
      onReopened: () => this.#options.tell?.('The window crashed and was opened again.'),
      onHopeless: () => void browser.process.close(CLOSE_WITHIN_MS),
    })
    await browser.window.open()
  }

  async #attachedInTime(browser: OpenBrowser): Promise<{ session: string; target: string }> {
    const timer = new AbortController()
    const late = wait(ATTACH_WITHIN_MS, 'late' as const, { signal: timer.signal, ref: false }).catch(
      () => 'late' as const,
    )
    const found = await Promise.race([browser.attached, browser.process.ended, late])
    timer.abort()
    if (found !== 'late' && 'session' in found) return found
    const why = found === 'late' ? 'It showed no window in time.' : found.why
    if (found === 'late') void browser.process.close(0)
    throw refuse('unsupported', {
      tried: `Open a window with ${this.#options.browserPath}`,
      happened: why ?? 'It ended before it showed a window.',
      next: "Use 'npx muster' in the terminal meanwhile, or name another browser in MUSTER_BROWSER.",
    })
  }

  /** A browser that hands over to one still ending leaves at once with 0: it is started again. */
  async #startBrowser(): Promise<OpenBrowser> {
    const { profileFolder, browserPath, env } = this.#options
    await mkdir(profileFolder, { recursive: true, mode: 0o700 })
    await freeProfile(profileFolder)
    await keepNothingSaid(profileFolder)
    const started = startBrowser({
      browserPath,
      flags: windowFlags({
        profileFolder,
        platform: process.platform,
        isRoot: process.getuid?.() === 0,
        debuggingPort: this.#options.debuggingPort ?? null,
        extraArguments: this.#options.extraArguments ?? [],
        firstUrl: FIRST_URL,
      }),
      ...(env && { env }),
      log: (what) => this.#log(what),
    })
    const { promise: attached, resolve } = Promise.withResolvers<{ session: string; target: string }>()
    const browser: OpenBrowser = { process: started, attached, window: null, isClosed: false }
    this.#open = browser
    started.connection.onEvent((event) => this.#hear(event, browser, resolve))
    // Nothing is granted, so every permission is denied, before the first page loads.
    started.connection.post('Browser.grantPermissions', { origin: CHROMIUM_ORIGIN, permissions: [] })
    started.connection.post('Browser.setDownloadBehavior', { behavior: 'deny' })
    started.connection.post('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }],
    })
    void started.ended.then((end) => this.#browserEnded(browser, end))
    return browser
  }

  #hear(event: CdpEvent, browser: OpenBrowser, onAttached: (page: { session: string; target: string }) => void): void {
    if (event.session !== '') return browser.window?.hear(event)
    if (event.method === 'Target.attachedToTarget') {
      const { sessionId, targetInfo } = attachedSchema.parse(event.params)
      if (targetInfo.url.startsWith('data:')) return onAttached({ session: sessionId, target: targetInfo.targetId })
      this.#log(`Closed a window that the page opened: ${targetInfo.url.slice(0, 200)}`)
      browser.process.connection.post('Target.closeTarget', { targetId: targetInfo.targetId })
      // The page that opened it shares its thread: left waiting, it would stop that too.
      browser.process.connection.post('Runtime.runIfWaitingForDebugger', {}, { session: sessionId })
    } else if (event.method === 'Target.detachedFromTarget') {
      if (detachedSchema.parse(event.params).sessionId !== browser.window?.session) return
      browser.isClosed = true
      void browser.process.close(CLOSE_WITHIN_MS) // it ends with its last window; this sees to it
    }
  }

  #browserEnded(browser: OpenBrowser, end: BrowserEnd): void {
    const hadWindow = browser.window !== null
    browser.window = null
    if (this.#open === browser) this.#open = null
    this.#browser = null
    if (this.#quitting !== null || !hadWindow || this.#hooks === null) return
    const isClosedByUser = browser.isClosed || (end.code === 0 && end.signal === null)
    this.#afterEnd(isClosedByUser, end)
      .catch((error: unknown) => {
        this.#log(`The window could not be opened again: ${String(error)}`)
        this.#options.tell?.(`The window could not be opened again: ${String(error)}`)
        return this.#closeAsked()
      })
      .catch((error: unknown) => {
        this.#log(`It could not be decided whether Muster may end: ${String(error)}`)
        return this.quit()
      })
  }

  async #afterEnd(isClosedByUser: boolean, end: BrowserEnd): Promise<void> {
    if (isClosedByUser) return this.#closeAsked()
    const now = performance.now()
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASHES_WITHIN_MS), now]
    this.#log(`The browser ended with ${end.signal ?? end.code ?? 'nothing'}: ${end.why ?? 'it does not say why'}`)
    if (this.#crashes.length > MAX_CRASHES) {
      this.#options.tell?.('The window crashes again and again. What was acknowledged is in the journal.')
      return this.#closeAsked()
    }
    this.#options.tell?.('The window crashed and is opened again.')
    await this.show()
  }

  async #closeAsked(): Promise<void> {
    const decided = await this.#needHooks().onCloseAsked()
    if (decided.decision === 'quit') return this.quit()
    // Chromium has no tray: the process stays without a window, and a second start opens one.
    this.#options.tell?.(decided.because)
    this.notify('Muster stays', decided.because)
  }

  #needHooks(): ShellHooks {
    if (this.#hooks !== null) return this.#hooks
    throw new Error('The shell is used before it was started')
  }

  #log(what: string): void {
    this.#options.log(what)
  }
}
