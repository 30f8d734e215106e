import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import { RefusalError, refuse } from '../../shared/refusal.ts'

/** Chromium refuses to read more than 100 MiB in one message (content/browser/devtools/devtools_pipe_handler.cc, 156). */
const MAX_SENT_BYTES = 96 * 1024 * 1024
const MAX_RECEIVED_BYTES = 64 * 1024 * 1024
const DEADLINE_MS = 10_000

const answerSchema = z.looseObject({
  id: z.int(),
  result: z.unknown().optional(),
  error: z.looseObject({ code: z.number(), message: z.string() }).optional(),
})
const eventSchema = z.looseObject({
  method: z.string(),
  params: z.unknown().optional(),
  sessionId: z.string().optional(),
})

/** One event of the browser. `session` is empty for those of the browser as a whole. */
export interface CdpEvent {
  readonly session: string
  readonly method: string
  readonly params: unknown
}

export interface CdpSendOptions {
  /** The attached target it is for; without it, the browser as a whole. */
  readonly session?: string
  /** Milliseconds to wait for the answer; ten seconds without it. */
  readonly deadlineMs?: number
}

/** A conversation with one Chromium in its DevTools protocol. */
export interface CdpConnection {
  /**
   * Sends one command and gives its result as the browser sent it: parse it before use. Rejects with a refusal:
   * `timed-out`, `unreachable` once the connection is closed, `bad-answer` when the browser refuses the command.
   */
  send(method: string, params?: object, options?: CdpSendOptions): Promise<unknown>
  /** Sends one command whose result nobody needs. A failure goes to the log, unless the connection is closed. */
  post(method: string, params?: object, options?: CdpSendOptions): void
  /** Hears every event; returns its own undo. */
  onEvent(listener: (event: CdpEvent) => void): () => void
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>
  close(): void
}

interface Waiting {
  readonly method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

interface Ends {
  /** Towards the browser (its file descriptor 3). */
  readonly write: Writable
  /** From the browser (its file descriptor 4). */
  readonly read: Readable
  readonly log: (what: string) => void
  readonly maxReceivedBytes?: number
}

/**
 * Speaks the DevTools protocol as `--remote-debugging-pipe` does: JSON texts, each ended by a NUL byte. Text that is
 * no message, an answer nobody waits for and a message over the cap are logged and skipped.
 */
export function openCdpConnection(ends: Ends): CdpConnection {
  const { log } = ends
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(event: CdpEvent) => void>()
  const over = Promise.withResolvers<void>()
  let lastId = 0
  let isClosed = false

  function close(): void {
    if (isClosed) return
    isClosed = true
    for (const [id, each] of waiting) {
      clearTimeout(each.timer)
      waiting.delete(id)
      each.reject(gone(each.method))
    }
    ends.write.destroy()
    ends.read.destroy()
    over.resolve()
  }

  function send(method: string, params: object = {}, options: CdpSendOptions = {}): Promise<unknown> {
    if (isClosed) return Promise.reject(gone(method))
    const id = ++lastId
    const text = JSON.stringify({ id, method, params, ...(options.session && { sessionId: options.session }) })
    if (text.length > MAX_SENT_BYTES) return Promise.reject(tooLarge(method, text.length))
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(late(method, deadlineMs))
      }, deadlineMs)
      waiting.set(id, { method, resolve, reject, timer })
      ends.write.write(`${text}\0`)
    })
  }

  function post(method: string, params?: object, options?: CdpSendOptions): void {
    send(method, params, options).catch((error: unknown) => {
      if (!isClosed) log(error instanceof RefusalError ? error.message : `${method}: ${String(error)}`)
    })
  }

  function receive(text: string): void {
    const message = readJson(text)
    const answer = answerSchema.safeParse(message)
    if (answer.success) return settle(answer.data)
    const event = eventSchema.safeParse(message)
    if (!event.success) return log(`Skipped a message of the browser that is neither answer nor event (${text.length})`)
    const { method, params, sessionId } = event.data
    for (const listener of listeners) tell(listener, { session: sessionId ?? '', method, params })
  }

  function tell(listener: (event: CdpEvent) => void, event: CdpEvent): void {
    try {
      listener(event)
    } catch (error) {
      log(`Skipped ${event.method} of the browser: ${String(error).slice(0, 500)}`) // not of the form that was promised
    }
  }

  function settle(answer: z.infer<typeof answerSchema>): void {
    const each = waiting.get(answer.id)
    if (each === undefined) return
    clearTimeout(each.timer)
    waiting.delete(answer.id)
    if (answer.error === undefined) each.resolve(answer.result)
    else each.reject(refusedByBrowser(each.method, answer.error.message))
  }

  const split = messageSplitter({ max: ends.maxReceivedBytes ?? MAX_RECEIVED_BYTES, receive, log })
  ends.read.on('data', split)
  for (const end of [ends.read, ends.write]) {
    end.on('error', close)
    end.on('close', close)
  }
  ends.read.on('end', close)

  return {
    send,
    post,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    closed: over.promise,
    close,
  }
}

/** Cuts a byte stream at its NUL bytes; a piece over `max` bytes is dropped up to its end. */
function messageSplitter(to: { max: number; receive: (text: string) => void; log: (what: string) => void }) {
  let parts: Buffer[] = []
  let size = 0

  function take(part: Buffer): void {
    size += part.length
    if (size > to.max) parts = []
    else parts.push(part)
  }

  function finish(): void {
    if (size > to.max) to.log(`Skipped a message of the browser of ${size} bytes: more than ${to.max}`)
    else if (size > 0) to.receive(Buffer.concat(parts).toString('utf8'))
    parts = []
    size = 0
  }

  return (chunk: Buffer): void => {
    let from = 0
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, from)) {
      take(chunk.subarray(from, at))
      finish()
      from = at + 1
    }
    if (from < chunk.length) take(chunk.subarray(from))
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // junk: the caller logs and skips it
  }
}

const next = 'Start Muster again. If it happens again, start it from a terminal and read its messages.'

function gone(method: string): RefusalError {
  return refuse('unreachable', { tried: `Ask Chromium for ${method}`, happened: 'Chromium has ended.', next })
}

function late(method: string, deadlineMs: number): RefusalError {
  const happened = `No answer within ${deadlineMs / 1000} seconds.`
  return refuse('timed-out', { tried: `Ask Chromium for ${method}`, happened, next })
}

function tooLarge(method: string, size: number): RefusalError {
  const happened = `The message has ${size} characters; Chromium takes ${MAX_SENT_BYTES}.`
  return refuse('too-large', { tried: `Ask Chromium for ${method}`, happened, next: 'Ask for less at once.' })
}

function refusedByBrowser(method: string, message: string): RefusalError {
  const happened = `Chromium refused it: ${message.slice(0, 500)}`
  return refuse('bad-answer', { tried: `Ask Chromium for ${method}`, happened, next })
}
