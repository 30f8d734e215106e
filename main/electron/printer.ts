import { setTimeout as wait } from 'node:timers/promises'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import { PRINT_ORIGIN, servePrints } from './app-scheme.ts'
import type { ElectronParts, WindowPart } from './electron-parts.ts'
import { guardSession } from './guards.ts'
import { printWindowOptions } from './window-options.ts'

const PRINT_WITHIN_MS = 120_000
const PARTITION = 'muster-print'
const next = 'Export as HTML and print that.'
/** Tags double the time of long documents (measured: 501 pages in 5.5 and 11.3 s). */
const TAGGED_UP_TO_CHARACTERS = 1024 * 1024

/** Prints documents in hidden windows of a session that reaches nothing. */
export class Printer {
  readonly #electron: ElectronParts
  readonly #log: (what: string) => void
  readonly #documents = new Map<string, string>()
  #isReady = false
  #count = 0

  constructor(electron: ElectronParts, log: (what: string) => void) {
    this.#electron = electron
    this.#log = log
  }

  /** Call it when the app is ready. Rejects with a refusal. */
  async print(html: string): Promise<Uint8Array> {
    if (!this.#isReady) this.#openSession()
    this.#isReady = true
    this.#count += 1
    const url = `${PRINT_ORIGIN}/${this.#count}.html`
    this.#documents.set(url, html)
    const window = new this.#electron.BrowserWindow(printWindowOptions(PARTITION))
    const timer = new AbortController()
    try {
      const late = wait(PRINT_WITHIN_MS, null, { signal: timer.signal, ref: false })
      const pdf = await Promise.race([printIn(window, url, html.length), late])
      if (pdf !== null) return new Uint8Array(pdf)
    } catch (error) {
      const happened = messageOf(error)
      throw refuse('unsupported', { tried: 'Print to PDF', happened, next, cause: error })
    } finally {
      timer.abort()
      this.#documents.delete(url)
      window.destroy()
    }
    const happened = `It was not done within ${PRINT_WITHIN_MS / 1000} seconds.`
    throw refuse('timed-out', { tried: 'Print to PDF', happened, next })
  }

  #openSession(): void {
    const session = this.#electron.session.fromPartition(PARTITION)
    guardSession(session, this.#log)
    servePrints(session, this.#documents)
  }
}

async function printIn(window: WindowPart, url: string, characters: number): Promise<Buffer> {
  await window.loadURL(url)
  return window.webContents.printToPDF({
    pageSize: 'A4',
    printBackground: true,
    preferCSSPageSize: true,
    generateTaggedPDF: characters <= TAGGED_UP_TO_CHARACTERS,
  })
}
