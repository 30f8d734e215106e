import type { RendererFiles } from '../renderer-files.ts'
import type { CdpConnection, CdpEvent } from './cdp-connection.ts'
import { dialogSchema, frameNavigatedSchema, requestPausedSchema } from './protocol.ts'

export interface PageGuardOptions {
  readonly connection: CdpConnection
  readonly session: string
  readonly origin: string
  readonly files: RendererFiles
  readonly log: (what: string) => void
  /** The window shows something that is not Muster: bring it back. */
  readonly onStrayed: () => void
}

/** Answers every request of one page, and keeps it where it belongs. */
export class PageGuard {
  readonly #to: PageGuardOptions
  /** The browser starts on a page of its own; from the first of Muster's on, no other is let stand. */
  #isLoaded = false
  #ready: Promise<unknown> = Promise.resolve()

  constructor(options: PageGuardOptions) {
    this.#to = options
  }

  /** Answers no request before this has come to its end, good or bad. */
  holdUntil(ready: Promise<unknown>): void {
    this.#ready = ready.catch(() => {}) // told to whoever made it
  }

  hear(event: CdpEvent): void {
    switch (event.method) {
      case 'Fetch.requestPaused':
        return void this.#answer(requestPausedSchema.parse(event.params))
      case 'Page.frameNavigated': {
        const { frame } = frameNavigatedSchema.parse(event.params)
        if (frame.parentId !== undefined) return
        if (frame.url.startsWith(`${this.#to.origin}/`)) this.#isLoaded = true
        if (!this.#isLoaded || frame.url.startsWith(`${this.#to.origin}/`)) return
        this.#to.log(`Undid a navigation to ${shown(frame.url)}`)
        return this.#to.onStrayed()
      }
      case 'Page.javascriptDialogOpening': {
        const { type } = dialogSchema.parse(event.params)
        this.#to.log(`Closed a dialog of the page: ${type}`)
        return this.#post('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' })
      }
    }
  }

  async #answer(paused: {
    requestId: string
    request: { url: string; method: string }
    resourceType: string
  }): Promise<void> {
    const { requestId, request, resourceType } = paused
    if (!request.url.startsWith(`${this.#to.origin}/`)) {
      this.#to.log(`Refused a request to ${shown(request.url)}`)
      // An answer without content leaves the page as it is; an error would show Chromium's own page.
      if (resourceType === 'Document') return this.#post('Fetch.fulfillRequest', { requestId, responseCode: 204 })
      return this.#post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    }
    try {
      const [answer] = await Promise.all([this.#to.files.answer(request), this.#ready])
      this.#post('Fetch.fulfillRequest', {
        requestId,
        responseCode: answer.status,
        responseHeaders: Object.entries(answer.headers).map(([name, value]) => ({ name, value })),
        body: answer.body.toString('base64'),
      })
    } catch (error) {
      this.#to.log(`The window's file ${shown(request.url)} could not be read: ${String(error)}`)
      this.#post('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    }
  }

  #post(method: string, params: object): void {
    this.#to.connection.post(method, params, { session: this.#to.session })
  }
}

function shown(url: string): string {
  return url.length > 200 ? `${url.slice(0, 200)}…` : url
}
