import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { type CdpConnection, openCdpConnection } from './cdp-connection.ts'
import { explainLastWords } from './last-words.ts'

const KEPT_CHARACTERS = 8_192

export interface BrowserEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What its messages say of why, in a sentence; null where they say nothing that is known. */
  readonly why: string | null
}

/** A running Chromium with its pipe. It ends when this process does, however that ends: its pipe closes then. */
export interface BrowserProcess {
  readonly pid: number | undefined
  readonly connection: CdpConnection
  readonly ended: Promise<BrowserEnd>
  /** Asks it to close, and kills it with its children when it has not by the deadline (milliseconds). */
  close(deadlineMs: number): Promise<BrowserEnd>
}

/** Starts a browser; never rejects: what goes wrong shows in `ended`, and every command is refused then. */
export function startBrowser(options: {
  readonly browserPath: string
  readonly flags: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly log: (what: string) => void
}): BrowserProcess {
  const isWindows = process.platform === 'win32'
  const child = spawn(options.browserPath, [...options.flags], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C in the terminal is for Muster, which then closes the window in order.
    detached: !isWindows,
    env: options.env ?? process.env,
  })
  const connection = openCdpConnection({
    write: child.stdio[3] as Writable,
    read: child.stdio[4] as unknown as Readable,
    log: options.log,
  })
  let lastWords = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString('utf8')).slice(-KEPT_CHARACTERS)
  })
  const ended = Promise.withResolvers<BrowserEnd>()
  child.on('error', (error) => {
    connection.close()
    ended.resolve({ code: null, signal: null, why: `It could not be started: ${error.message}.` })
  })
  child.on('exit', (code, signal) => {
    connection.close()
    ended.resolve({ code, signal, why: explainLastWords(lastWords) })
  })

  function kill(): void {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    if (isWindows) child.kill('SIGKILL')
    else killGroup(child.pid)
  }

  return {
    pid: child.pid,
    connection,
    ended: ended.promise,
    async close(deadlineMs) {
      connection.post('Browser.close')
      const timer = setTimeout(kill, deadlineMs)
      try {
        return await ended.promise
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it has ended meanwhile
  }
}
