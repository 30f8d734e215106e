import { release, hostname, platform } from 'node:os'
import type { EngineFacts } from '../../shared/docker/snapshot.ts'
import type { Address } from './address.ts'

/**
 * Where an engine is, seen from this machine: what is published there can be tried, and its disk looked at, only from near.
 *
 * - `here`   on this machine
 * - `boxed`  in a virtual machine of this one that publishes its ports here (Docker Desktop)
 * - `there`  on a machine that is reached by this address, without a tunnel
 * - `apart`  anywhere else: `why`
 */
export type Nearness =
  | { readonly at: 'here' }
  | { readonly at: 'boxed' }
  | { readonly at: 'there'; readonly host: string }
  | { readonly at: 'apart'; readonly why: string }

export interface Machine {
  readonly name: string
  readonly kernel: string
  readonly platform: NodeJS.Platform
}

export function thisMachine(): Machine {
  return { name: hostname(), kernel: release(), platform: platform() }
}

/** A socket may be forwarded from anywhere, so the engine's own word counts: its machine's name and kernel are this one's. */
export function nearnessOf(address: Address, engine: EngineFacts, machine: Machine): Nearness {
  if (address.kind === 'ssh')
    return { at: 'apart', why: 'The engine is reached by ssh, and nothing else there is from here.' }
  const isSame = engine.machine === machine.name && engine.kernel === machine.kernel
  if (isSame && machine.platform === 'linux') return { at: 'here' }
  const isLocal = address.kind === 'socket' || isLoopback(address.host)
  if (!isLocal) return { at: 'there', host: address.host }
  // Its name for itself (docker info, Docker Desktop 4).
  if (engine.system === 'Docker Desktop' && engine.machine === 'docker-desktop') return { at: 'boxed' }
  return { at: 'apart', why: 'The engine is on another machine, or in a virtual one.' }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
