import { isIPv6 } from 'node:net'
import { refuse, type RefusalError } from '../../shared/refusal.ts'
import { type Access, type Address, noAccess, type SshPlace } from './address.ts'

const forms = 'unix:///path, npipe:////./pipe/name, tcp://host:port, https://host:port or ssh://user@host'

/**
 * Reads a host as the docker command line takes it (docker/cli, opts/hosts.go): bare `host:port` is tcp, tcp without a
 * port is 2375. Returns it written in full and without a password; refuses what is none.
 */
export function parseDockerHost(given: string): string {
  const text = given.trim()
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (text === '' || text.length > 450 || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) throw notAHost(given)
  if (scheme === 'unix') {
    const path = text.slice('unix://'.length)
    if (!path.startsWith('/')) throw notAHost(given)
    return `unix://${path}`
  }
  if (scheme === 'npipe') {
    const path = text.slice('npipe://'.length).replaceAll('\\', '/')
    if (!path.startsWith('//')) throw notAHost(given)
    return `npipe://${path}`
  }
  if (scheme === undefined && text.includes('://')) throw notAHost(given)
  if (scheme === 'ssh') return sshHost(text, given)
  return networkHost(scheme ?? 'tcp', scheme === undefined ? `tcp://${text}` : text, given)
}

const networkSchemes: Readonly<Record<string, string>> = { tcp: 'tcp', http: 'tcp', https: 'https' }

function networkHost(scheme: string, text: string, given: string): string {
  const as = networkSchemes[scheme]
  if (as === undefined) throw notAHost(given)
  // Read as http, whose rules for host and port the URL parser knows; tcp is an unknown scheme to it.
  const url = URL.parse(text.replace(/^[a-z]+:/i, 'http:'))
  if (url === null || url.hostname === '' || url.search !== '' || url.hash !== '') throw notAHost(given)
  if (url.pathname !== '/') throw notAHost(given)
  // The URL parser drops 80, the port that http has without one.
  const port = url.port !== '' ? url.port : /:80\/?$/.test(text) ? '80' : as === 'https' ? '2376' : '2375'
  return `${as}://${url.hostname}:${port}`
}

/**
 * As docker/cli reads it (cli/connhelper/ssh, 29): `[user[:password]@]host[:port][/path]`. The host is the user's own
 * name for it, so its letters stay as they are. What the remote shell could take for more than a word is refused.
 */
const sshForm =
  /^ssh:\/\/(?:([^\s/@:]+)(?::[^\s/@]*)?@)?(\[[0-9a-f:.]+(?:%[\w.]+)?\]|[^\s/@:[\]]+)(?::(\d{1,5}))?(\/.*)?$/i
const sshWord = /^[\p{L}\p{N}_.+][\p{L}\p{N}_.+-]*$/u
const sshPath = /^\/[\w.@+~/-]+$/

function sshHost(text: string, given: string): string {
  const place = sshPlaceOf(text)
  if (place === null) throw notAHost(given)
  const { user, host, port, path } = place
  const name = host.includes(':') ? `[${host}]` : host
  return `ssh://${user === null ? '' : `${user}@`}${name}${port === null ? '' : `:${port}`}${path ?? ''}`
}

function sshPlaceOf(text: string): SshPlace | null {
  const parts = sshForm.exec(text)
  if (parts === null) return null
  const [, user = null, name = '', port, path = '/'] = parts
  const isIp = name.startsWith('[')
  const host = isIp ? name.slice(1, -1) : name
  const isGood =
    (user === null || sshWord.test(user)) &&
    (isIp || sshWord.test(host)) &&
    (port === undefined || (Number(port) > 0 && Number(port) < 65_536)) &&
    (/^\/+$/.test(path) || sshPath.test(path))
  if (!isGood) return null
  return { user, host, port: port === undefined ? null : Number(port), path: /^\/+$/.test(path) ? null : path }
}

/** Where to connect, and with what. Refuses what is no host. */
export function addressOf(host: string, access: Access = noAccess): Address {
  const full = parseDockerHost(host)
  if (full.startsWith('unix://')) return { kind: 'socket', path: full.slice('unix://'.length) }
  if (full.startsWith('npipe://')) return { kind: 'socket', path: full.slice('npipe://'.length) }
  if (full.startsWith('ssh://')) {
    const place = sshPlaceOf(full)
    if (place === null) throw notAHost(host)
    return { kind: 'ssh', place, environment: access.environment }
  }
  const isTls = full.startsWith('https://')
  const url = new URL(full.replace(/^(?:tcp|https):/, 'http:'))
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const at = { host: isIPv6(hostname) ? hostname : url.hostname, port: Number(url.port === '' ? '80' : url.port) }
  return isTls ? { kind: 'tls', ...at, files: access.tls } : { kind: 'tcp', ...at }
}

function notAHost(given: string): RefusalError {
  return refuse('bad-input', {
    tried: 'Read the address of a Docker engine',
    happened: `'${withoutPassword(given)}' is not one.`,
    next: `Give ${forms}.`,
  })
}

function withoutPassword(given: string): string {
  return given
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/:[^:@/]*@/, ':…@')
    .slice(0, 200)
}
