import type { ContainerSnapshot, EngineFacts, EngineSnapshot, LogTail, Part } from '../../shared/docker/snapshot.ts'
import type { EngineEvent } from '../../shared/exercises/docker-events.ts'
import type { LogLine } from '../../shared/exercises/log-lines.ts'
import { ApiError, type Answer, type EngineView, type ServedContainer, type ServedEngine } from './served-engine.ts'
import type { FaultsOf, ServedFault } from './served-fault.ts'
import {
  composeLabelsOf,
  infoAnswer,
  inspectAnswer,
  oldestApi,
  statsAnswer,
  summaryAnswer,
  versionAnswer,
} from './snapshot-answers.ts'

/**
 * A snapshot as an engine that can be served: a sweep of it reads what the snapshot holds. It stands still; `clock` (ms since
 * 1970) moves its own time alone. What the snapshot could not read is no answer here either: `faultsIn` says how, to be given to
 * `dockerApi` beside it. Processes (`top`) are in no snapshot, and nothing in it can be restarted: 501 and 404.
 */
export function snapshotEngine(snapshot: EngineSnapshot, clock: () => number): ServedEngine {
  const engine = snapshot.engine.read ? snapshot.engine.value : unknownEngine
  const listed = snapshot.containers.read ? snapshot.containers.value : []
  const containers = listed.map((one) => servedContainer(one, snapshot, clock))
  const images = (snapshot.images.read ? snapshot.images.value : []).map(({ id, tags, createdAt, sizeBytes }) => ({
    Id: id,
    RepoTags: tags,
    Created: createdAt === null ? 0 : Date.parse(createdAt) / 1_000,
    Size: sizeBytes,
  }))
  const events = eventsOf(snapshot)
  return {
    version: engine.version,
    apiVersion: engine.apiVersion,
    minApiVersion: oldestApi,
    look: (): EngineView => {
      const now = clock()
      return {
        now,
        containers,
        version: () => versionAnswer(engine),
        info: () => infoAnswer(engine, listed, images.length),
        images: () => images,
        networks: () => networksOf(snapshot),
        disk: () => diskOf(snapshot),
        events: (after) => events.filter(({ at }) => at > after && at <= now),
      }
    },
    restart: () => Promise.reject(new ApiError(501, 'a snapshot does not do this: restart')),
  }
}

/** How the calls fail whose answers the snapshot does not hold; null for all others. */
export function faultsIn(snapshot: EngineSnapshot): FaultsOf {
  const whole: Readonly<Record<string, Part<unknown>>> = {
    '/version': snapshot.engine,
    '/info': snapshot.engine,
    '/containers/json': snapshot.containers,
    '/events': snapshot.events,
    '/images/json': snapshot.images,
    '/networks': snapshot.networks,
    '/system/df': snapshot.disk,
  }
  const byId = new Map((snapshot.containers.read ? snapshot.containers.value : []).map((one) => [one.id, one]))
  return (path, query) => {
    const part = whole[path] ?? partOf(path, query, byId)
    return part === null || part.read ? null : faultFor(part)
  }
}

function partOf(
  path: string,
  query: URLSearchParams,
  byId: ReadonlyMap<string, ContainerSnapshot>,
): Part<unknown> | null {
  const [, id = '', what] = /^\/containers\/([^/]+)\/(json|logs|stats)$/.exec(path) ?? []
  const container = byId.get(id)
  if (container === undefined) return null
  if (what === 'json') return container.facts
  if (what === 'stats') return container.usage
  return container.logs?.[query.get('stdout') === '1' ? 'stdout' : 'stderr'] ?? null
}

function faultFor({ code, why }: Part<unknown> & { read: false }): ServedFault | null {
  switch (code) {
    case 'unsupported':
      return null
    case 'timed-out':
      return { ends: 'silence' }
    case 'bad-answer':
      return { ends: 'cut' }
    default:
      return { ends: 'error', says: why }
  }
}

