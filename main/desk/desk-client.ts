import { Worker } from 'node:worker_threads'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { Failure, Question, Reply } from './desk-messages.ts'
import type { Questions } from './questions.ts'

/** News from the journal thread that nobody asked for. */
export type DeskNews = Extract<Reply, { kind: 'arrived' | 'runner' | 'alarms' | 'trouble' | 'journal' }>

/** The journal thread as the rest of the process sees it. Nothing here waits on a disk. */
export interface DeskClient {
  /** Whether this process rang the clocks when it started. */
  readonly startedAsRunner: boolean
  ask<Op extends keyof Questions>(op: Op, ...args: Questions[Op]['args']): Promise<Questions[Op]['value']>
  onNews(listener: (news: DeskNews) => void): () => void
  close(): Promise<void>
}

const CLOSE_WITHIN_MS = 4_000

/**
 * Starts the journal thread on a data folder. `rings`: whether this process may become the runner.
 * Rejects with a refusal where the journal cannot be opened.
 */
export async function startDesk(folder: string, options: { rings: boolean }): Promise<DeskClient> {
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './desk-thread.ts' : './desk-thread.js', own), {
    workerData: { folder, rings: options.rings },
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>()
  const listeners = new Set<(news: DeskNews) => void>()
  // An alarm that rings before anyone listens must still be heard.
  let unheard: DeskNews[] = []
  let lastId = 0
  let hasEnded = false

  function tell(news: DeskNews): void {
    if (listeners.size === 0) unheard.push(news)
    else for (const listener of listeners) listener(news)
  }

  // The thread answers each question with its own value: that pairing is kept by `Questions` on both sides.
  function post<Value>(op: Question['op'], args: readonly unknown[]): Promise<Value> {
    lastId += 1
    const question: Question = { id: lastId, op, args }
    if (hasEnded) return Promise.reject(threadEnded('The journal thread has ended.'))
    return new Promise<Value>((resolve, reject) => {
      waiting.set(question.id, { resolve: (value) => resolve(value as Value), reject })
      worker.postMessage(question)
    })
  }

  function failAll(happened: string): void {
    for (const { reject } of waiting.values()) reject(threadEnded(happened))
    waiting.clear()
    tell({ kind: 'trouble', text: happened })
  }

  const startedAsRunner = await new Promise<boolean>((resolve, reject) => {
    worker.on('message', (reply: Reply) => {
      if (reply.kind === 'ready') resolve(reply.runner)
      else if (reply.kind === 'failed') reject(asError(reply))
      else if (reply.kind === 'answered' || reply.kind === 'refused') settle(waiting, reply)
      else tell(reply)
    })
    worker.on('error', (error) => {
      const cause = error instanceof Error ? error : new Error(String(error))
      hasEnded = true
      reject(cause)
      failAll(cause.message)
    })
    worker.on('exit', () => {
      hasEnded = true
      reject(threadEnded('The journal thread ended before it was ready.'))
      failAll('The journal thread has ended.')
    })
  })

  return {
    startedAsRunner,
    ask: (op, ...args) => post<Questions[typeof op]['value']>(op, args),
    onNews(listener) {
      listeners.add(listener)
      const missed = unheard
      unheard = []
      for (const news of missed) listener(news)
      return () => listeners.delete(listener)
    },
    async close() {
      listeners.clear()
      if (hasEnded) return
      const late = new Promise((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref())
      await Promise.race([post<null>('close', []), late])
      await worker.terminate()
    },
  }
}

function settle(
  waiting: Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>,
  reply: Extract<Reply, { kind: 'answered' | 'refused' }>,
): void {
  const asked = waiting.get(reply.id)
  waiting.delete(reply.id)
  if (reply.kind === 'answered') asked?.resolve(reply.value)
  else asked?.reject(asError(reply))
}

function asError(failure: Failure): Error {
  return failure.refusal === null ? new Error(failure.bug) : new RefusalError(failure.refusal)
}

function threadEnded(happened: string): RefusalError {
  return refuse('bug', {
    tried: 'Ask the journal',
    happened,
    next: 'Start Muster again: everything acknowledged is kept.',
  })
}
