import type { SshPlace } from './address.ts'

/**
 * What ssh is started with: as docker/cli does it (cli/connhelper, 29), and so that nobody is ever asked for anything. The
 * user's own configuration gives the rest: names, keys, jump hosts, agent. `options` stand first, as ssh holds to the first
 * word on each.
 */
export function sshArguments(place: SshPlace, options: readonly string[] = []): string[] {
  const { path } = place
  return [
    ...sshTo(place, options),
    'docker',
    ...(path === null ? [] : [`--host=unix://${path}`]),
    ...['system', 'dial-stdio'],
  ]
}

/** As far as the host; what is to be run there follows. */
export function sshTo({ user, host, port }: SshPlace, options: readonly string[] = []): string[] {
  return [
    ...options,
    ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-T'],
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    ...['--', host],
  ]
}
