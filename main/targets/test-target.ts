import type { Target } from '../../shared/packs/place-shape.ts'
import { type Endpoint, endpointOf, type TargetKind } from '../../shared/targets/address.ts'
import type { TargetBinding } from '../../shared/targets/binding.ts'
import type { TargetTest } from '../../shared/targets/calls.ts'
import { askHttp } from './ask-http.ts'
import { type Certificate, dial, type Talk } from './dial.ts'
import { type KubeSurroundings, kubeServer } from './kube-server.ts'

export interface TestSurroundings {
  readonly kube: KubeSurroundings
  /** Asks a Docker engine for its version, as one sentence; rejects with a refusal. */
  readonly askEngine: (named: string | null) => Promise<string>
  readonly nowMs: () => number
  /** How long each connection may take; 5 s where not given. */
  readonly deadlineMs?: number
}

type Outcome = Omit<TargetTest, 'tookMs'>

/**
 * Looks whether a target answers: connects, says what its protocol begins with where that is harmless, and closes. Sends
 * no credential and changes nothing. Never rejects but for a bug: whatever is wrong with the target is the answer.
 */
export async function testTarget(
  target: Target,
  binding: TargetBinding | null,
  around: TestSurroundings,
): Promise<TargetTest> {
  const startedMs = around.nowMs()
  const outcome = await tested(target, binding, around)
  return { ...outcome, tookMs: Math.max(0, Math.round(around.nowMs() - startedMs)) }
}

async function tested(target: Target, binding: TargetBinding | null, around: TestSurroundings): Promise<Outcome> {
  const route = binding?.route ?? 'direct'
  if (route !== 'direct') return notTested(`It is reached by ${routes[route]}, a way that Muster does not open yet.`)
  if (target.kind === 'docker') {
    // A pack's own address would be a socket of this machine, or start ssh with its user's keys.
    const isNamed = target.address !== undefined || target.place !== undefined
    if (isNamed && binding?.address === undefined)
      return notTested('Nobody has bound it to an engine of this desk yet.')
    return docker(binding?.address ?? null, around)
  }
  const endpoint =
    target.kind === 'kubernetes' ? await kubeEndpoint(target, binding, around) : endpointOf(target, binding)
  if ('why' in endpoint) return notTested(endpoint.why)
  const deadlineMs = around.deadlineMs ?? 5_000
  const untested = untestedOf(target, binding)
  if (isHttp(target.kind)) return http(endpoint, untested, deadlineMs)
  return greet(target.kind, endpoint, { untested, deadlineMs })
}

const routes = {
  ssh: 'an ssh forward',
  'docker-exec': 'a program in the container',
  'pod-exec': 'a program in the pod',
  'port-forward': 'a port forward to the pod',
} as const

function notTested(why: string): Outcome {
  return { outcome: 'not-tested', reached: null, said: [why, 'Nothing was sent.'], untested: [] }
}

function untestedOf(target: Target, binding: TargetBinding | null): string[] {
  const has = binding?.credential !== undefined || target.credential !== undefined
  return [has ? 'Whether its credential opens it: none was sent.' : 'Whether it lets you in: no credential was sent.']
}

async function docker(named: string | null, { askEngine }: TestSurroundings): Promise<Outcome> {
  const said = await askEngine(named)
  return { outcome: 'good', reached: named, said: [said], untested: ['Whether it may be changed: it was only asked.'] }
}

/** What a binding or a pack calls the cluster may be a context of kubectl, or an address. */
async function kubeEndpoint(target: Target, binding: TargetBinding | null, { kube }: TestSurroundings) {
  const named = binding?.address ?? null
  if (named?.includes('://') === true || /^[^\s/:]+:\d+$/.test(named ?? '')) return endpointOf(target, binding)
  const found = await kubeServer(named, kube)
  if ('why' in found) return found
  return endpointOf(target, { ...(binding ?? { route: 'direct' }), address: found.server })
}

function isHttp(kind: TargetKind): boolean {
  return ['http', 'grafana', 'prometheus', 'elasticsearch', 'vault', 'cloudflare', 'github'].includes(kind)
}

async function http(endpoint: Endpoint, untested: string[], deadlineMs: number): Promise<Outcome> {
  const reached = nameOf(endpoint)
  const asked = `GET ${endpoint.path === '' ? '/' : endpoint.path}`
  const answer = await askHttp(endpoint, deadlineMs)
  if ('failed' in answer) return { outcome: 'bad', reached, said: [`${asked}: ${answer.failed}`], untested: [] }
  const { status, location } = answer
  return {
    outcome: status >= 500 ? 'bad' : 'good',
    reached,
    said: [`${asked} answered ${status}${statusWords(status)}`, ...redirectWords(location)],
    untested: [...untested, 'Whether what it says is right: the answer itself was not read.'],
  }
}

