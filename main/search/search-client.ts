import { Worker } from 'node:worker_threads'
import type { IndexState } from '../../shared/search/found.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { FoundThere, Question } from './finder.ts'
import type { SearchMessage, SearchReply } from './search-messages.ts'

/** The search thread as the rest of the process sees it. */
export interface SearchClient {
  /** Rejects with a refusal: `cancelled` where a newer question came before this one was begun. */
  find(question: Question): Promise<{ found: FoundThere; index: IndexState }>
  /** Resolves once what the journal holds now is in the index, and what was erased is out of its file. */
  caughtUp(): Promise<IndexState>
  state(): Promise<IndexState>
  close(): Promise<void>
}

type Waiting = Map<number, { resolve: (reply: SearchReply) => void; reject: (error: unknown) => void }>

const CLOSE_WITHIN_MS = 3_000

/** Starts the search thread on a data folder whose journal is open in this process. `log`: troubles that nobody asked about. */
export function startSearch(folder: string, log: (what: string) => void): SearchClient {
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './search-thread.ts' : './search-thread.js', own), {
    workerData: { folder },
  })
  const waiting: Waiting = new Map()
  let lastId = 0
  let ended: RefusalError | null = null

  function end(error: RefusalError): void {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }

  worker.on('message', (reply: SearchReply) => {
    if (reply.kind === 'ready') return
    if (reply.kind === 'failed') end(new RefusalError(reply.refusal))
    else if (reply.kind === 'trouble') log(`search: ${reply.text}`)
    else settle(waiting, reply)
  })
  worker.on('error', (error) => {
    log(`search: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    end(threadEnded())
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      end(threadEnded())
      resolve()
    })
  })

  type Told<Message> = Message extends unknown ? Omit<Message, 'id'> : never
  function post(message: Told<SearchMessage>): Promise<SearchReply> {
    if (ended !== null) return Promise.reject(ended)
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage({ ...message, id })
    })
  }

  return {
    async find(question) {
      const reply = await post({ kind: 'find', question })
      if (reply.kind !== 'found') throw superseded()
      return { found: reply.found, index: reply.index }
    },
    caughtUp: async () => stateIn(await post({ kind: 'catch-up' })),
    state: async () => stateIn(await post({ kind: 'state' })),
    async close() {
      if (ended === null) {
        const late = new Promise((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref())
        await Promise.race([post({ kind: 'close' }).catch(() => null), late])
        // The thread ends by itself once its files are closed.
        await Promise.race([exited, late])
      }
      await worker.terminate()
    },
  }
}

function settle(waiting: Waiting, reply: Exclude<SearchReply, { kind: 'ready' | 'failed' | 'trouble' }>): void {
  const asked = waiting.get(reply.id)
  waiting.delete(reply.id)
  if (reply.kind !== 'refused') asked?.resolve(reply)
  else asked?.reject(reply.refusal === null ? new Error(reply.bug) : new RefusalError(reply.refusal))
}

function stateIn(reply: SearchReply): IndexState {
  if (reply.kind === 'caught-up' || reply.kind === 'state') return reply.index
  throw new Error(`The search thread answered '${reply.kind}' to a question for its state`)
}

function superseded(): RefusalError {
  return refuse('cancelled', {
    tried: 'Search',
    happened: 'Another search was asked for before this one was begun.',
    next: 'Look at what the newer one found.',
  })
}

function threadEnded(): RefusalError {
  return refuse('bug', {
    tried: 'Search',
    happened: 'The search thread has ended; the log has the cause.',
    next: 'Start Muster again. Everything but search goes on working.',
  })
}
