import { imageId, networkGateway, networkId, networkName } from './docker-identity.ts'
import { stamp } from './docker-words.ts'
import type { WorldMoment } from './world.ts'

/*
 * What the made-up engine holds beside its containers: an image for each that its services run, the project's network and
 * docker's own three. Shapes of dockerd (API 1.41 and later) for `/images/json`, `/networks` and `/system/df`.
 */

const day = 86_400_000
/** No image of the practice is large, and none is told apart by its size. */
const imageBytes = 48_000_000

/** One image for each that a service runs. */
export function engineImages({ world: { scenario, startAt } }: WorldMoment): Record<string, unknown>[] {
  const named = new Map(scenario.services.map((service) => [service.image, service]))
  return [...named.values()].map((service, index) => ({
    Containers: -1,
    Created: Math.floor((startAt - (index + 3) * day) / 1_000),
    Id: imageId(scenario, service),
    Labels: null,
    ParentId: '',
    RepoDigests: [],
    RepoTags: [service.image],
    SharedSize: -1,
    Size: imageBytes,
    VirtualSize: imageBytes,
  }))
}

export function engineNetworks({ world: { scenario, startAt } }: WorldMoment): Record<string, unknown>[] {
  const network = (name: string, id: string, driver: string, subnet: string | null) => ({
    Name: name,
    Id: id,
    Created: stamp(startAt - day, 0),
    Scope: 'local',
    Driver: driver,
    EnableIPv6: false,
    IPAM: {
      Driver: 'default',
      Options: null,
      Config: subnet === null ? [] : [{ Subnet: subnet, Gateway: subnet.replace(/0\/16$/, '1') }],
    },
    Internal: false,
    Attachable: false,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: {},
    Options: {},
    Labels: {},
  })
  const own = networkGateway.replace(/1$/, '0/16')
  return [
    network(networkName(scenario), networkId(scenario), 'bridge', own),
    network('bridge', 'b'.repeat(64), 'bridge', '172.17.0.0/16'),
    network('host', 'c'.repeat(64), 'host', null),
    network('none', 'd'.repeat(64), 'null', null),
  ]
}

export function engineDisk(moment: WorldMoment): Record<string, unknown> {
  const images = engineImages(moment)
  return {
    LayersSize: images.length * imageBytes,
    Images: images,
    Containers: [],
    Volumes: [],
    BuildCache: [],
    BuilderSize: 0,
  }
}
