import { setImmediate as nextTurn } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { RefusalError } from '../../shared/refusal.ts'
import { SearchIndex } from './search-index.ts'
import type { SearchMessage, SearchReply } from './search-messages.ts'

/** How often the journal is asked for news, in ms: what was acknowledged is found within 250. */
const LOOK_EVERY_MS = 100
/** After trouble (a full disk) the next look comes later. */
const AFTER_TROUBLE_MS = 2_000

const { folder } = z.object({ folder: z.string() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('The search thread was started without a parent')

function send(reply: SearchReply): void {
  port?.postMessage(reply)
}

let waiting: SearchMessage[] = []
let catchingUp: number[] = []
/** Set by the question to close. */
const closing = new AbortController()
/** Ends the pause between two looks. */
let wake: (() => void) | null = null
let lastTrouble = ''

port.on('message', (message: SearchMessage) => {
  if (message.kind === 'find') {
    for (const older of waiting) if (older.kind === 'find') send({ kind: 'superseded', id: older.id })
    waiting = waiting.filter(({ kind }) => kind !== 'find')
  }
  waiting.push(message)
  wake?.()
})

void start()

async function start(): Promise<void> {
  try {
    const index = new SearchIndex(folder)
    send({ kind: 'ready' })
    await run(index).finally(() => index.close())
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    send({ kind: 'failed', refusal: error.refusal })
  } finally {
    port?.close()
  }
}

/** Questions first, then a slice of work; sleeps only when there is neither. */
async function run(index: SearchIndex): Promise<void> {
  while (!closing.signal.aborted) {
    answerAll(index)
    const rest = await work(index)
    if (rest > 0 && waiting.length === 0 && !closing.signal.aborted) await pauseFor(rest)
    // Messages come in between turns, all of them: of several questions the newest is answered.
    await nextTurn()
  }
}

/** Answers how long may be slept, in ms. */
async function work(index: SearchIndex): Promise<number> {
  try {
    const slice = index.follow()
    if (slice === 'worked') return 0
    if (slice === 'idle') {
      tellCaughtUp(index)
      if (await index.readEvidence(performance.now(), () => between(index))) return 0
    }
    lastTrouble = ''
    return LOOK_EVERY_MS
  } catch (error) {
    const text =
      error instanceof RefusalError
        ? error.refusal.happened
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error)
    if (text !== lastTrouble) send({ kind: 'trouble', text })
    lastTrouble = text
    return AFTER_TROUBLE_MS
  }
}

/** Between two slices of a long work: questions are answered, and new entries go first. */
async function between(index: SearchIndex): Promise<void> {
  await nextTurn()
  answerAll(index)
  index.follow()
}

function tellCaughtUp(index: SearchIndex): void {
  if (catchingUp.length === 0 || !index.isCaughtUp()) return
  for (const id of catchingUp) send({ kind: 'caught-up', id, index: index.state() })
  catchingUp = []
}

function answerAll(index: SearchIndex): void {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) answer(index, next)
}

function answer(index: SearchIndex, message: SearchMessage): void {
  const { id } = message
  try {
    if (message.kind === 'find') send({ kind: 'found', id, found: index.find(message.question), index: index.state() })
    else if (message.kind === 'state') send({ kind: 'state', id, index: index.state() })
    else if (message.kind === 'catch-up') catchingUp.push(id)
    else {
      closing.abort()
      send({ kind: 'closed', id })
    }
  } catch (error) {
    const refusal = error instanceof RefusalError ? error.refusal : null
    send({ kind: 'refused', id, refusal, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

async function pauseFor(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  wake = null
}
