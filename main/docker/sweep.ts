import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { ClockWitness } from '../../shared/clocks/skew.ts'
import { rowOf } from '../../shared/docker/row.ts'
import {
  type ContainerFacts,
  type ContainerSnapshot,
  type Earlier,
  type EngineSnapshot,
  notYet,
  type Part,
} from '../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../shared/findings/derive-findings.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { SweepProgress, SweepSummary } from '../../shared/findings/sweep.ts'
import { refuse } from '../../shared/refusal.ts'
import type { CollectedItem } from '../evidence/bundle.ts'
import { witnessing } from './clock-witness.ts'
import { type Access, type Address, callsAtOnce, connectingMs } from './address.ts'
import { CallPlan, type Deadlines, deadlinesWith } from './calls.ts'
import { type StartedContainer, startReading } from './container-reader.ts'
import { createEngineClient } from './engine-client.ts'
import { besideEngine, type FromHere } from './from-here.ts'
import { readDisk, readEngine, readEvents, readImages, readList, readNetworks } from './engine-parts.ts'
import { EngineReader } from './engine-reader.ts'
import { addressOf } from './host-address.ts'
import { ProgressReport } from './progress-report.ts'
import { MostOf } from './most-of.ts'
import { Slots } from './slots.ts'
import { snapshotItem, summaryOf } from './sweep-summary.ts'
import type { WarmSamples } from './warm-stats.ts'

export interface SweepRequest {
  readonly endpoint: DockerEndpoint
  /** What it takes to get in by TLS or ssh. */
  readonly access?: Access
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** Aborting it ends the sweep with the refusal `cancelled`. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: SweepProgress) => void
  readonly deadlines?: Partial<Deadlines>
  /** What is kept warm of this engine, to be taken instead of asking. */
  readonly warm?: WarmSamples | null
  /** What the sweep before this one said; null where none is known. */
  readonly earlier?: Earlier | null
}

export interface SweepResult {
  readonly summary: SweepSummary
  readonly snapshot: EngineSnapshot
  readonly findings: Finding[]
  /** What was read, masked; last the snapshot, from which the findings can be derived again. */
  readonly items: CollectedItem[]
  /** What the engine's clock says of this machine's; null where it says nothing. */
  readonly witness: ClockWitness | null
}

/**
 * Calls about containers that run at once. A healthy engine has answered some before more are let in; where statistics take
 * their two seconds, or containers hang, all are under way a moment later.
 */
const callsAtFirst = 48
const widening = { by: 48, everyMs: 15, most: 256 }
const wideningOfStats = { by: 96, everyMs: 15, most: 2_000 }
/** So long the first findings wait for containers that are slow to answer. */
const firstLookMs = 400
/** So much longer than everything else may images and disk take: few findings need them, and engines that hold much are slow. */
const stragglersMs = 1_000

/**
 * Looks at one engine: all that the rules read, at once, each call within its own deadline. A sick engine is a finding, and
 * what could not be read is told in the summary. Refused are an endpoint whose host is none (`bad-input`) and a cancelled
 * sweep (`cancelled`).
 */
export async function sweepEngine(request: SweepRequest): Promise<SweepResult> {
  const { endpoint, signal, now } = request
  const address = addressOf(endpoint.host, request.access)
  const { client, witness } = witnessing(request.warm?.borrow() ?? createEngineClient(address), endpoint, now)
  const report = new ProgressReport(request.onProgress)
  const atOnce = callsAtOnce(address)
  const lane = atOnce === null ? null : new Slots(atOnce)
  if (atOnce !== null) void widen()
  const reader = new EngineReader({ client, signal, now, lane, onCount: (calls) => report.count(calls) })
  const startedAt = now()
  const started = performance.now()
  async function widen(): Promise<void> {
    const more = ((await client.prepare()) ?? atOnce ?? 0) - (atOnce ?? 0)
    lane?.widen(more)
  }
  try {
    const { snapshot, itemsFromHere } = await readSnapshot({ request, address, reader, report, startedAt })
    if (signal.aborted) throw cancelled(endpoint)
    const findings = deriveFindings(snapshot, startedAt)
    report.findings(findings, true)
    const summary = summaryOf(snapshot, { endedAt: now(), tookMs: performance.now() - started, calls: reader.calls })
    return {
      summary,
      snapshot,
      findings,
      items: [...reader.items(), ...itemsFromHere, snapshotItem(snapshot)],
      witness: witness(),
    }
  } finally {
    report.close()
    client.close()
  }
}

interface Reading {
  readonly request: SweepRequest
  readonly address: Address
  readonly reader: EngineReader
  readonly report: ProgressReport
  readonly startedAt: number
}

interface ReadSnapshot {
  readonly snapshot: EngineSnapshot
  readonly itemsFromHere: readonly CollectedItem[]
}

