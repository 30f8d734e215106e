import type { Server } from 'node:http'
import type { Answer, EngineView, ServedContainer, ServedEngine } from '../../../main/exercises/served-engine.ts'
import { compareVersions } from '../../../main/exercises/docker-requests.ts'

/** From the oldest that Muster promises to read to the newest that is known. */
export const apiVersions = Array.from({ length: 15 }, (_none, place) => `1.${41 + place}`)

/*
 * What changed between versions of the Docker Engine API in the answers that a sweep reads (moby, api/docs/CHANGELOG.md, v1.41 to
 * v1.55): fields that came and went, lists that Go writes as null, and the form of `/system/df`. Written by hand after it.
 */

/** An engine's answers as one of this version of the interface would give them. */
export function inVersion(engine: ServedEngine, version: string): ServedEngine {
  const since = (other: string) => compareVersions(version, other) >= 0
  return {
    ...engine,
    apiVersion: version,
    // Docker 29 let go of all that is older (moby, v29.0.0, release notes).
    minApiVersion: since('1.52') ? '1.44' : '1.24',
    look: () => viewIn(engine.look(), version, since),
  }
}

type Since = (version: string) => boolean

function viewIn(view: EngineView, version: string, since: Since): EngineView {
  return {
    ...view,
    containers: view.containers.map((one) => containerIn(one, since)),
    version: () => ({ ...view.version(), ApiVersion: version, Components: null }),
    info: () => ({
      ...view.info(),
      ...(since('1.44')
        ? { CDISpecDirs: null }
        : { KernelMemory: true, KernelMemoryTCP: true, IndexServerAddress: '' }),
      ...(since('1.46') && { Containerd: { Address: '/run/containerd/containerd.sock', Namespaces: {} } }),
      ...(since('1.49') && { FirewallBackend: { Driver: 'iptables', Info: null } }),
      Warnings: null,
    }),
    images: () =>
      view.images().map((image) => ({
        ...image,
        Containers: -1,
        SharedSize: -1,
        Labels: null,
        RepoDigests: null,
        ...(!since('1.44') && { VirtualSize: image['Size'] }),
        ...(since('1.48') && { Descriptor: { mediaType: 'application/vnd.oci.image.index.v1+json' } }),
      })),
    networks: () =>
      view.networks().map((network) => ({
        ...network,
        Options: null,
        ...(since('1.48') && { EnableIPv4: true, Status: null }),
      })),
    disk: () => diskIn(view.disk(), since),
  }
}

function containerIn(container: ServedContainer, since: Since): ServedContainer {
  return {
    ...container,
    summary: () => ({
      ...container.summary(),
      Mounts: null,
      Ports: null,
      ...(since('1.48') && { ImageManifestDescriptor: null }),
      ...(since('1.52') && { Health: { Status: 'none', FailingStreak: 0 } }),
    }),
    details: () => {
      const details = container.details()
      const [host, config] = [details['HostConfig'], details['Config']] as Answer[]
      return {
        ...details,
        HostConfig: { ...host, Binds: null, CapAdd: null, Devices: null, ...(!since('1.44') && { KernelMemory: 0 }) },
        Config: { ...config, OnBuild: null, Volumes: null },
        ExecIDs: null,
        NetworkSettings: settingsIn(details['NetworkSettings'] as Answer, container.id, since),
        ...(since('1.48') && { ImageManifestDescriptor: null }),
      }
    },
    stats: (before) => statsIn(container.stats(before), since),
  }
}

/** Until 1.51 the default network's address stood beside the networks; from 1.44 on aliases hold no short id. */
function settingsIn(settings: Answer, id: string, since: Since): Answer {
  const networks = Object.entries((settings['Networks'] ?? {}) as Record<string, Answer>).map(([name, network]) => [
    name,
    since('1.44')
      ? { ...network, Aliases: null, DNSNames: [id.slice(0, 12)] }
      : { ...network, Aliases: [id.slice(0, 12)] },
  ])
  const old = { Bridge: '', IPAddress: '', MacAddress: '', SecondaryIPAddresses: null, LinkLocalIPv6PrefixLen: 0 }
  return { ...settings, ...(!since('1.52') && old), Networks: Object.fromEntries(networks) }
}

/** cgroup v1, as it was usual with the older ones, counts by processor and by other names than v2. */
function statsIn(stats: Answer, since: Since): Answer {
  const memory = stats['memory_stats'] as Answer
  const asOlder = { ...memory, max_usage: 1, failcnt: 0, stats: { total_inactive_file: 0, cache: 0 } }
  const blkio = { io_service_bytes_recursive: null, io_serviced_recursive: null }
  return {
    ...stats,
    blkio_stats: blkio,
    memory_stats: since('1.42') ? { ...memory, stats: { inactive_file: 0, file: 0 } } : asOlder,
    ...(since('1.52') && { os_type: 'linux' }),
  }
}

function diskIn(disk: Answer, since: Since): Answer {
  if (!since('1.42')) return { ...disk, BuilderSize: 0 }
  if (!since('1.52')) return disk
  const all = (kind: string, size: string) => {
    const items = (disk[kind] ?? []) as Answer[]
    const total = items.reduce((sum, item) => sum + Number(item[size] ?? 0), 0)
    return { ActiveCount: items.length, TotalCount: items.length, TotalSize: total, Reclaimable: 0, Items: items }
  }
  return {
    ImageUsage: { ActiveCount: 0, TotalCount: 0, TotalSize: disk['LayersSize'], Reclaimable: 0, Items: null },
    ContainerUsage: all('Containers', 'SizeRw'),
    VolumeUsage: all('Volumes', 'Size'),
    BuildCacheUsage: all('BuildCache', 'Size'),
  }
}

/** From 1.52 on an event tells its action and its container once, no longer by `status`, `id` and `from` too. */
export function tellEventsIn(server: Server, version: string): void {
  if (compareVersions(version, '1.52') < 0) return
  server.prependListener('request', (message, response) => {
    if (message.url?.includes('/events') !== true) return
    const write = response.write.bind(response) as (text: string) => boolean
    response.write = ((text: string) =>
      write(text.replaceAll(/"status":"[^"]*","id":"[^"]*","from":"[^"]*",/g, ''))) as typeof response.write
  })
}
