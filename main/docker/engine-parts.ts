import {
  eventAnswerSchema,
  eventOf,
  infoAnswerSchema,
  listAnswerSchema,
  type ListedContainer,
  listedContainerSchema,
  versionAnswerSchema,
} from '../../shared/docker/answers.ts'
import { composePlaceOf } from '../../shared/docker/compose.ts'
import type { ListedFacts } from '../../shared/docker/row.ts'
import type { DiskUse, EngineEvent, EngineFacts, Image, Network, Part } from '../../shared/docker/snapshot.ts'
import {
  diskAnswerSchema,
  diskUseOf,
  imagesAnswerSchema,
  imagesOf,
  networksAnswerSchema,
  networksOf,
} from '../../shared/docker/store-answers.ts'
import { engineItems } from '../../shared/findings/container-view.ts'
import { plain } from '../../shared/findings/words.ts'
import type { CallPlan, EngineMaker } from './calls.ts'
import type { EngineReader } from './engine-reader.ts'
import { containerFolder } from './item-name.ts'

/** More containers than this are not read: a list without bound would be as many calls. */
const mostContainers = 2_000
/** An engine keeps 256. */
const mostEvents = 2_000

type OnStray = (what: string, why: string) => void

/** Version and machine. `info` may be slow on a busy engine; without it the version still tells. */
export async function readEngine(reader: EngineReader, plan: CallPlan, onStray: OnStray): Promise<Part<EngineFacts>> {
  const [version, info] = await Promise.all([
    reader.json(plan.version(), engineItems.version, (answer) => versionAnswerSchema.parse(answer)),
    reader.json(plan.info(), engineItems.info, (answer) => infoAnswerSchema.parse(answer)),
  ])
  if (!version.read) return version
  if (!info.read) onStray('What the engine tells of its machine', info.why)
  return {
    read: true,
    value: {
      version: plain(version.value.Version, 100),
      apiVersion: plain(version.value.ApiVersion, 100),
      system: info.read ? plain(info.value.OperatingSystem ?? '', 200) : null,
      memoryBytes: info.read ? (info.value.MemTotal ?? null) : null,
      cores: info.read ? (info.value.NCPU ?? null) : null,
      architecture: info.read ? wordOf(info.value.Architecture) : null,
      storageDriver: info.read ? wordOf(info.value.Driver) : null,
      rootFolder: info.read ? wordOf(info.value.DockerRootDir) : null,
      machine: info.read ? wordOf(info.value.Name) : null,
      kernel: info.read ? wordOf(info.value.KernelVersion) : null,
      time: info.read ? info.value.SystemTime : null,
      warnings: info.read ? (info.value.Warnings ?? []).slice(0, 50).map((warning) => plain(warning, 300)) : [],
    },
  }
}

function wordOf(given: string | null | undefined): string | null {
  return given === null || given === undefined ? null : plain(given, 300)
}

/** `until` ends it: an engine that holds much may take long. */
export function readImages(reader: EngineReader, plan: CallPlan, until: AbortSignal): Promise<Part<Image[]>> {
  return reader.json(plan.images(), engineItems.images, (answer) => imagesOf(imagesAnswerSchema.parse(answer)), until)
}

export function readNetworks(reader: EngineReader, plan: CallPlan): Promise<Part<Network[]>> {
  return reader.json(plan.networks(), engineItems.networks, (answer) => networksOf(networksAnswerSchema.parse(answer)))
}

/** `until` ends it: the engine walks its disk for it. */
export function readDisk(reader: EngineReader, plan: CallPlan, until: AbortSignal): Promise<Part<DiskUse>> {
  return reader.json(plan.disk(), engineItems.disk, (answer) => diskUseOf(diskAnswerSchema.parse(answer)), until)
}

/**
 * What happened to containers before `now`, oldest first: up to a week, as far as the engine remembers. Podman, known by its answer, is asked once more
 * in its own way.
 */
export async function readEvents(reader: EngineReader, plan: CallPlan, now: number): Promise<Part<EngineEvent[]>> {
  const read = (maker: EngineMaker) =>
    reader.jsonLines(plan.events(now, maker), engineItems.events, (answer) => eventOf(eventAnswerSchema.parse(answer)))
  const asDocker = await read('docker')
  const events = reader.maker === 'podman' ? await read('podman') : asDocker
  if (!events.read) return events
  return { read: true, value: events.value.filter((event) => event !== null).slice(-mostEvents) }
}

/** All containers. Members of the list that have not its form are told to `onStray` and left out, and so are repeats. */
export async function readList(reader: EngineReader, plan: CallPlan, onStray: OnStray): Promise<Part<ListedFacts[]>> {
  const list = await reader.json(plan.list(), engineItems.list, (answer) => listAnswerSchema.parse(answer))
  if (!list.read) return list
  const taken = new Set<string>()
  const more = list.value.length - mostContainers
  if (more > 0) onStray(`${more} more containers`, `Of one engine ${mostContainers} are read.`)
  const value = list.value.slice(0, mostContainers).flatMap((member, place) => {
    const { data } = listedContainerSchema.safeParse(member)
    const what = `Container ${place + 1} of the list`
    if (data === undefined) onStray(what, 'Its entry has not the form that the interface promises.')
    else if (taken.has(data.Id)) onStray(what, 'The list names its id twice.')
    if (data === undefined || taken.has(data.Id)) return []
    taken.add(data.Id)
    return [listedOf(data, place)]
  })
  return { read: true, value }
}

function listedOf(container: ListedContainer, place: number): ListedFacts {
  const id = container.Id
  const name = plain(container.Names[0]?.replace(/^\//, '') ?? '', 100) || id.slice(0, 12)
  const { project, service, dependsOn, oneOff } = composePlaceOf(container.Labels)
  return {
    id,
    name,
    image: plain(container.Image, 200),
    createdAt: isoOf(container.Created),
    state: plain(container.State, 30),
    status: plain(container.Status, 100),
    project: project === null ? null : plain(project, 100),
    service: service === null ? null : plain(service, 100),
    dependsOn: dependsOn.map((one) => plain(one, 100)),
    oneOff,
    folder: containerFolder(name, id, place),
  }
}

function isoOf(seconds: number | null | undefined): string | null {
  if (seconds === null || seconds === undefined) return null
  const at = new Date(seconds * 1000)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
