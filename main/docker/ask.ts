import type { IncomingMessage } from 'node:http'
import { refuse, RefusalError } from '../../shared/refusal.ts'
import type { EngineCall } from './calls.ts'
import type { EngineClient } from './engine-client.ts'
import { connectionRefusal, statusRefusal } from './engine-refusals.ts'

export interface Asking {
  readonly client: EngineClient
  /** Aborted when the sweep is cancelled, or with a refusal of its own as the reason. */
  readonly signal: AbortSignal
  /**
   * Gets the body piece by piece; answering 'enough' ends the call as answered. Only called for a status of 200 to 299.
   */
  readonly take: (piece: Buffer) => 'more' | 'enough'
}

/** Of an answer that says what went wrong, so much is read. */
const errorBytes = 64 * 1_024

/**
 * Makes one call. Ends when the body has ended or `take` has enough; otherwise, and always within the call's deadline
 * plus a turn of the event loop, it throws a refusal: connection, deadline, cap, a body cut short, a status that is not
 * 2xx, cancel.
 */
export function ask(call: EngineCall, asking: Asking): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const connection = new AbortController()
  let settled = false

  function settle(refusal: RefusalError | null): void {
    if (settled) return
    settled = true
    clearTimeout(deadline)
    asking.signal.removeEventListener('abort', onAbort)
    if (refusal === null) resolve()
    else reject(refusal)
  }
  /** Ends the connection too: nothing more of this answer is wanted. */
  function drop(refusal: RefusalError | null): void {
    settle(refusal)
    connection.abort()
  }
  function onAbort(): void {
    const reason: unknown = asking.signal.reason
    drop(
      reason instanceof RefusalError
        ? reason
        : refuse('cancelled', { tried: call.what, happened: 'It was cancelled.', next: 'Sweep again when ready.' }),
    )
  }
  function onDeadline(): void {
    drop(
      refuse('timed-out', {
        tried: call.what,
        happened: `No whole answer within ${seconds(call.deadlineMs)}.`,
        next: 'Check whether the engine is overloaded or hung: type `docker ps`. Then sweep again.',
      }),
    )
  }
  const deadline = setTimeout(onDeadline, call.deadlineMs)
  if (asking.signal.aborted) onAbort()
  else asking.signal.addEventListener('abort', onAbort, { once: true })

  async function receive(): Promise<void> {
    try {
      const incoming = await asking.client.get(call.path, connection.signal)
      // Stays for good: what a destroyed answer says later is of no interest, but must find a listener.
      incoming.on('error', (error) => drop(connectionRefusal(call, error)))
      if (settled) incoming.destroy()
      else readBody(incoming, { call, take: asking.take, settle, drop, isSettled: () => settled })
    } catch (error) {
      drop(connectionRefusal(call, error instanceof Error ? error : new Error(String(error))))
    }
  }
  void receive()
  return promise
}

interface Reading {
  readonly call: EngineCall
  readonly take: Asking['take']
  readonly settle: (refusal: RefusalError | null) => void
  readonly drop: (refusal: RefusalError | null) => void
  readonly isSettled: () => boolean
}

function readBody(incoming: IncomingMessage, { call, take, settle, drop, isSettled }: Reading): void {
  const status = incoming.statusCode ?? 0
  const isAnswer = status >= 200 && status < 300
  const cap = isAnswer ? call.capBytes : errorBytes
  const saidInstead: Buffer[] = []
  let read = 0
  incoming.on('data', (piece: Buffer) => {
    read += piece.length
    if (read > cap) {
      drop(isAnswer ? tooLarge(call) : statusRefusal(call, status, Buffer.concat(saidInstead)))
    } else if (!isAnswer) {
      saidInstead.push(piece)
    } else if (take(piece) === 'enough') {
      drop(null)
    }
  })
  incoming.on('end', () => {
    if (!incoming.complete) drop(cutShort(call))
    else settle(isAnswer ? null : statusRefusal(call, status, Buffer.concat(saidInstead)))
  })
  incoming.on('close', () => {
    if (!isSettled()) drop(cutShort(call))
  })
}

function tooLarge(call: EngineCall): RefusalError {
  return refuse('too-large', {
    tried: call.what,
    happened: `The answer is larger than ${Math.round(call.capBytes / 1024)} KiB, and was not read further.`,
    next: 'Check what answers at this address.',
  })
}

function cutShort(call: EngineCall): RefusalError {
  return refuse('bad-answer', {
    tried: call.what,
    happened: 'The connection closed in the middle of the answer.',
    next: 'Check whether the engine has just been restarted. Then sweep again.',
  })
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(2))} s`
}
