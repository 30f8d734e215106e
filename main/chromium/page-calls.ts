import type { Answer } from '../../shared/contract.ts'
import { refuse, type RefusalError } from '../../shared/refusal.ts'
import type { AnswerCall } from '../shell.ts'
import type { CdpConnection, CdpEvent } from './cdp-connection.ts'
import { BINDING_NAME, BRIDGE_LISTENS, BRIDGE_STANDS, DELIVER_NAME } from './page-bridge.ts'
import {
  bindingCalledSchema,
  contextCreatedSchema,
  contextDestroyedSchema,
  frameNavigatedSchema,
  remoteObjectSchema,
  withinDocumentSchema,
} from './protocol.ts'

/** A window that takes no feed messages while this much waits for it hangs. */
const MAX_WAITING_CHARACTERS = 64 * 1024 * 1024
const MAX_CALLS_AT_ONCE = 1_000
const DELIVER_WITHIN_MS = 30_000

const notOfTheForm = {
  tried: 'Read a call of the window',
  happened: "The call is not of the bridge's form.",
  next: 'Report it: the window and Muster do not fit together.',
}
const tooMany = {
  tried: 'Answer the window',
  happened: `More than ${MAX_CALLS_AT_ONCE} calls wait for an answer already.`,
  next: 'Wait a moment, then try again.',
}

/** Takes the deliver function out of the page's reach and keeps a reference to it. */
const TAKE_DELIVER = `(() => {
  const deliver = globalThis.${DELIVER_NAME}
  delete globalThis.${DELIVER_NAME}
  return deliver
})()`

export interface PageCallsOptions {
  readonly connection: CdpConnection
  readonly session: string
  readonly mainFrame: string
  readonly origin: string
  readonly answer: AnswerCall
  readonly log: (what: string) => void
  readonly onListening: () => void
  /** The window takes nothing any more. */
  readonly onHanging: () => void
}

interface PageContext {
  readonly id: number
  readonly frame: string
  readonly isDefault: boolean
  /** The page's function that takes answers and feed messages; known from when the bridge stands. */
  deliver: Promise<string | null> | null
}

/** Passes the calls of one page to the app, and answers and feeds back to it. */
export class PageCalls {
  readonly #to: PageCallsOptions
  readonly #contexts = new Map<number, PageContext>()
  /** The window's own document; empty from when one is torn down until the next has said its address. */
  #mainUrl = ''
  #current: PageContext | null = null
  #messages: (readonly [string, string])[] = []
  #messageCharacters = 0
  #isDelivering = false
  #callsAtOnce = 0

  constructor(options: PageCallsOptions) {
    this.#to = options
  }

  /** Whether the window's own document has its bridge. */
  get hasBridge(): boolean {
    return this.#current !== null
  }

  /** Whether the window's own document stands there without its bridge. */
  get lacksBridge(): boolean {
    return this.#current === null && this.#mainUrl.startsWith(`${this.#to.origin}/`)
  }

  hear(event: CdpEvent): void {
    switch (event.method) {
      case 'Runtime.executionContextCreated': {
        const { id, auxData } = contextCreatedSchema.parse(event.params).context
        this.#contexts.set(id, { id, frame: auxData.frameId, isDefault: auxData.isDefault, deliver: null })
        return
      }
      case 'Runtime.executionContextDestroyed':
        return this.#forget(contextDestroyedSchema.parse(event.params).executionContextId)
      case 'Runtime.executionContextsCleared':
        return this.forgetDocument()
      case 'Page.frameNavigated': {
        const { frame } = frameNavigatedSchema.parse(event.params)
        if (frame.parentId === undefined) this.#mainUrl = frame.url
        return
      }
      case 'Page.navigatedWithinDocument': {
        const moved = withinDocumentSchema.parse(event.params)
        if (moved.frameId === this.#to.mainFrame) this.#mainUrl = moved.url
        return
      }
      case 'Runtime.bindingCalled':
        return this.#called(bindingCalledSchema.parse(event.params))
    }
  }

  /** The document is torn down: nothing it asked is answered, nothing waits for it. */
  forgetDocument(): void {
    this.#contexts.clear()
    this.#mainUrl = ''
    this.#current = null
    this.#messages = []
    this.#messageCharacters = 0
  }

  /** Sends one feed message; before the bridge stands there is nobody to send it to, and the window asks afresh. */
  publish(feed: string, message: string): void {
    if (this.#current === null) return
    this.#messages.push([feed, message])
    this.#messageCharacters += message.length
    if (this.#messageCharacters > MAX_WAITING_CHARACTERS) {
      this.forgetDocument()
      this.#to.onHanging()
    } else if (!this.#isDelivering) void this.#deliverMessages(this.#current)
  }

  #forget(id: number): void {
    if (this.#current?.id === id) this.#current = null
    this.#contexts.delete(id)
  }

  #called(call: { name: string; payload: string; executionContextId: number }): void {
    if (call.name !== BINDING_NAME) return
    const context = this.#contexts.get(call.executionContextId)
    if (context === undefined || !this.#isOurs(context)) {
      const where = context?.frame === this.#to.mainFrame ? this.#mainUrl || 'a torn down page' : 'a foreign frame'
      return this.#to.log(`Refused a call from ${where.slice(0, 200)}`)
    }
    if (call.payload === BRIDGE_STANDS) this.#bridgeStands(context)
    else if (call.payload === BRIDGE_LISTENS) this.#to.onListening()
    else void this.#answer(context, call.payload)
  }

  /** A `blob:` page has Muster's origin too, so the address is checked and not the origin. */
  #isOurs(context: PageContext): boolean {
    const { mainFrame, origin } = this.#to
    return context.frame === mainFrame && context.isDefault && this.#mainUrl.startsWith(`${origin}/`)
  }

  #bridgeStands(context: PageContext): void {
    context.deliver ??= this.#takeDeliver(context.id)
    this.#current = context
  }