/** Every promise begun here is awaited from its beginning, so that none can reject unheard. */
async function readSnapshot({ request, address, reader, report, startedAt }: Reading): Promise<ReadSnapshot> {
  const deadlines = deadlinesWith(request.deadlines ?? {}, connectingMs(address))
  const plan = new CallPlan(deadlines, request.access?.apiVersion)
  const strays: EngineSnapshot['strays'] = []
  const onStray = (what: string, why: string) => void strays.push({ what, why })
  const engine = readEngine(reader, plan, onStray)
  const events = readEvents(reader, plan, startedAt)
  const snapshotOf = (parts: Parts): EngineSnapshot => ({
    format: 'engine-snapshot-2',
    endpoint: request.endpoint,
    takenAt: new Date(startedAt).toISOString(),
    strays,
    earlier: request.earlier ?? null,
    ...parts,
  })
  const patience = new AbortController()
  const listed = Promise.withResolvers<readonly StartedContainer[]>()
  const fromHere: FromHere = besideEngine({
    endpoint: request.endpoint,
    address,
    engine,
    started: listed.promise,
    now: request.now,
    until: AbortSignal.any([request.signal, patience.signal]),
    onStray,
  })
  const stragglers = Promise.all([
    readImages(reader, plan, patience.signal),
    readDisk(reader, plan, patience.signal),
    fromHere.published,
    fromHere.room,
  ] as const)
  const rest = Promise.all([engine, readContainers(), events, readNetworks(reader, plan)] as const)
  const [[engineRead, containersRead, eventsRead, networks], [images, disk, published, room]] = await Promise.all([
    rest,
    stragglers,
    inTime(),
  ])
  const read = { engine: engineRead, containers: containersRead, events: eventsRead, images, networks, disk }
  const snapshot = snapshotOf({ ...read, published: published.part, room: room.part })
  return { snapshot, itemsFromHere: [published.item, room.item].filter((item) => item !== null) }

  /** Once all else is in, what that says is told, and the slow ones have one more second. */
  async function inTime(): Promise<void> {
    const [engineRead, containers, eventsRead, networks] = await rest
    if (await Promise.race([stragglers.then(() => true), immediately()])) return
    if (!request.signal.aborted) {
      const parts = { ...early, engine: engineRead, containers, events: eventsRead, networks }
      report.findings(deriveFindings(snapshotOf(parts), startedAt), false)
    }
    const late = setTimeout(() => patience.abort(tooLate()), stragglersMs)
    try {
      await stragglers
    } finally {
      clearTimeout(late)
    }
  }

  async function readContainers(): Promise<Part<ContainerSnapshot[]>> {
    const list = await readList(reader, plan, onStray)
    if (!list.read) {
      listed.resolve([])
      return list
    }
    report.rows(list.value.map((listed) => rowOf(listed, null)))
    const slots = new Slots(callsAtFirst, widening)
    const measuring = new Slots(callsAtFirst, wideningOfStats)
    const reading = {
      reader,
      plan,
      slots,
      measuring,
      warm: request.warm ?? null,
      streams: 2 * list.value.length,
      onStray,
      onUsage: report.usage.bind(report),
    }
    const started = list.value.map((one) => startReading(one, reading))
    listed.resolve(started)
    const [value] = await Promise.all([Promise.all(started.map(inFull)), tellEarly(started)])
    return { read: true, value }
  }

  /**
   * Statistics take two seconds; the rules need none of them to speak. Nor do they wait for a container that does not
   * answer: what has come by then is told first, and again with the last one.
   */
  async function tellEarly(started: readonly StartedContainer[]): Promise<void> {
    const come = new Map<StartedContainer, ContainerSnapshot>()
    const most = new MostOf(started.length)
    const all = Promise.all(
      started.map(async (one) => {
        come.set(one, await withoutUsage(one))
        most.oneIsIn()
      }),
    )
    let eventsRead: EngineSnapshot['events'] = notYet
    const allEvents = keepEvents()
    await within(firstLookMs, Promise.all([Promise.race([all, most.reached]), allEvents]))
    tell()
    if (come.size === started.length && eventsRead !== notYet) return
    await Promise.all([all, allEvents])
    tell()

    async function keepEvents(): Promise<void> {
      eventsRead = await events
    }

    function tell(): void {
      if (request.signal.aborted) return
      report.rows(started.map((one) => rowOf(one.listed, factsIn(come.get(one)))))
      const containers = { read: true as const, value: started.flatMap((one) => come.get(one) ?? []) }
      report.findings(deriveFindings(snapshotOf({ ...early, containers, events: eventsRead }), startedAt), false)
    }
  }
}

const early = { engine: notYet, images: notYet, networks: notYet, disk: notYet, published: notYet, room: notYet }

function immediately(): Promise<false> {
  return new Promise((resolve) => setImmediate(() => resolve(false)))
}

function tooLate() {
  return refuse('timed-out', {
    tried: 'Ask what the engine holds',
    happened: `No whole answer within ${stragglersMs / 1_000} s after everything else was read.`,
    next: 'Findings do not wait for it. Ask the engine itself: docker system df -v',
  })
}

function factsIn(container: ContainerSnapshot | undefined): ContainerFacts | null {
  return container?.facts.read === true ? container.facts.value : null
}

/** Waits for it, but no longer than so many milliseconds. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, limitMs)
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

type Parts = Omit<EngineSnapshot, 'format' | 'endpoint' | 'takenAt' | 'strays' | 'earlier'>

async function withoutUsage({ listed, facts, logs }: StartedContainer): Promise<ContainerSnapshot> {
  return { ...listed, facts: await facts, logs: await logs, usage: null }
}

async function inFull({ listed, ...started }: StartedContainer): Promise<ContainerSnapshot> {
  const [facts, logs, usage] = await Promise.all([started.facts, started.logs, started.usage])
  return { ...listed, facts, logs, usage }
}

function cancelled({ name }: DockerEndpoint) {
  return refuse('cancelled', {
    tried: `Sweep ${name}`,
    happened: 'It was cancelled. Nothing of it is kept.',
    next: 'Sweep again when ready.',
  })
}
