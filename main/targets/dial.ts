import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Endpoint } from '../../shared/targets/address.ts'
import { connectionWords } from './connection-words.ts'

/** What came of a few bytes of talk with a server. */
export interface Talk {
  /** What went wrong, as a sentence; null where the connection stood. */
  readonly failed: string | null
  /** Whether a connection stood at all: what failed came after it. */
  readonly connected: boolean
  /** What the server said, at most `capBytes`. */
  readonly heard: Buffer
  readonly certificate: Certificate | null
}

/** What a handshake showed. `trouble`: why this machine would not trust it, as a sentence; null where it does. */
export interface Certificate {
  readonly protocol: string
  readonly validTo: string
  readonly trouble: string | null
}

export interface DialOptions {
  readonly deadlineMs: number
  /** Sent as soon as the connection stands; null sends nothing. */
  readonly say?: Buffer | null
  /** Whether what was heard so far is enough; left out: the connection itself is. */
  readonly isEnough?: (heard: Buffer) => boolean
}

const capBytes = 8_192

/**
 * Opens a connection, says a few bytes, hears a few and closes. Ends within the deadline. A certificate that this machine
 * does not trust is told and does not end it, as nothing secret is ever sent.
 */
export function dial(endpoint: Endpoint, { deadlineMs, say = null, isEnough }: DialOptions): Promise<Talk> {
  const { promise, resolve } = Promise.withResolvers<Talk>()
  const heard: Buffer[] = []
  let size = 0
  let connected = false
  let certificate: Certificate | null = null
  const { socket, secure } = openSocket(endpoint)
  const end = (failed: string | null) => {
    clearTimeout(deadline)
    socket.destroy()
    resolve({ failed, connected, heard: Buffer.concat(heard), certificate })
  }
  const deadline = setTimeout(
    () =>
      end(
        connected
          ? `It took the connection, and then said nothing within ${deadlineMs / 1000} s.`
          : `Nothing answered within ${deadlineMs / 1000} s.`,
      ),
    deadlineMs,
  )
  socket.on('error', (error) => end(connectionWords(error)))
  socket.on('close', () => end('It closed the connection before it said what was expected.'))
  socket.on('data', (piece: Buffer) => {
    heard.push(piece)
    size += piece.length
    if (isEnough?.(Buffer.concat(heard)) === true) end(null)
    else if (size > capBytes) end('It says more than this protocol begins with.')
  })
  socket.on(secure === null ? 'connect' : 'secureConnect', () => {
    connected = true
    if (secure !== null) certificate = certificateOf(secure)
    if (say !== null) socket.write(say)
    if (isEnough === undefined) end(null)
  })
  return promise
}

function openSocket({ host, port, tls }: Endpoint): { socket: Socket; secure: TLSSocket | null } {
  if (!tls) return { socket: connectPlain({ host, port }), secure: null }
  const secure = connectTls({
    host,
    port,
    // Not to be trusted, to be looked at: what is wrong with it is told, and nothing secret is sent.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  })
  return { socket: secure, secure }
}

function certificateOf(secure: TLSSocket): Certificate {
  const { valid_to: validTo } = secure.getPeerCertificate()
  const error: unknown = secure.authorizationError
  const code = typeof error === 'string' ? error : error instanceof Error && 'code' in error ? String(error.code) : null
  return {
    protocol: secure.getProtocol() ?? 'TLS',
    validTo,
    trouble: secure.authorized ? null : connectionWords(Object.assign(new Error(String(error)), { code })),
  }
}
