import { connect } from 'node:net'
import type { PortAnswer } from '../../shared/docker/snapshot.ts'

export interface Door {
  readonly host: string
  readonly port: number
}

/** 'untried': this machine had no socket left to try it with, which says nothing of the other side. */
export type Tried = PortAnswer | 'untried'

export interface KnockLimits {
  /** For the connection to stand. */
  readonly connectMs: number
  /** After it stands: a docker-proxy with nobody behind it has closed it by then. */
  readonly quietMs: number
}

export const knockLimits: KnockLimits = { connectMs: 1_000, quietMs: 250 }

/**
 * Opens a TCP connection, sends nothing, and closes it. Never rejects; ends within both limits and a turn of the event loop,
 * and at once ('silent') when aborted, or where there can be no such door.
 */
export function knock(door: Door, signal: AbortSignal, limits: KnockLimits = knockLimits): Promise<Tried> {
  const { promise, resolve } = Promise.withResolvers<Tried>()
  const socket = signal.aborted ? null : begun(() => connect(door))
  if (socket === null) return Promise.resolve('silent')
  let isOpen = false
  const end = (answer: Tried) => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
    resolve(answer)
  }
  const onAbort = () => end('silent')
  let timer = setTimeout(() => end('silent'), limits.connectMs)
  socket.on('connect', () => {
    isOpen = true
    clearTimeout(timer)
    timer = setTimeout(() => end('answers'), limits.quietMs)
  })
  socket.on('data', () => end('answers'))
  socket.on('end', () => end('closed'))
  socket.on('close', () => end(isOpen ? 'closed' : 'silent'))
  socket.on('error', (error: NodeJS.ErrnoException) => end(isOpen ? 'closed' : refusalOf(error)))
  signal.addEventListener('abort', onAbort, { once: true })
  return promise
}

/** Null for what Node throws at instead of trying it, such as a port above 65,535. */
export function begun<Begun>(begin: () => Begun): Begun | null {
  try {
    return begin()
  } catch {
    return null
  }
}

/** Whatever else fails, a route or a permission, says nothing of who listens. */
export function refusalOf({ code }: NodeJS.ErrnoException): Tried {
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'EADDRNOTAVAIL') return 'untried'
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' ? 'refused' : 'silent'
}
