import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from './served-engine.ts'

/**
 * What is wrong with an answer.
 *
 * - `silence`  the call is taken and never answered
 * - `error`    status 500
 * - `cut`      the connection closes in the middle of the body
 */
export interface ServedFault {
  /** So long it takes before anything is sent. */
  readonly delayMs?: number
  readonly ends?: 'silence' | 'error' | 'cut'
  /** What a 500 says. */
  readonly says?: string
}

/** Asked for each call, with its path as docker names it, without the version: '/containers/json'. Null: all is well. */
export type FaultsOf = (path: string, query: URLSearchParams) => ServedFault | null

/** Lets a fault take its course; answers whether the call is still to be answered as if nothing were wrong. */
export async function suffer(fault: ServedFault, response: ServerResponse): Promise<boolean> {
  if (fault.delayMs !== undefined && !(await lasted(fault.delayMs, response))) return false
  if (fault.ends === 'error') throw new ApiError(500, fault.says ?? 'something went wrong in the engine')
  if (fault.ends === 'cut') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '5000' })
    response.write('[{"Id":', () => response.destroy())
  }
  return fault.ends === undefined
}

/** False where the client left before. */
async function lasted(ms: number, response: ServerResponse): Promise<boolean> {
  const left = new AbortController()
  const onClose = () => left.abort()
  response.once('close', onClose)
  try {
    await sleep(ms, undefined, { signal: left.signal })
    return true
  } catch (cause) {
    if (!left.signal.aborted) throw cause
    return false
  } finally {
    response.off('close', onClose)
  }
}
