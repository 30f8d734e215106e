import { chanceHex } from './chance.ts'
import type { Scenario, Service } from './scenario.ts'

/** Container ids, names and addresses as docker and compose (v2) would give them; the same seed gives the same ones. */
export function containerId({ seed }: Scenario, { name }: Service): string {
  return chanceHex(64, seed, 'container', name)
}

/** As compose v2 names it: project-service-number. */
export function containerName({ project }: Scenario, { name }: Service): string {
  return `${project}-${name}-1`
}

export function imageId({ seed }: Scenario, { image }: Service): string {
  return `sha256:${chanceHex(64, seed, 'image', image)}`
}

export function networkName({ project }: Scenario): string {
  return `${project}_default`
}

export function networkId({ seed }: Scenario): string {
  return chanceHex(64, seed, 'network')
}

export const networkGateway = '172.21.0.1'

/** The service's address in the project's network; '' where there is no such service. */
export function addressOf({ services }: Scenario, name: string): string {
  const index = services.findIndex((service) => service.name === name)
  return index < 0 ? '' : `172.21.0.${index + 2}`
}

/** docker makes a container's MAC address of its IPv4 address. */
export function macOf(address: string): string {
  const parts = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  return address === '' ? '' : `02:42:${parts.join(':')}`
}

/** The labels that compose v2 sets on a container of `up` (docker/compose, pkg/api/labels.go). */
export function composeLabels(scenario: Scenario, service: Service): Record<string, string> {
  return {
    'com.docker.compose.config-hash': chanceHex(64, scenario.seed, 'config', service.name),
    'com.docker.compose.container-number': '1',
    'com.docker.compose.depends_on': service.dependsOn.map((one) => `${one.service}:${one.condition}:false`).join(','),
    'com.docker.compose.image': imageId(scenario, service),
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.project': scenario.project,
    'com.docker.compose.project.config_files': `${scenario.workingDir}/${scenario.configFile}`,
    'com.docker.compose.project.working_dir': scenario.workingDir,
    'com.docker.compose.service': service.name,
    'com.docker.compose.version': scenario.composeVersion,
  }
}
