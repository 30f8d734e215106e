import type { Target } from '../packs/place-shape.ts'
import { placeholders } from '../packs/placeholders.ts'
import { typedSecrets } from '../redaction/typed.ts'
import type { TargetBinding } from './binding.ts'

export type TargetKind = Target['kind']

/** Where a target listens, read from its address. `path` holds query and fragment too; '' where the address has none. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly path: string
}

/** Why an address leads nowhere yet, as a sentence. */
export interface NoEndpoint {
  readonly why: string
}

/** Ports by which the servers of each kind are known; null: the address must name one. */
const ports: Readonly<Record<TargetKind, number | null>> = {
  docker: 2375,
  kubernetes: 443,
  http: 80,
  tls: 443,
  postgres: 5432,
  redis: 6379,
  nats: 4222,
  mongodb: 27017,
  elasticsearch: 9200,
  prometheus: 9090,
  grafana: 3000,
  temporal: 7233,
  vault: 8200,
  cloudflare: 443,
  github: 443,
}

const schemesWithTls = new Set(['https', 'rediss', 'tls', 'grpcs', 'wss', 'mongodb+srv'])
const defaults: Partial<Record<TargetKind, string>> = {
  github: 'https://api.github.com',
  cloudflare: 'https://api.cloudflare.com',
}

/** The address in force: the bound one, else the pack's, else the one that the kind has everywhere. */
export function addressOf(target: Target, binding: TargetBinding | null): string | null {
  return binding?.address ?? target.address ?? defaults[target.kind] ?? null
}

/**
 * Reads an address as runbooks write it: 'https://shop.example/health', 'db.example:5432', 'redis://cache', '[::1]:6379'.
 * A pack's own `localhost`, however it is written, is the place's and never this machine: it leads nowhere until somebody
 * binds an address.
 */
export function endpointOf(target: Target, binding: TargetBinding | null): Endpoint | NoEndpoint {
  const address = addressOf(target, binding)
  if (address === null) return { why: 'Neither the pack nor a binding says where it is.' }
  const [open] = placeholders(address)
  if (open !== undefined) return { why: `The address ${address} still holds the open value ${open}.` }
  const read = readAddress(address, target.kind)
  if (read === null) return { why: `'${address}' is not an address such as host:port or https://host/path.` }
  const isOwn = binding?.address !== undefined
  if (!isOwn && isLoopback(read.host)) {
    return {
      why:
        target.place === undefined
          ? `${read.host} in the pack is no address of its own, and a pack cannot mean this machine.`
          : `${read.host} in the pack is the place's own, not this machine.`,
    }
  }
  return read
}

/** Whether an address carries a password, a token or another secret: such a one must not be kept. */
export function holdsSecret(address: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:[^/?#@]+@/i.test(address) ||
    /[?&](password|token|secret|key)=[^&]/i.test(address) ||
    typedSecrets(address).length > 0
  )
}

function readAddress(address: string, kind: TargetKind): Endpoint | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase() ?? null
  // Read as http, whose rules for host and port the parser knows; others are unknown schemes to it.
  const rest = scheme === null ? address : address.slice(address.indexOf('://') + 3)
  const parts = /^(?:[^/?#@]*@)?(\[[0-9a-f:.%]+\]|[^/?#:@\s]+)(?::(\d{1,5}))?([/?#].*)?$/i.exec(rest)
  if (parts === null) return null
  const [, host = '', port, path = ''] = parts
  const tls = scheme === null ? ports[kind] === 443 : schemesWithTls.has(scheme)
  const known = scheme === 'https' ? 443 : scheme === 'http' ? 80 : ports[kind]
  const number = port === undefined ? known : Number(port)
  if (number === null || number < 1 || number > 65_535) return null
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: number, tls, path }
}

/** Whether a host is the machine that asks, in any form that a resolver takes: 'localhost.', '0x7f.1', '::ffff:127.0.0.1'. */
function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name === 'localhost' || name.endsWith('.localhost') || name.startsWith('localhost.')) return true
  if (name.includes(':')) return isLoopback6(name.replace(/%.*$/, ''))
  return /^[\d.]+$|^0x[\da-fx.]*$/.test(name) && isLoopback4(name)
}

/** Also the address that means all of the machine's own, and every odd form of a number, which no runbook writes. */
function isLoopback4(address: string): boolean {
  const quad = /^(\d|[1-9]\d{1,2})(?:\.(?:\d|[1-9]\d{1,2})){3}$/.exec(address)
  return quad === null || quad[1] === '127' || quad[1] === '0'
}

function isLoopback6(address: string): boolean {
  const [first = '1', ...more] = address.split(':').filter((group) => !/^0*$/.test(group) && group !== 'ffff')
  return more.length <= 1 && (first.includes('.') ? isLoopback4(first) : /^0*1$|^7f[\da-f]{2}$/.test(first))
}
