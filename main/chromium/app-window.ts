import type { RendererFiles } from '../renderer-files.ts'
import type { AnswerCall } from '../shell.ts'
import type { CdpConnection, CdpEvent } from './cdp-connection.ts'
import { BINDING_NAME, pageBridgeSource } from './page-bridge.ts'
import { PageCalls } from './page-calls.ts'
import { PageGuard } from './page-guard.ts'
import { navigateSchema, windowForTargetSchema } from './protocol.ts'

/** A page that strays or crashes this often within ten seconds will not be better for another load. */
const MAX_LOADS = 5
const LOADS_WITHIN_MS = 10_000

export interface AppWindowOptions {
  readonly connection: CdpConnection
  readonly session: string
  readonly target: string
  readonly origin: string
  readonly files: RendererFiles
  readonly callNames: readonly string[]
  readonly answer: AnswerCall
  readonly log: (what: string) => void
  readonly onListening: () => void
  /** The page crashed or hung and was loaded again. */
  readonly onReopened: () => void
  /** It crashes again and again. */
  readonly onHopeless: () => void
}

/** The one page of the app's window, from attached to gone. */
export class AppWindow {
  readonly session: string
  readonly #to: AppWindowOptions
  readonly #calls: PageCalls
  readonly #guard: PageGuard
  #loads: number[] = []

  constructor(options: AppWindowOptions) {
    this.#to = options
    this.session = options.session
    const { connection, session, origin, log } = options
    this.#calls = new PageCalls({
      connection,
      session,
      origin,
      log,
      mainFrame: options.target,
      answer: options.answer,
      onListening: options.onListening,
      onHanging: () => this.#loadAgain('The window took no more news'),
    })
    this.#guard = new PageGuard({
      connection,
      session,
      origin,
      log,
      files: options.files,
      onStrayed: () => this.#load(),
    })
  }

  /** Readies the page and loads the app in it; resolves when its document is loading. */
  async open(): Promise<void> {
    const ready = Promise.all([
      this.#send('Page.enable'),
      this.#send('Runtime.enable'),
      this.#send('Runtime.addBinding', { name: BINDING_NAME }),
      this.#send('Page.addScriptToEvaluateOnNewDocument', {
        source: pageBridgeSource(this.#to.origin, this.#to.callNames),
      }),
      this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      this.#send('Network.setBypassServiceWorker', { bypass: true }),
      this.#send('Inspector.enable'),
    ])
    // The browser prepares the app's process while the page is readied; but the bridge must be in the page's session
    // before the document is there: without the hold the script has been seen to arrive after it (Chromium 156).
    this.#guard.holdUntil(ready)
    const navigated = this.#navigate()
    await Promise.all([ready, navigated, this.#send('Runtime.runIfWaitingForDebugger')])
  }

  hear(event: CdpEvent): void {
    if (event.session !== this.session) return
    this.#calls.hear(event)
    this.#guard.hear(event)
    if (event.method === 'Inspector.targetCrashed') this.#loadAgain('The window crashed')
    if (event.method === 'Page.loadEventFired') this.#loaded()
  }

  publish(feed: string, message: string): void {
    this.#calls.publish(feed, message)
  }

  /** Brings the window to the front, out of the task bar if it lies there. */
  async show(): Promise<void> {
    const { connection, target } = this.#to
    const found = windowForTargetSchema.parse(await connection.send('Browser.getWindowForTarget', { targetId: target }))
    if (found.bounds.windowState === 'minimized') {
      await connection.send('Browser.setWindowBounds', { windowId: found.windowId, bounds: { windowState: 'normal' } })
    }
    await this.#send('Page.bringToFront')
  }

  #loaded(): void {
    if (this.#calls.lacksBridge) this.#loadAgain('The window had no bridge')
    else if (this.#calls.hasBridge) this.#post('Page.resetNavigationHistory') // there is nothing to go back to
  }

  #loadAgain(why: string): void {
    this.#to.log(`${why}: loaded it again`)
    this.#calls.forgetDocument()
    this.#load()
    this.#to.onReopened()
  }

  #load(): void {
    const now = performance.now()
    this.#loads = [...this.#loads.filter((at) => now - at < LOADS_WITHIN_MS), now]
    if (this.#loads.length > MAX_LOADS) return this.#to.onHopeless()
    this.#navigate().catch((error: unknown) => this.#to.log(`The window could not be loaded again: ${String(error)}`))
  }

  async #navigate(): Promise<void> {
    const url = `${this.#to.origin}/index.html`
    const { errorText } = navigateSchema.parse(await this.#send('Page.navigate', { url }))
    if (errorText !== undefined) this.#to.log(`The window could not load ${url}: ${errorText}`)
  }

  #send(method: string, params?: object): Promise<unknown> {
    return this.#to.connection.send(method, params, { session: this.session })
  }

  #post(method: string, params?: object): void {
    this.#to.connection.post(method, params, { session: this.session })
  }
}