function statusWords(status: number): string {
  if (status === 401 || status === 403) return ': it is there and wants to know who asks.'
  if (status === 404) return ': a server is there, but nothing at this path.'
  if (status >= 500) return ': it is there and not well.'
  return '.'
}

function redirectWords(location: string | null): string[] {
  return location === null ? [] : [`It points to ${location}; Muster did not follow.`]
}

interface Greeting {
  readonly say: Buffer | null
  readonly isEnough: (heard: Buffer) => boolean
  /** What the server's first words mean, as a sentence; null where they are not those of this protocol. */
  readonly read: (heard: string) => string | null
}

const hasLine = (heard: Buffer) => heard.includes('\n')

/** First words that change nothing and need no login. */
const greetings: Partial<Record<TargetKind, Greeting>> = {
  // https://redis.io/docs/latest/develop/reference/protocol-spec/#inline-commands
  redis: { say: Buffer.from('PING\r\n'), isEnough: hasLine, read: readRedis },
  // https://docs.nats.io/reference/reference-protocols/nats-protocol: the server speaks first.
  nats: { say: null, isEnough: hasLine, read: readNats },
  // SSLRequest, https://www.postgresql.org/docs/current/protocol-message-formats.html: one byte comes back.
  postgres: {
    say: Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]),
    isEnough: (heard) => heard.length > 0,
    read: readPostgres,
  },
}

async function greet(
  kind: TargetKind,
  endpoint: Endpoint,
  { untested, deadlineMs }: { untested: string[]; deadlineMs: number },
): Promise<Outcome> {
  const reached = nameOf(endpoint)
  const greeting = greetings[kind]
  // A server of PostgreSQL speaks TLS after its own first words, not before them.
  const at = kind === 'postgres' ? { ...endpoint, tls: false } : endpoint
  const talk = await dial(at, { deadlineMs, ...greeting })
  const seen = [
    ...(talk.connected ? ['It takes connections.'] : []),
    ...(talk.certificate === null ? [] : certificateWords(talk.certificate)),
  ]
  if (talk.failed !== null) return { outcome: 'bad', reached, said: [...seen, talk.failed], untested: [] }
  const words = greeting === undefined ? null : greeting.read(talk.heard.toString('latin1'))
  if (greeting !== undefined && words === null) {
    return {
      outcome: 'bad',
      reached,
      said: [...seen, `Its first words are not those of ${names[kind] ?? kind}.`],
      untested: [],
    }
  }
  return {
    outcome: isTrusted(kind, talk) ? 'good' : 'bad',
    reached,
    said: [...seen, ...(words === null ? [] : [words])],
    untested: [
      ...(greeting === undefined && kind !== 'tls'
        ? [`Whether it is ${names[kind] ?? kind}: only the connection was tested.`]
        : []),
      ...(kind === 'tls' ? [] : untested),
    ],
  }
}

const names: Partial<Record<TargetKind, string>> = {
  kubernetes: 'the API of Kubernetes',
  mongodb: 'MongoDB',
  nats: 'NATS',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  temporal: 'Temporal',
}

/** A cluster vouches for itself: kubectl's configuration holds its authority, which is not looked at here. */
function isTrusted(kind: TargetKind, { certificate }: Talk): boolean {
  return kind === 'kubernetes' || certificate === null || certificate.trouble === null
}

function certificateWords({ protocol, validTo, trouble }: Certificate): string[] {
  return [`It speaks ${protocol}; its certificate holds until ${validTo}.`, ...(trouble === null ? [] : [trouble])]
}

function readRedis(heard: string): string | null {
  if (heard.startsWith('+PONG')) return 'It answered PING with PONG.'
  if (heard.startsWith('-NOAUTH')) return 'It is Redis and wants a password.'
  if (/^-[A-Z]+ /.test(heard)) return `It is Redis and said: ${heard.slice(1).trim().slice(0, 120)}.`
  return null
}

function readNats(heard: string): string | null {
  if (!heard.startsWith('INFO {')) return null
  const version = /"version":"([^"]{1,40})"/.exec(heard)?.[1]
  return `It is NATS${version === undefined ? '' : ` ${version}`}${heard.includes('"auth_required":true') ? ' and wants a login' : ''}.`
}

function readPostgres(heard: string): string | null {
  if (heard.startsWith('S')) return 'It is PostgreSQL and offers TLS.'
  if (heard.startsWith('N')) return 'It is PostgreSQL, without TLS.'
  return heard.startsWith('E') ? 'It is PostgreSQL, and refused the first words.' : null
}

function nameOf({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
