import { isIP } from 'node:net'
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import type { Certificate } from '../../shared/docker/snapshot.ts'
import { plain } from '../../shared/findings/words.ts'
import { begun, type Door, type KnockLimits, knockLimits, refusalOf, type Tried } from './knock.ts'

/** What came of a handshake. `certificate` is null where the other side showed none, or speaks no TLS. */
export interface Handshake {
  /** 'closed' may as well be a server that speaks no TLS: knock to tell. */
  readonly answer: Tried
  readonly certificate: Certificate | null
}

/** A handshake over the network, and a server that is busy with others. */
const handshakeMs = 2_000

/**
 * Makes a TLS handshake, asking for `host` by SNI where one is given, reads the certificate, whoever signed it, and closes.
 * Sends nothing beyond the handshake. Never rejects; ends within its limits, and at once ('silent') when aborted, or where there
 * can be no such door.
 */
export function shakeHands(
  door: Door,
  host: string | null,
  signal: AbortSignal,
  limits: KnockLimits = knockLimits,
): Promise<Handshake> {
  const { promise, resolve } = Promise.withResolvers<Handshake>()
  // Old servers are looked at too: only what they show is read, and nothing is told to them.
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const asked = host === null ? {} : { servername: host }
  const socket = signal.aborted ? null : begun(() => connect({ ...door, ...old, ...asked, rejectUnauthorized: false }))
  if (socket === null) return Promise.resolve({ answer: 'silent', certificate: null })
  let isOpen = false
  const end = (answer: Tried) => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    const certificate = isOpen ? certificateOf(socket, host) : null
    socket.destroy()
    resolve({ answer, certificate })
  }
  const onAbort = () => end('silent')
  let timer = setTimeout(() => end('silent'), limits.connectMs)
  socket.on('connect', () => {
    isOpen = true
    clearTimeout(timer)
    timer = setTimeout(() => end('answers'), handshakeMs)
  })
  socket.on('secureConnect', () => end('answers'))
  socket.on('close', () => end(isOpen ? 'closed' : 'silent'))
  socket.on('error', (error: NodeJS.ErrnoException) => end(afterError(error, isOpen)))
  signal.addEventListener('abort', onAbort, { once: true })
  return promise
}

/** An error of TLS itself means that somebody spoke. */
function afterError(error: NodeJS.ErrnoException, isOpen: boolean): Tried {
  if (!isOpen) return refusalOf(error)
  const spoke = /^(?:ERR_SSL|ERR_TLS|EPROTO)/.test(error.code ?? '')
  return spoke ? 'answers' : 'closed'
}

function certificateOf(socket: TLSSocket, host: string | null): Certificate | null {
  const shown: PeerCertificate | null = socket.getPeerCertificate()
  // Node gives null once the socket is gone, and an object without anything where nothing was shown.
  if (shown === null) return null
  const [from, to] = [Date.parse(shown.valid_from), Date.parse(shown.valid_to)]
  if (Number.isNaN(from) || Number.isNaN(to)) return null
  return {
    host,
    covers: host === null ? null : checkServerIdentity(host, shown) === undefined,
    subject: nameOf(shown.subject),
    issuer: nameOf(shown.issuer),
    names: namesOf(shown),
    validFrom: new Date(from).toISOString(),
    validTo: new Date(to).toISOString(),
    fingerprint: plain(shown.fingerprint256 ?? '', 100),
  }
}

function nameOf(of: PeerCertificate['subject'] | undefined): string {
  const name: unknown = of?.CN ?? of?.O ?? ''
  return plain(Array.isArray(name) ? name.join(', ') : String(name), 200)
}

/** 'DNS:a.example, IP Address:10.0.0.1' */
function namesOf({ subjectaltname }: PeerCertificate): string[] {
  return (subjectaltname ?? '')
    .slice(0, 20_000)
    .split(', ')
    .map((name) => plain(name.replace(/^(?:DNS|IP Address):/, ''), 253))
    .filter((name) => name !== '' && (name.includes('.') || isIP(name) !== 0 || /^[\w*-]+$/.test(name)))
    .slice(0, 100)
}
