import { BlockList, isIP, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isPort } from '../../shared/docker/container-answer.ts'
import type { ContainerFacts, ContainerSnapshot } from '../../shared/docker/snapshot.ts'
import { kindSigns } from '../../shared/findings/draft.ts'
import type { ListedFacts } from '../../shared/docker/row.ts'
import { begun, type Door } from './knock.ts'
import type { Nearness } from './nearness.ts'

/** One published port, and how it is tried. */
export interface PortToTry {
  readonly container: string
  readonly inside: string
  readonly hostPort: number
  readonly door: Door
  /** The container's own address, where this machine has a way to it. */
  readonly within: Door | null
  /** A handshake is tried, not a bare connection. */
  readonly tls: boolean
  /** Names that are asked for, beside none. */
  readonly hosts: readonly HostName[]
}

export type HostName = ContainerFacts['hosts'][number]

/** More of one container, and more names of one port, are not tried. */
const mostPorts = 50
const mostHosts = 20
/**
 * MySQL counts a connection that does not log in as an error of its host, and shuts that host out after a hundred
 * (https://dev.mysql.com/doc/refman/8.4/en/host-cache.html): such ports are left alone.
 */
const leftAlone: ReadonlySet<number> = new Set([3_306, 33_060])
/** Ports of services that begin with TLS (IANA: https, ldaps, imaps, pop3s, smtps, ftps, amqps, secure-mqtt), and what ends like https. */
const tlsPorts: ReadonlySet<number> = new Set([465, 636, 853, 990, 993, 995, 3_269, 5_671, 6_443, 8_883])
/** Web servers are asked on other ports too: a handshake that they do not want is one line in their log at most. */
const plainWebPorts: ReadonlySet<number> = new Set([80, 81, 8_000, 8_080, 8_081, 8_888])

/** What a container that runs publishes by TCP and what this machine may try, each port of the machine once. */
export function portsToTry(
  { id, image, service, name, state }: ListedFacts,
  facts: ContainerFacts,
  near: Exclude<Nearness, { at: 'apart' }>,
  hosts: readonly HostName[],
): PortToTry[] {
  if (!facts.running || state !== 'running' || facts.paused) return []
  const isWeb = kindSigns({ container: { image, service, name } }).includes('reverse-proxy')
  const found = new Map<string, PortToTry>()
  for (const { inside, hostAddress, hostPort } of facts.published) {
    const [port, protocol = 'tcp'] = inside.split('/')
    const insidePort = Number(port)
    const host = addressTo(hostAddress, near)
    if (!isPort(insidePort) || !isPort(hostPort)) continue
    if (protocol !== 'tcp' || host === null || leftAlone.has(insidePort) || leftAlone.has(hostPort)) continue
    // An engine lists a port once for IPv4 and once for IPv6.
    const key = `${inside} ${hostPort}`
    if (found.has(key) || found.size >= mostPorts) continue
    const tls = [insidePort, hostPort].some(speaksTls) || (isWeb && !plainWebPorts.has(insidePort))
    const own = near.at === 'here' ? facts.networks.find(({ address }) => isPrivate(address))?.address : undefined
    found.set(key, {
      container: id,
      inside,
      hostPort,
      door: { host, port: hostPort },
      within: own === undefined || own === null ? null : { host: own, port: insidePort },
      tls,
      hosts: tls ? hosts.slice(0, mostHosts) : [],
    })
  }
  return [...found.values()]
}

function speaksTls(port: number): boolean {
  return tlsPorts.has(port) || port % 1_000 === 443
}

/** Only what is said to be a container's own, and can be. */
const privateRanges = new BlockList()
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  privateRanges.addSubnet(net, prefix)
}
privateRanges.addSubnet('fc00::', 7, 'ipv6')

function isPrivate(address: string | null): boolean {
  const family = isIP(address ?? '')
  return family !== 0 && privateRanges.check(address ?? '', family === 6 ? 'ipv6' : 'ipv4')
}

function isOfThisMachine(address: string): boolean {
  if (/^127\.[\d.]+$/.test(address) || address === '::1') return true
  return Object.values(begun(networkInterfaces) ?? {}).some(
    (all) => all?.some((one) => one.address === address) === true,
  )
}

/** Null for an address that only the engine's own machine, or another, has. */
function addressTo(published: string, near: Exclude<Nearness, { at: 'apart' }>): string | null {
  const everywhere = published === '' || published === '0.0.0.0' || published === '::'
  if (near.at === 'there') return everywhere || published === near.host ? near.host : null
  if (!everywhere) return isOfThisMachine(published) ? published : null
  return isIPv6(published) ? '::1' : '127.0.0.1'
}

/**
 * Names that a port is asked for: its container's own; and for a proxy, which serves the others, those of all that one
 * engine runs.
 */
export function hostsFor(
  container: Pick<ContainerSnapshot, 'image' | 'service' | 'name'>,
  facts: ContainerFacts,
  all: readonly ContainerFacts[],
): HostName[] {
  const isProxy = kindSigns({ container }).includes('reverse-proxy')
  const from = isProxy ? all.filter(({ running }) => running) : [facts]
  const named = new Map<string, boolean>()
  for (const { hosts } of from) for (const { name, tls } of hosts) named.set(name, tls || named.get(name) === true)
  return [...named].map(([name, tls]) => ({ name, tls }))
}
