import { execFileSync } from 'node:child_process'
import { networkInterfaces } from 'node:os'

/**
 * For a process started by `unshare --net`: brings its loopback up, and gives the options for a dockerd with a bridge and
 * docker-proxy in that network. Refuses to work where it is not alone, as published ports would be seen by others.
 */
export function ownNetwork(): string[] {
  const others = Object.keys(networkInterfaces()).filter((name) => name !== 'lo')
  if (others.length > 0) throw new Error('This is not a network of its own. Start it by: unshare --net')
  execFileSync('busybox', ['ip', 'link', 'set', 'lo', 'up'])
  return ['--bridge=', '--bip=172.31.77.1/24', '--userland-proxy=true']
}
