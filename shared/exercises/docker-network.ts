import { chanceHex } from './chance.ts'
import {
  addressOf,
  containerId,
  containerName,
  macOf,
  networkGateway,
  networkId,
  networkName,
} from './docker-identity.ts'
import type { Scenario } from './scenario.ts'
import type { ServiceMoment } from './world.ts'

/** A container's network as inspect tells it; what is down has no address. Shapes of dockerd 20.10.24. */
export function networkSettings(scenario: Scenario, one: ServiceMoment): Record<string, unknown> {
  const { service } = one
  const sandbox = chanceHex(64, scenario.seed, 'sandbox', service.name)
  const aliases = [containerName(scenario, service), service.name, containerId(scenario, service).slice(0, 12)]
  return {
    Bridge: '',
    SandboxID: sandbox,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    Ports: one.status === 'running' ? Object.fromEntries(service.exposes.map((port) => [`${port}/tcp`, null])) : {},
    SandboxKey: `/var/run/docker/netns/${sandbox.slice(0, 12)}`,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: '',
    Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    MacAddress: '',
    Networks: { [networkName(scenario)]: endpoint(scenario, one, aliases) },
  }
}

/** The container's place in the project's network; a list tells no aliases. */
export function endpoint(
  scenario: Scenario,
  { service, status }: ServiceMoment,
  aliases: string[] | null,
): Record<string, unknown> {
  const up = status === 'running'
  const address = up ? addressOf(scenario, service.name) : ''
  return {
    IPAMConfig: null,
    Links: null,
    Aliases: aliases,
    NetworkID: networkId(scenario),
    EndpointID: up ? chanceHex(64, scenario.seed, 'endpoint', service.name) : '',
    Gateway: up ? networkGateway : '',
    IPAddress: address,
    IPPrefixLen: up ? 16 : 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    MacAddress: macOf(address),
    DriverOpts: null,
  }
}