  async #takeDeliver(contextId: number): Promise<string | null> {
    try {
      const found = remoteObjectSchema.parse(
        await this.#send('Runtime.evaluate', { expression: TAKE_DELIVER, contextId }),
      )
      return found.result.objectId ?? null
    } catch (error) {
      this.#to.log(`The window's bridge could not be reached: ${String(error)}`)
      return null
    }
  }

  async #answer(context: PageContext, payload: string): Promise<void> {
    const [, id, name, argument] = /^([0-9]{1,15}) ([\w.-]{1,100}) (.*)$/s.exec(payload) ?? []
    if (id === undefined || name === undefined || argument === undefined) {
      return this.#refuse(context, payload, refuse('bad-input', notOfTheForm))
    }
    if (this.#callsAtOnce >= MAX_CALLS_AT_ONCE) return this.#refuse(context, payload, refuse('too-large', tooMany))
    this.#callsAtOnce += 1
    try {
      const answer = await this.#to.answer(name, argument)
      await this.#deliver(context, [id, answer, []])
    } catch (error) {
      this.#to.log(`An answer to ${name} did not reach the window: ${String(error)}`)
    } finally {
      this.#callsAtOnce -= 1
    }
  }

  /** Whoever waits for an answer gets one, where it can be read to whom. */
  async #refuse(context: PageContext, payload: string, { refusal }: RefusalError): Promise<void> {
    this.#to.log(`Refused the call '${payload.slice(0, 100)}': ${refusal.happened}`)
    const [, id] = /^([0-9]{1,15})(?: |$)/.exec(payload) ?? []
    if (id === undefined) return
    try {
      await this.#deliver(context, [id, JSON.stringify({ ok: false, refusal } satisfies Answer), []])
    } catch (error) {
      this.#to.log(`A refusal did not reach the window: ${String(error)}`)
    }
  }

  /** One batch at a time: what comes meanwhile goes together in the next. */
  async #deliverMessages(context: PageContext): Promise<void> {
    this.#isDelivering = true
    try {
      while (this.#messages.length > 0 && this.#current === context) {
        const batch = this.#messages
        this.#messages = []
        this.#messageCharacters = 0
        await this.#deliver(context, ['', '', batch])
      }
    } catch (error) {
      this.#to.log(`News did not reach the window: ${String(error)}`)
      if (this.#current === context) this.#to.onHanging()
    } finally {
      this.#isDelivering = false
    }
    if (this.#messages.length > 0 && this.#current !== null && this.#current !== context) {
      void this.#deliverMessages(this.#current)
    }
  }

  /** The texts travel as arguments, never as source. */
  async #deliver(context: PageContext, parts: readonly unknown[]): Promise<void> {
    const deliver = await context.deliver
    if (deliver === null || this.#contexts.get(context.id) !== context) return
    await this.#send('Runtime.callFunctionOn', {
      objectId: deliver,
      functionDeclaration: 'function (...parts) { this(...parts) }',
      arguments: parts.map((value) => ({ value })),
      silent: true,
    })
  }

  #send(method: string, params: object): Promise<unknown> {
    const { connection, session } = this.#to
    return connection.send(method, params, { session, deadlineMs: DELIVER_WITHIN_MS })
  }
}
