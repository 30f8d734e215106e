import type { IncomingMessage } from 'node:http'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { type Access, callsAtOnce, sshSessions } from './address.ts'
import { CallPlan } from './calls.ts'
import { createEngineClient, type EngineClient } from './engine-client.ts'
import { addressOf } from './host-address.ts'
import { SampleStream, type WarmSample } from './sample-stream.ts'

/** What a sweep may take instead of asking, by container. */
export interface WarmSamples {
  /** The newest sample that has one before it and is younger than 2.5 s; else null. */
  take(id: string): WarmSample | null
  /** Where getting in takes long, the way that is open already, to be given back by closing it; else null. */
  borrow(): EngineClient | null
}

/** An engine's endpoint with what it takes to get in. */
export interface WarmPlace {
  readonly endpoint: DockerEndpoint
  readonly access?: Access
}

/** So many streams are open at most, over all engines: each is a connection here, and a sample a second over there. */
const mostStreams = 1_000
/** Without a sweep for so long nobody is looking. */
const idleMs = 600_000

interface WarmEngine {
  readonly client: EngineClient
  /** Getting in takes long. */
  readonly isFar: boolean
  /** Sweeps that use the client at this moment. */
  borrowers: number
  hasEnded: boolean
  readonly plan: CallPlan
  /** Incidents that it is kept warm for. */
  readonly holders: Set<string>
  readonly streams: Map<string, SampleStream>
  idle: NodeJS.Timeout | null
}

/**
 * Streams of statistics, kept open while an incident is: a CPU % needs two samples, which take two seconds of an engine that is
 * asked anew. Only what is warmed after a sweep is held; an engine is let go when no incident holds it, after ten minutes
 * without a sweep, and at close. A stream that ends is not opened again before the next sweep has ended. Of engines behind ssh
 * the login is kept, which sweeps then use, and streams only where a socket is forwarded: else they would take all its
 * sessions. Nothing here rejects or throws for what an engine does.
 */
export class WarmStats {
  readonly #idleMs: number
  readonly #engines = new Map<string, WarmEngine>()

  constructor(options: { readonly idleMs?: number } = {}) {
    this.#idleMs = options.idleMs ?? idleMs
  }

  /** Follows these running containers of an engine and no others of it. `holder`: the incident that it was swept for. */
  warm(holder: string, place: WarmPlace, containers: readonly string[]): void {
    const key = keyOf(place)
    const engine = this.#engines.get(key) ?? this.#open(key, place)
    engine.holders.add(holder)
    if (engine.idle !== null) clearTimeout(engine.idle)
    engine.idle = setTimeout(() => this.#end(key, engine), this.#idleMs).unref()
    if (engine.isFar) void this.#followFar(key, engine, containers)
    else this.#follow(engine, containers, mostStreams)
  }

  /** The incident has ended: lets go what no other one holds. */
  cool(holder: string): void {
    for (const [key, engine] of this.#engines) {
      if (engine.holders.delete(holder) && engine.holders.size === 0) this.#end(key, engine)
    }
  }

  /** What is warm of an engine; null where nothing is. */
  samples(place: WarmPlace): WarmSamples | null {
    const engine = this.#engines.get(keyOf(place))
    if (engine === undefined) return null
    return {
      take: (id) => engine.streams.get(id)?.newest() ?? null,
      borrow: () => (engine.isFar && !engine.hasEnded ? lent(engine) : null),
    }
  }

  /** Lets go of everything. It can be warmed again. */
  close(): void {
    for (const [key, engine] of this.#engines) this.#end(key, engine)
  }

  /** Half of what may be under way at once is left to sweeps. */
  async #followFar(key: string, engine: WarmEngine, containers: readonly string[]): Promise<void> {
    const atOnce = (await engine.client.prepare()) ?? 0
    if (this.#engines.get(key) === engine && atOnce > sshSessions) this.#follow(engine, containers, atOnce / 2)
  }

  #follow(engine: WarmEngine, containers: readonly string[], most: number): void {
    const wanted = new Set(containers)
    for (const [id, stream] of engine.streams) if (!wanted.has(id) || stream.isStale) drop(engine, id)
    for (const id of wanted) {
      if (this.#count() >= mostStreams || engine.streams.size >= most) return
      if (!engine.streams.has(id)) void follow(engine, id)
    }
  }

  #open(key: string, { endpoint, access }: WarmPlace): WarmEngine {
    const address = addressOf(endpoint.host, access)
    const engine: WarmEngine = {
      client: createEngineClient(address),
      isFar: callsAtOnce(address) !== null,
      borrowers: 0,
      hasEnded: false,
      plan: new CallPlan(undefined, access?.apiVersion),
      holders: new Set(),
      streams: new Map(),
      idle: null,
    }
    this.#engines.set(key, engine)
    return engine
  }

  #end(key: string, engine: WarmEngine): void {
    if (engine.idle !== null) clearTimeout(engine.idle)
    for (const id of engine.streams.keys()) drop(engine, id)
    engine.hasEnded = true
    closeUnused(engine)
    this.#engines.delete(key)
  }

  #count(): number {
    return [...this.#engines.values()].reduce((sum, { streams }) => sum + streams.size, 0)
  }
}

function keyOf({ endpoint, access }: WarmPlace): string {
  return JSON.stringify([endpoint.host, access?.tls?.folder ?? null, access?.apiVersion ?? null])
}

function lent(engine: WarmEngine): EngineClient {
  engine.borrowers += 1
  return {
    ...engine.client,
    close() {
      engine.borrowers -= 1
      closeUnused(engine)
    },
  }
}

function closeUnused({ client, hasEnded, borrowers }: WarmEngine): void {
  if (hasEnded && borrowers === 0) client.close()
}

function drop(engine: WarmEngine, id: string): void {
  engine.streams.get(id)?.end()
  engine.streams.delete(id)
}

/** Opens one stream and listens to it until it ends, for whatever reason. */
async function follow(engine: WarmEngine, id: string): Promise<void> {
  const call = engine.plan.samples(id)
  const stream = new SampleStream(call)
  engine.streams.set(id, stream)
  const onEnd = () => {
    if (engine.streams.get(id) === stream) engine.streams.delete(id)
    stream.end()
  }
  const incoming = await answerTo(engine, call.path, stream)
  if (incoming === null) onEnd()
  else stream.listen(incoming, onEnd)
}

/** Null where the engine does not answer with a stream: the next sweep asks it, and says what is wrong. */
async function answerTo(engine: WarmEngine, path: string, stream: SampleStream): Promise<IncomingMessage | null> {
  try {
    return await engine.client.get(path, stream.signal)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return null
  }
}
