import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { PRINT_POLICY } from '../content-policy.ts'
import { headlessFlags } from './browser-flags.ts'
import { type BrowserProcess, startBrowser } from './browser-process.ts'
import type { CdpConnection } from './cdp-connection.ts'
import { newSessionSchema, newTargetSchema, printedSchema, requestPausedSchema, streamPartSchema } from './protocol.ts'

/** Nothing answers there: the one document is given by the interception, everything else is refused. */
const PRINT_URL = 'https://print.muster.invalid/'
const MAX_HTML_BYTES = 64 * 1024 * 1024
const MAX_PDF_BYTES = 256 * 1024 * 1024
const PART_BYTES = 1024 * 1024
/** Tags double the time of long documents (measured: 501 pages in 5.5 and 11.3 s). */
const TAGGED_UP_TO_BYTES = 1024 * 1024
const CLOSE_WITHIN_MS = 2_000

export interface PrintOptions {
  readonly browserPath: string
  readonly html: string
  /** For the whole of it: start, print, close. */
  readonly timeoutMs: number
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Prints a self-contained HTML document to PDF in a headless browser of its own, with a profile that is thrown away: A4
 * unless the document's CSS says otherwise, with backgrounds; no script runs, nothing is fetched. Needs no
 * display. Rejects with a refusal.
 */
export async function printToPdfHeadless(options: PrintOptions): Promise<Uint8Array> {
  const html = Buffer.from(options.html, 'utf8')
  if (html.length > MAX_HTML_BYTES) {
    const happened = `The document has ${html.length} bytes; Muster prints up to ${MAX_HTML_BYTES}.`
    throw refuse('too-large', { tried: 'Print to PDF', happened, next: 'Export as HTML and print that.' })
  }
  const profileFolder = await mkdtemp(join(tmpdir(), 'muster-print-'))
  const browser = startBrowser({
    browserPath: options.browserPath,
    flags: headlessFlags({
      profileFolder,
      platform: process.platform,
      isRoot: process.getuid?.() === 0,
      debuggingPort: null,
      extraArguments: [],
    }),
    ...(options.env && { env: options.env }),
    log: () => {},
  })
  try {
    return await within(options.timeoutMs, browser, printIn(browser.connection, html))
  } finally {
    await browser.close(CLOSE_WITHIN_MS)
    await rm(profileFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function within<T>(timeoutMs: number, browser: BrowserProcess, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const happened = `It was not done within ${timeoutMs / 1000} seconds.`
    reject(refuse('timed-out', { tried: 'Print to PDF', happened, next: 'Export as HTML and print that.' }))
  }, timeoutMs)
  const ended = browser.ended.then(({ why }): never => {
    const happened = why ?? 'The browser that prints ended early.'
    throw refuse('unsupported', { tried: 'Print to PDF', happened, next: 'Export as HTML and print that.' })
  })
  // A browser that ends also breaks the work off: how it ended is the reason then.
  const done = work.catch((error: unknown) => {
    if (error instanceof RefusalError && error.refusal.code === 'unreachable') return ended
    throw error
  })
  done.catch(() => {}) // told by whichever of the three is first
  ended.catch(() => {}) // the browser also ends after its work
  try {
    return await Promise.race([done, promise, ended])
  } finally {
    clearTimeout(timer)
  }
}

async function printIn(connection: CdpConnection, html: Buffer): Promise<Uint8Array> {
  const deadlineMs = 600_000 // the whole has its own deadline
  const { targetId } = newTargetSchema.parse(
    await connection.send('Target.createTarget', { url: 'about:blank' }, { deadlineMs }),
  )
  const { sessionId: session } = newSessionSchema.parse(
    await connection.send('Target.attachToTarget', { targetId, flatten: true }, { deadlineMs }),
  )
  const send = (method: string, params: object = {}) => connection.send(method, params, { session, deadlineMs })
  const loaded = Promise.withResolvers<void>()
  let isGiven = false
  const undo = connection.onEvent((event) => {
    if (event.session !== session) return
    if (event.method === 'Page.loadEventFired' && isGiven) loaded.resolve()
    if (event.method !== 'Fetch.requestPaused') return
    const { requestId, request } = requestPausedSchema.parse(event.params)
    const isDocument = !isGiven && request.url === PRINT_URL
    if (!isDocument) {
      return connection.post('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }, { session })
    }
    isGiven = true
    connection.post('Fetch.fulfillRequest', { requestId, ...documentAnswer(html) }, { session })
  })
  try {
    await Promise.all([
      send('Page.enable'),
      send('Emulation.setScriptExecutionDisabled', { value: true }),
      send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    ])
    await send('Page.navigate', { url: PRINT_URL })
    await loaded.promise
    const printed = await send('Page.printToPDF', {
      printBackground: true,
      preferCSSPageSize: true,
      paperWidth: 8.2677, // A4 in inches
      paperHeight: 11.6929,
      generateTaggedPDF: html.length <= TAGGED_UP_TO_BYTES,
      transferMode: 'ReturnAsStream',
    })
    return await readStream(send, printedSchema.parse(printed).stream)
  } finally {
    undo()
  }
}

function documentAnswer(html: Buffer): object {
  return {
    responseCode: 200,
    responseHeaders: [
      { name: 'Content-Type', value: 'text/html; charset=utf-8' },
      { name: 'Content-Security-Policy', value: PRINT_POLICY },
    ],
    body: html.toString('base64'),
  }
}

async function readStream(send: (method: string, params: object) => Promise<unknown>, handle: string) {
  const parts: Buffer[] = []
  let size = 0
  for (;;) {
    const part = streamPartSchema.parse(await send('IO.read', { handle, size: PART_BYTES }))
    const bytes = Buffer.from(part.data, part.base64Encoded === true ? 'base64' : 'utf8')
    parts.push(bytes)
    size += bytes.length
    if (size > MAX_PDF_BYTES) {
      const happened = `The PDF grew over ${MAX_PDF_BYTES} bytes.`
      throw refuse('too-large', { tried: 'Print to PDF', happened, next: 'Export as HTML and print that.' })
    }
    if (part.eof) return new Uint8Array(Buffer.concat(parts))
  }
}