const unknownEngine: EngineFacts = {
  version: 'unknown',
  apiVersion: '1.41',
  system: null,
  memoryBytes: null,
  cores: null,
  architecture: null,
  storageDriver: null,
  rootFolder: null,
  machine: null,
  kernel: null,
  time: null,
  warnings: [],
}

function servedContainer(container: ContainerSnapshot, snapshot: EngineSnapshot, clock: () => number): ServedContainer {
  const { id, name, image, state } = container
  const labels = composeLabelsOf(container)
  const facts = container.facts.read ? container.facts.value : null
  const taken = Date.parse(snapshot.takenAt)
  return {
    id,
    name,
    image,
    tty: facts?.tty ?? false,
    state,
    health: facts?.health?.status ?? 'none',
    labels,
    summary: () => summaryAnswer(container, labels),
    details: () => {
      if (facts === null) throw new ApiError(500, 'the snapshot does not hold it')
      return inspectAnswer(container, facts, labels)
    },
    stats: (before) => ({
      ...statsAnswer(container.usage?.read === true ? container.usage.value : null, { now: clock(), before }),
      name: `/${name}`,
      id,
    }),
    lines: (from) => linesOf(container, taken).filter(({ at }) => at >= from),
  }
}

function linesOf({ logs }: ContainerSnapshot, taken: number): LogLine[] {
  const said = (to: LogLine['to'], tail: Part<LogTail> | undefined): LogLine[] =>
    tail?.read === true ? tail.value.lines.map(({ at, text }) => ({ to, text, ...momentOf(at, taken) })) : []
  return [...said('stdout', logs?.stdout), ...said('stderr', logs?.stderr)].toSorted(
    (a, b) => a.at - b.at || a.nanos - b.nanos,
  )
}

/** '2026-03-04T12:00:00.123456789Z': the milliseconds, and the nanoseconds beyond. */
function momentOf(at: string | null, taken: number): { at: number; nanos: number } {
  const ms = at === null ? Number.NaN : Date.parse(at)
  if (at === null || Number.isNaN(ms)) return { at: taken, nanos: 0 }
  const digits = /\.(\d{1,9})/.exec(at)?.[1] ?? ''
  return { at: ms, nanos: Number(digits.padEnd(9, '0').slice(3)) }
}

function eventsOf({ events }: EngineSnapshot): EngineEvent[] {
  if (!events.read) return []
  return events.value.map(({ at, action, container, name, exitCode, signal }) => ({
    at: Date.parse(at),
    // A client reads nanoseconds as a number that holds them to some hundred: half a microsecond keeps the millisecond.
    nanos: 500,
    id: container,
    image: '',
    action,
    attributes: {
      ...(name !== null && { name }),
      ...(exitCode !== null && { exitCode: String(exitCode) }),
      ...(signal !== null && { signal: String(signal) }),
    },
  }))
}

function networksOf({ networks }: EngineSnapshot): Answer[] {
  return (networks.read ? networks.value : []).map(({ id, name, driver, subnets }) => ({
    Id: id,
    Name: name,
    Driver: driver,
    Scope: 'local',
    IPAM: { Driver: 'default', Config: subnets.map((subnet) => ({ Subnet: subnet })) },
  }))
}

function diskOf({ disk }: EngineSnapshot): Answer {
  const value = disk.read ? disk.value : { layersBytes: 0, buildCacheBytes: 0, containers: [], volumes: [] }
  return {
    LayersSize: value.layersBytes,
    Images: [],
    Containers: value.containers.map(({ id, writtenBytes }) => ({ Id: id, SizeRw: writtenBytes })),
    Volumes: value.volumes.map(({ name, bytes, uses }) => ({
      Name: name,
      UsageData: { Size: bytes ?? -1, RefCount: uses ?? -1 },
    })),
    BuildCache: value.buildCacheBytes > 0 ? [{ Size: value.buildCacheBytes }] : [],
  }
}
