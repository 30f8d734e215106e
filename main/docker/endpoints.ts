import { stat } from 'node:fs/promises'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { configFolder, isApiVersion, isTlsUnverified } from './access.ts'
import { readContexts, unverified } from './contexts.ts'
import { parseDockerHost } from './host-address.ts'

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly platform: NodeJS.Platform
  /** Sockets to look for; the standard ones of the platform where not given. */
  readonly sockets?: readonly StandardSocket[]
}

interface StandardSocket {
  readonly source: 'default-socket' | 'podman-socket'
  readonly host: string
}

type Found = Omit<DockerEndpoint, 'current'>

/**
 * The engines that this machine knows of: DOCKER_HOST, the contexts of the docker command line, the standard sockets of
 * Docker and Podman that exist. The one that `docker` would use now comes first. Never throws: a file that cannot be
 * read, or an address that is none, is told in `problems`.
 */
export async function discoverEndpoints(
  around: Surroundings,
): Promise<{ endpoints: DockerEndpoint[]; problems: string[] }> {
  const problems: string[] = []
  const fromEnv = endpointOfEnv(around.env, problems)
  const contexts = await readContexts(configFolder(around), problems)
  const sockets = await presentSockets(around.sockets ?? standardSockets(around), problems)
  const used = fromEnv?.id ?? usedContext(around.env['DOCKER_CONTEXT'], contexts, problems) ?? sockets[0]?.id
  problems.push(...pinProblems(around.env))
  const known = [...(fromEnv === null ? [] : [fromEnv]), ...contexts.endpoints, ...sockets]
  const current = known.filter(({ id }) => id === used)
  const rest = known.filter(({ id }) => id !== used)
  return {
    endpoints: withoutRepeats([...current, ...rest]).map((one) => ({ ...one, current: one.id === used })),
    problems,
  }
}

/** The engine at a host that a person typed. Refuses what is no host. */
export function parseHost(given: string): DockerEndpoint {
  const host = parseDockerHost(given)
  return { id: `given:${host}`, mode: 'live', source: 'given', name: host, host, current: false }
}

function endpointOfEnv(env: Surroundings['env'], problems: string[]): Found | null {
  const given = env['DOCKER_HOST']
  if (given === undefined || given === '') return null
  try {
    const parsed = parseDockerHost(given)
    const wantsTls = (env['DOCKER_TLS_VERIFY'] ?? '') !== '' || (env['DOCKER_TLS'] ?? '') !== ''
    const host = wantsTls ? parsed.replace(/^tcp:/, 'https:') : parsed
    if (isTlsUnverified(env) && host.startsWith('https:')) problems.push(unverified('DOCKER_HOST', 'DOCKER_TLS alone'))
    return { id: 'DOCKER_HOST', mode: 'live', source: 'DOCKER_HOST', name: host, host }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    problems.push(`DOCKER_HOST: ${error.refusal.happened} ${error.refusal.next}`)
    return null
  }
}

function pinProblems(env: Surroundings['env']): string[] {
  const pinned = env['DOCKER_API_VERSION'] ?? ''
  if (pinned === '' || isApiVersion(pinned)) return []
  return [`DOCKER_API_VERSION is no version such as 1.43, so Muster lets each engine speak its own.`]
}

/**
 * docker/cli, cli/command/cli.go, `resolveContextName` (20.10 to 28): DOCKER_HOST goes before DOCKER_CONTEXT, which goes
 * before the configuration file; the context 'default' is the default socket.
 */
function usedContext(
  named: string | undefined,
  contexts: { current: string | null; endpoints: readonly Found[] },
  problems: string[],
): string | null {
  const name = named !== undefined && named !== '' ? named : contexts.current
  if (name === null || name === 'default') return null
  const id = `context:${name}`
  if (contexts.endpoints.some((one) => one.id === id)) return id
  problems.push(`The docker context '${name}' is chosen, but it does not exist. Type \`docker context ls\`.`)
  return null
}

/** Where Docker Engine, Docker Desktop and Podman listen when nothing else is said. */
function standardSockets({ env, home, platform }: Surroundings): StandardSocket[] {
  if (platform === 'win32') {
    return [
      { source: 'default-socket', host: 'npipe:////./pipe/docker_engine' },
      { source: 'podman-socket', host: 'npipe:////./pipe/podman-machine-default' },
    ]
  }
  const runtime = env['XDG_RUNTIME_DIR']
  return [
    { source: 'default-socket', host: 'unix:///var/run/docker.sock' },
    { source: 'default-socket', host: `unix://${home}/.docker/run/docker.sock` },
    ...(runtime === undefined || runtime === ''
      ? []
      : ([{ source: 'podman-socket', host: `unix://${runtime}/podman/podman.sock` }] as const)),
    { source: 'podman-socket', host: 'unix:///run/podman/podman.sock' },
  ]
}

async function presentSockets(sockets: readonly StandardSocket[], problems: string[]): Promise<Found[]> {
  const looked = await Promise.all(
    sockets.map(async ({ source, host }) => {
      const path = host.replace(/^(?:unix|npipe):\/\//, '')
      const there = await isThere(path, problems)
      return there ? [{ id: `${source}:${path}`, mode: 'live' as const, source, name: path, host }] : []
    }),
  )
  return looked.flat()
}

async function isThere(path: string, problems: string[]): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    // A user may lack the right to look into /run/podman; a pipe that is busy is there.
    if (code === 'EBUSY') return true
    problems.push(`${path}: could not look whether it exists (${code}).`)
    return false
  }
}

/** One engine under several names is listed once, under the first. */
function withoutRepeats(known: readonly Found[]): Found[] {
  const seen = new Set<string>()
  return known.filter(({ host }) => {
    const isNew = !seen.has(host)
    seen.add(host)
    return isNew
  })
}
