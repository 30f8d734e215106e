import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { Access, TlsFiles } from './address.ts'
import { readSkipsVerify } from './contexts.ts'

export interface AccessSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * What it takes to get in to an endpoint of this machine's, as the docker command line would have it: a context's own
 * keys, else those of DOCKER_CERT_PATH, else those of the configuration folder. Reads no key.
 */
export async function accessTo(
  endpoint: Pick<DockerEndpoint, 'id' | 'source' | 'host'>,
  around: AccessSurroundings,
): Promise<Access> {
  const pinned = around.env['DOCKER_API_VERSION'] ?? ''
  return {
    tls: endpoint.host.startsWith('https://') ? await tlsFilesOf(endpoint, around) : null,
    environment: endpoint.host.startsWith('ssh://') ? sshEnvironment(around.env) : {},
    apiVersion: isApiVersion(pinned) ? pinned : null,
  }
}

/** Whether DOCKER_API_VERSION can be one. docker/cli takes it as it stands; an engine refuses what is none. */
export function isApiVersion(pinned: string): boolean {
  return /^\d{1,2}\.\d{1,3}$/.test(pinned)
}

/** Where docker keeps its configuration: DOCKER_CONFIG, else ~/.docker. */
export function configFolder({ env, home }: AccessSurroundings): string {
  const given = env['DOCKER_CONFIG'] ?? ''
  return given !== '' ? given : join(home, '.docker')
}

/** docker/cli, cli/context/store: a context's folders are named by the sha256 of its name. */
function contextFolder(config: string, kind: 'meta' | 'tls', name: string): string {
  return join(config, 'contexts', kind, createHash('sha256').update(name).digest('hex'))
}

/** docker/cli, cli/flags/options.go: DOCKER_TLS_VERIFY turns TLS on and verifies, DOCKER_TLS alone does not verify. */
async function tlsFilesOf(
  { id, source }: Pick<DockerEndpoint, 'id' | 'source'>,
  around: AccessSurroundings,
): Promise<TlsFiles> {
  const config = configFolder(around)
  if (source === 'context') {
    const name = id.slice('context:'.length)
    const skips = await readSkipsVerify(contextFolder(config, 'meta', name))
    return { folder: join(contextFolder(config, 'tls', name), 'docker'), verifies: !skips }
  }
  const given = around.env['DOCKER_CERT_PATH'] ?? ''
  const folder = given !== '' ? given : config
  return { folder, verifies: source !== 'DOCKER_HOST' || !isTlsUnverified(around.env) }
}

/** Whether the environment wants TLS with whoever answers. */
export function isTlsUnverified(env: AccessSurroundings['env']): boolean {
  return (env['DOCKER_TLS'] ?? '') !== '' && (env['DOCKER_TLS_VERIFY'] ?? '') === ''
}

/** All of the user's own, as ssh and what it starts may need any of it; but nobody is asked for a password. */
function sshEnvironment(env: AccessSurroundings['env']): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(given), SSH_ASKPASS_REQUIRE: 'never' }
}
