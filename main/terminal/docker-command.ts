import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { refuse } from '../../shared/refusal.ts'
import { type Standing, standingOf } from '../../shared/targets/standing.ts'
import { changeSettings, readSettings } from '../desk/settings.ts'
import type { SweepService } from '../sweeps/sweep-service.ts'
import type { Face } from './face.ts'
import { table } from './text.ts'

export interface EndpointsOptions {
  readonly protect?: string
  readonly unprotect?: string
  readonly allowChanges?: string
  readonly readOnly?: string
}

const ways: readonly (readonly [scheme: string, words: string])[] = [
  ['unix:', 'socket'],
  ['npipe:', 'pipe'],
  ['tcp:', 'TCP, not encrypted'],
  ['https:', 'TLS'],
  ['ssh:', 'ssh'],
]

/** `muster docker endpoints` */
export async function endpointsCommand({ services, say, remark }: Face, options: EndpointsOptions): Promise<void> {
  const { sweeps, dataFolder } = services
  const changes = changesOf(options)
  for (const { named, change } of changes) {
    const endpoint = await engineNamed(sweeps, named)
    const { engines } = await readSettings(dataFolder)
    const standing = { ...standingOf(engines, endpoint), ...change }
    await changeSettings(dataFolder, { engines: { ...engines, [endpoint.host]: standing } })
    remark(`${endpoint.name}: ${treated(standing)}.`)
  }
  const { endpoints, problems } = await sweeps.endpoints('live')
  const { engines } = await readSettings(dataFolder)
  for (const problem of problems) remark(problem)
  if (endpoints.length === 0) {
    remark('No Docker engine was found. Start one, or set DOCKER_HOST or a docker context.')
  }
  say(
    { endpoints: endpoints.map((endpoint) => ({ ...endpoint, ...standingOf(engines, endpoint) })), problems },
    table([
      ['', 'ENGINE', 'ID', 'ADDRESS', 'HOW', 'TREATED AS'],
      ...endpoints.map((endpoint) => [
        endpoint.current ? '*' : '',
        endpoint.name,
        endpoint.id,
        endpoint.host,
        wayOf(endpoint),
        treated(standingOf(engines, endpoint)),
      ]),
    ]),
  )
}

/** A misspelt name would else be taken for a host, and what was meant would stay unprotected. */
async function engineNamed(sweeps: SweepService, named: string): Promise<DockerEndpoint> {
  const { endpoints } = await sweeps.endpoints('live')
  const isKnown = endpoints.some(({ id, name, host }) => id === named || name === named || host === named)
  if (isKnown || named.includes('://')) return sweeps.findEndpoint('live', named)
  const ids = endpoints.map(({ id }) => id)
  throw refuse('not-found', {
    tried: `Find the Docker engine '${named}'`,
    happened: 'This machine knows of no such engine.',
    next: `Name one of these: ${ids.length === 0 ? 'none' : ids.join(', ')}; or give its address, such as ssh://host.`,
  })
}

function changesOf({ protect, unprotect, allowChanges, readOnly }: EndpointsOptions) {
  const asked: readonly (readonly [named: string | undefined, change: Partial<Standing>])[] = [
    [protect, { protection: 'protected' }],
    [unprotect, { protection: 'open' }],
    [allowChanges, { changes: 'allowed' }],
    [readOnly, { changes: 'read-only' }],
  ]
  const twice = (a: string | undefined, b: string | undefined) => a !== undefined && a === b
  if (twice(protect, unprotect) || twice(allowChanges, readOnly)) {
    throw refuse('bad-input', {
      tried: 'Say how an engine is treated',
      happened: 'One and the same engine is to be both.',
      next: 'Say one of the two.',
    })
  }
  return asked.flatMap(([named, change]) => (named === undefined ? [] : [{ named, change }]))
}

function wayOf({ host }: DockerEndpoint): string {
  return ways.find(([scheme]) => host.startsWith(scheme))?.[1] ?? ''
}

function treated({ protection, changes }: Standing): string {
  return `${protection === 'protected' ? 'PROTECTED' : 'open'}, ${changes === 'allowed' ? 'changes allowed' : 'read-only'}`
}
