import { isIPv6 } from 'node:net'
import type { Certificate, ContainerFacts, KnockedPort, Part } from '../../shared/docker/snapshot.ts'
import { notAsked } from '../../shared/docker/snapshot.ts'
import { engineItems } from '../../shared/findings/container-view.ts'
import { redact } from '../../shared/redaction/redact.ts'
import { RefusalError } from '../../shared/refusal.ts'
import type { CollectedItem } from '../evidence/bundle.ts'
import type { StartedContainer } from './container-reader.ts'
import { shakeHands } from './handshake.ts'
import { type Door, knock, type Tried } from './knock.ts'
import type { Nearness } from './nearness.ts'
import { hostsFor, type PortToTry, portsToTry } from './ports-to-try.ts'
import { Slots } from './slots.ts'

/** So many connections are tried at once: most of the time of each is waiting for nothing to happen. */
const atOnce = 256
/** More of one engine are not tried. */
const mostPorts = 2_000

export interface PublishedReading {
  readonly near: Promise<Nearness | null>
  readonly started: Promise<readonly StartedContainer[]>
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** Ends all of it: what was not tried by then is not told. Its reason may be a refusal. */
  readonly until: AbortSignal
  /** Told how many ports could not be tried, where others could. */
  readonly onStray: (what: string, why: string) => void
}

export interface ReadBeside<Value> {
  readonly part: Part<Value>
  /** What was tried and how it answered; null where nothing was. */
  readonly item: CollectedItem | null
}

/**
 * Tries every published TCP port from this machine: opens a connection, or makes a TLS handshake where the port is one
 * for it, and closes it again. Where the port closes or refuses, and the container's own address is within reach, that is
 * tried too. Never rejects.
 */
export async function readPublished(reading: PublishedReading): Promise<ReadBeside<KnockedPort[]>> {
  const startedAt = new Date(reading.now()).toISOString()
  const began = performance.now()
  const [near, started] = await Promise.all([reading.near, reading.started])
  if (near === null) return { part: notAsked, item: null }
  const allFacts = Promise.all(started.map(factsOf)).then((all) => all.filter((facts) => facts !== null))
  if (near.at === 'apart') {
    const publishes = (await allFacts).some(({ running, published }) => running && published.length > 0)
    const part = publishes ? { read: false as const, code: 'unsupported' as const, why: near.why } : notAsked
    return { part, item: null }
  }
  const trying: Trying = { slots: new Slots(atOnce), signal: reading.until }
  let tries = 0
  let untried = 0
  const tried = await Promise.all(started.map(tryContainer))
  const answers = tried.flat()
  if (answers.length === 0) {
    const none = untried === 0 ? notAsked : { read: false as const, code: 'unreachable' as const, why: noSocket }
    return { part: reading.until.aborted ? tooLate(reading.until) : none, item: null }
  }
  if (untried > 0 && !reading.until.aborted) reading.onStray(`${untried} of ${tries} published ports`, noSocket)
  const { item, masked } = redact({ kind: 'json', value: answers })
  const { value } = item
  return {
    part: reading.until.aborted ? tooLate(reading.until) : { read: true, value },
    item: {
      name: engineItems.published,
      bytes: Buffer.from(JSON.stringify(value)),
      request: `TCP connections and TLS handshakes from this machine to ${answers.length} published ports`,
      startedAt,
      tookMs: Math.round((performance.now() - began) * 10) / 10,
      outcome: reading.until.aborted ? 'failed: Not all ports were tried in time.' : 'answered',
      masked,
      truncated: null,
    },
  }

  async function tryContainer(one: StartedContainer): Promise<KnockedPort[]> {
    const facts = await factsOf(one)
    if (facts === null || near === null || near.at === 'apart') return []
    const hosts = hostsFor(one.listed, facts, facts.published.length === 0 ? [] : await allFacts)
    const ports = portsToTry(one.listed, facts, near, hosts).slice(0, Math.max(0, mostPorts - tries))
    tries += ports.length
    const answers = await Promise.all(ports.map((port) => tryPort(port, trying)))
    untried += answers.filter((answer) => answer?.isWhole === false).length
    return answers.flatMap((answer) => answer?.told ?? [])
  }
}

async function factsOf(one: StartedContainer): Promise<ContainerFacts | null> {
  const facts = await one.facts
  return facts.read ? facts.value : null
}

const noSocket = 'This machine had no socket left to try them with.'

interface Trying {
  /** Each connection takes one, so that there are never more. */
  readonly slots: Slots
  readonly signal: AbortSignal
}

interface TriedPort {
  /** Null where too little of it could be tried to judge. */
  readonly told: KnockedPort | null
  /** Nothing of it was left untried. */
  readonly isWhole: boolean
}

/** Null where it was called off before it was known. */
async function tryPort(port: PortToTry, trying: Trying): Promise<TriedPort | null> {
  const { slots, signal } = trying
  const knockAt = (at: Door) => slots.run(() => knock(at, signal))
  const { container, inside, hostPort, door, within } = port
  const { answer: first, certificates, isWhole } = port.tls ? await shake(port, trying) : unshaken
  const knocked = first === 'closed' ? await knockAt(door) : first
  const again = knocked === 'closed' || knocked === 'refused'
  const behind = again && within !== null ? await knockAt(within) : null
  // A second look where there is no way behind: something may just have been restarted.
  const answer = again && behind === null ? await knockAt(door) : knocked
  if (signal.aborted) return null
  if (answer === 'untried' || behind === 'untried') return { told: null, isWhole: false }
  const tlsHosts = port.hosts.filter(({ tls }) => tls).map(({ name }) => name)
  const address = addressOf(door)
  return { told: { container, inside, hostPort, address, answer, within: behind, certificates, tlsHosts }, isWhole }
}

interface Shaken {
  readonly answer: Tried
  readonly certificates: Certificate[]
  /** Every name was asked for. */
  readonly isWhole: boolean
}

const unshaken: Shaken = { answer: 'closed', certificates: [], isWhole: true }

/** Once without a name; and where that brought a certificate, once for each name. */
async function shake({ door, hosts }: PortToTry, { slots, signal }: Trying): Promise<Shaken> {
  const shakeAt = (name: string | null) => slots.run(() => shakeHands(door, name, signal))
  const plain = await shakeAt(null)
  // A server may show nothing to one who asks for no name.
  if (plain.answer !== 'answers') return { ...unshaken, answer: plain.answer }
  const named = await Promise.all(hosts.map(({ name }) => shakeAt(name)))
  const certificates = [plain, ...named].flatMap(({ certificate }) => certificate ?? [])
  return { answer: 'answers', certificates, isWhole: named.every(({ answer }) => answer !== 'untried') }
}

function addressOf({ host, port }: Door): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}

function tooLate({ reason }: AbortSignal): Part<KnockedPort[]> {
  const isRefusal = reason instanceof RefusalError
  return {
    read: false,
    code: isRefusal ? reason.refusal.code : 'timed-out',
    why: isRefusal ? reason.refusal.happened : 'Not all ports were tried in time.',
  }
}
