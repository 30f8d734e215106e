import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { Endpoint } from '../../shared/targets/address.ts'
import { connectionWords } from './connection-words.ts'

export type HttpOutcome = { readonly status: number; readonly location: string | null } | { readonly failed: string }

/**
 * One GET without credentials: the status, or why there is none. Redirects are told and not followed, the body is not
 * read, certificates must be good. Ends within the deadline.
 */
export function askHttp({ host, port, tls, path }: Endpoint, deadlineMs: number): Promise<HttpOutcome> {
  const { promise, resolve } = Promise.withResolvers<HttpOutcome>()
  const request = (tls ? tlsRequest : plainRequest)({
    host,
    port,
    path: pathOf(path),
    method: 'GET',
    headers: { accept: '*/*', 'user-agent': 'Muster' },
    maxHeaderSize: 16_384,
    agent: false,
  })
  const end = (outcome: HttpOutcome) => {
    clearTimeout(deadline)
    request.destroy()
    resolve(outcome)
  }
  const deadline = setTimeout(() => end({ failed: `No answer within ${deadlineMs / 1000} s.` }), deadlineMs)
  request.on('error', (error) => end({ failed: connectionWords(error) }))
  // It offered another protocol: then it is a server of HTTP all the same.
  request.on('upgrade', (response) => end({ status: response.statusCode ?? 101, location: null }))
  request.on('response', (response) => {
    response.on('error', () => undefined) // what comes of a body that nobody reads
    end({ status: response.statusCode ?? 0, location: response.headers.location?.slice(0, 300) ?? null })
  })
  request.end()
  return promise
}

function pathOf(path: string): string {
  const asked = path.split('#')[0] ?? ''
  return encodeURI(decodePercent(asked.startsWith('/') ? asked : `/${asked}`))
}

/** What is encoded already stays so: `encodeURI` would encode its percent signs. */
function decodePercent(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path // a lone percent sign, to be encoded as itself
  }
}
