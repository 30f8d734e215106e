import type { EngineSnapshot, KnockedPort } from '../docker/snapshot.ts'
import { containerDraft, hasNoCauseOfItsOwn } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { typed } from './words.ts'

/** So long a program may take until it listens. */
const graceMs = 60_000

/** Published ports that were tried, by container. */
export type KnockedPorts = ReadonlyMap<string, readonly KnockedPort[]>

export function knockedPorts({ published }: EngineSnapshot): KnockedPorts {
  return Map.groupBy(published.read ? published.value : [], ({ container }) => container)
}

/**
 * D08: a published port on which nothing listens. What accepts at the machine's address is often Docker's own proxy, which then
 * closes at once; a service may do so too. So the container's own address decides where it could be tried: refused there is
 * measured, taken there is no fault of the container. Without it, closed at once is a guess.
 */
export function unheardPortDraft(view: ContainerView, ports: KnockedPorts, now: number): Draft | null {
  if (view.state !== 'running' || isStarting(view, now)) return null
  const all = ports.get(view.object.id) ?? []
  const deaf = all.map((port) => ({ port, fault: faultOf(port) })).filter(({ fault }) => fault !== null)
  const [first] = deaf
  if (first === undefined || first.fault === null) return null
  const others = deaf.length === 1 ? '' : ` and ${deaf.length - 1} more`
  const draft = containerDraft(view, {
    code: 'D08',
    // A guess, and a port beside others that answer, are no reason to wake anybody.
    tier: first.fault.sure !== 'possible' && deaf.length === all.length ? 1 : 2,
    title:
      first.fault.kind === 'way'
        ? `port ${first.port.hostPort}${others} of the machine does not lead to ${view.object.name}`
        : `nothing listens behind port ${first.port.hostPort}${others} of ${view.object.name}`,
    why: first.fault.why,
    cause: first.fault.cause,
    sure: first.fault.sure,
    since: null,
    signs: ['no-connection'],
    next: first.fault.next(view.object.name),
    mayFollow: first.fault.kind === 'nobody' && hasNoCauseOfItsOwn(view),
    quotesLog: false,
  })
  return { ...draft, evidence: [...draft.evidence, engineItems.published] }
}

function isStarting({ facts, health }: ContainerView, now: number): boolean {
  if (health === 'starting' || facts === null || facts.startedAt === null) return true
  return now - Date.parse(facts.startedAt) < graceMs
}

interface Fault {
  readonly kind: 'nobody' | 'way'
  readonly sure: Draft['sure']
  readonly why: string
  readonly cause: string
  readonly next: (name: string) => string
}

function faultOf({ answer, within, address, inside, hostPort }: KnockedPort): Fault | null {
  if (answer !== 'closed' && answer !== 'refused') return null
  const said = answer === 'closed' ? 'closed the connection at once, without a word' : 'refused the connection'
  const compare = (name: string) =>
    `Compare the port it listens on, and on which address, with ${inside}: docker port ${typed(name)}, docker top ${typed(name)}`
  if (within === 'refused') {
    return {
      kind: 'nobody',
      sure: 'measured',
      why: `${address} ${said}, and port ${inside} of the container itself refuses connections. What runs in it listens on another port, only on its own loopback address, or not at all.`,
      cause: `nothing listens on ${inside} in it`,
      next: compare,
    }
  }
  if (within === 'answers' || within === 'closed') {
    // It closes on whoever says nothing, by itself: that is its own way.
    if (answer === 'closed') return null
    return {
      kind: 'way',
      sure: 'measured',
      why: `${address} ${said}, and port ${inside} of the container itself takes connections. What should lead from one to the other is gone.`,
      cause: 'the machine no longer leads its port to the container',
      next: (name) =>
        `See whether somebody flushed the firewall's rules or ended docker-proxy: iptables -t nat -L DOCKER -n; docker restart ${typed(name)} sets both anew.`,
    }
  }
  return {
    kind: 'nobody',
    sure: answer === 'refused' ? 'likely' : 'possible',
    why: `${address} ${said}. The container itself could not be tried from here${answer === 'closed' ? ', and some services close on whoever says nothing' : ''}.`,
    cause: answer === 'refused' ? `port ${hostPort} refuses connections` : `nothing seems to listen on ${inside} in it`,
    next: compare,
  }
}
