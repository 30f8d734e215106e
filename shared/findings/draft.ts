import type { ContainerSnapshot } from '../docker/snapshot.ts'
import type { Finding } from './finding.ts'
import type { Sign } from './signs.ts'

/** A finding before it is folded and ranked. */
export interface Draft extends Omit<Finding, 'rank' | 'signs'> {
  readonly signs: readonly Sign[]
  /** It may well follow from something else being ill: nothing in it tells a cause of its own. */
  readonly mayFollow: boolean
  /** What else is ill because of it, for the ranking: services that need it. */
  readonly reach: number
}

const day = 86_400_000

/** What ended more than a day ago is no sign of an incident that goes on now. */
export function tierByAge(at: string | null, now: number): 1 | 3 {
  return at !== null && now - Date.parse(at) > day ? 3 : 1
}

const kinds: readonly { readonly sign: Sign; readonly names: RegExp }[] = [
  {
    sign: 'database',
    names:
      /postgres|postgis|pgvector|timescale|mysql|mariadb|percona|mongo|redis|valkey|keydb|cassandra|scylla|elasticsearch|opensearch|clickhouse|influxdb|neo4j|couchdb|cockroach|mssql|sqlserver|oracle-?db|\bdb\b|database|\bpg\b/i,
  },
  { sign: 'message-queue', names: /rabbitmq|kafka|redpanda|\bnats\b|mosquitto|activemq|pulsar|\bqueue\b/i },
  { sign: 'reverse-proxy', names: /nginx|traefik|caddy|haproxy|envoy|\bproxy\b|\bgateway\b|\bingress\b/i },
]

/** What the container is for, as far as the names of its image and service tell. */
export function kindSigns({ container }: { container: Pick<ContainerSnapshot, 'image' | 'service' | 'name'> }): Sign[] {
  const image = container.image.replace(/@sha256:.*$/, '').replace(/:[^/:]*$/, '')
  const names = [image.split('/').slice(-2).join(' '), container.service ?? container.name]
    .join(' ')
    .replaceAll('_', '-')
  return kinds.filter((kind) => kind.names.test(names)).map(({ sign }) => sign)
}
