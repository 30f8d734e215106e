import { type Agent, type IncomingMessage, request, type RequestOptions } from 'node:http'
import { refuse, type RefusalError } from '../../shared/refusal.ts'
import type { EngineCall } from './calls.ts'
import { connectionRefusal, statusRefusal } from './engine-refusals.ts'

/** Where an engine listens, for node:http. */
export type Address =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }

export interface Asking {
  readonly address: Address
  readonly agent: Agent
  /** Aborted when the sweep is cancelled. */
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
 *
 * It speaks to the engine by node:http rather than through dockerode: docker-modem 5 follows redirects to any host (and
 * crashes the process on one to an unknown scheme or a closed port, its error handlers being on the first request
 * only), buffers bodies without bound, never settles on a body that is cut short, and hands out JSON that does not
 * parse as a Buffer.
 */
export function ask(call: EngineCall, asking: Asking): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const outgoing = request({ ...target(asking.address), path: call.path, method: 'GET', agent: asking.agent })
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
    outgoing.destroy()
  }
  function onAbort(): void {
    drop(refuse('cancelled', { tried: call.what, happened: 'It was cancelled.', next: 'Sweep again when ready.' }))
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

  // Stays for good: what a destroyed request or answer says later is of no interest, but must find a listener.
  outgoing.on('error', (error) => drop(connectionRefusal(call, error)))
  outgoing.on('response', (incoming) => {
    incoming.on('error', (error) => drop(connectionRefusal(call, error)))
    readBody(incoming, { call, take: asking.take, settle, drop })
  })
  outgoing.on('upgrade', (_incoming, socket) => {
    socket.destroy()
    drop(connectionRefusal(call, new Error('The engine switched to another protocol.')))
  })
  outgoing.end()
  return promise
}

interface Reading {
  readonly call: EngineCall
  readonly take: Asking['take']
  readonly settle: (refusal: RefusalError | null) => void
  readonly drop: (refusal: RefusalError | null) => void
}

function readBody(incoming: IncomingMessage, { call, take, settle, drop }: Reading): void {
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
  incoming.on('close', () => drop(cutShort(call)))
}

function target(address: Address): RequestOptions {
  // A Host header is asked for by HTTP/1.1; over a socket its value means nothing.
  if (address.kind === 'socket') return { socketPath: address.path, headers: { Host: 'docker' } }
  return { host: address.host, port: address.port }
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
