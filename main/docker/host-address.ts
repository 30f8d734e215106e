import { isIPv6 } from 'node:net'
import { refuse, type RefusalError } from '../../shared/refusal.ts'
import type { Address } from './engine-client.ts'

const forms = 'unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://user@host'

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
  return networkHost(scheme ?? 'tcp', scheme === undefined ? `tcp://${text}` : text, given)
}

const networkSchemes: Readonly<Record<string, string>> = { tcp: 'tcp', http: 'tcp', https: 'https', ssh: 'ssh' }

function networkHost(scheme: string, text: string, given: string): string {
  const as = networkSchemes[scheme]
  if (as === undefined) throw notAHost(given)
  // Read as http, whose rules for host and port the URL parser knows; tcp and ssh are unknown schemes to it.
  const url = URL.parse(text.replace(/^[a-z]+:/i, 'http:'))
  if (url === null || url.hostname === '' || url.search !== '' || url.hash !== '') throw notAHost(given)
  if (as === 'ssh') return `ssh://${url.username === '' ? '' : `${url.username}@`}${url.host}`
  if (url.pathname !== '/') throw notAHost(given)
  // The URL parser drops 80, the port that http has without one.
  const port = url.port !== '' ? url.port : /:80\/?$/.test(text) ? '80' : as === 'https' ? '2376' : '2375'
  return `${as}://${url.hostname}:${port}`
}

/**
 * Where to connect. Refuses, as unsupported, the endpoints that this version does not reach: TLS and ssh.
 */
export function addressOf(host: string): Address {
  const full = parseDockerHost(host)
  if (full.startsWith('unix://')) return { kind: 'socket', path: full.slice('unix://'.length) }
  if (full.startsWith('npipe://')) return { kind: 'socket', path: full.slice('npipe://'.length) }
  if (full.startsWith('ssh://')) {
    throw refuse('unsupported', {
      tried: `Reach the Docker engine at ${full}`,
      happened: 'This version of Muster does not reach engines over ssh.',
      next: `Forward its socket: type \`ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ${sshTarget(full)}\`, then sweep unix:///tmp/docker.sock.`,
    })
  }
  if (full.startsWith('https://')) {
    throw refuse('unsupported', {
      tried: `Reach the Docker engine at ${full}`,
      happened: 'This version of Muster does not reach engines over TLS.',
      next: 'Run Muster on that host, or forward its socket by ssh and sweep the forwarded socket.',
    })
  }
  const url = new URL(full.replace(/^tcp:/, 'http:'))
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    kind: 'tcp',
    host: isIPv6(hostname) ? hostname : url.hostname,
    port: Number(url.port === '' ? '80' : url.port),
  }
}

/** As ssh takes it on its command line: a port is an option there. */
function sshTarget(full: string): string {
  const [, target = '', port] = /^ssh:\/\/(.*?)(?::(\d+))?$/.exec(full) ?? []
  return port === undefined ? target : `-p ${port} ${target}`
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
