import type { ContainerFacts } from './snapshot.ts'

/** More names than this of one container are not kept. */
const most = 50
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z][a-z0-9-]{0,62}$/i

/**
 * The names under which a proxy on the same engine serves a container: Traefik's rule labels (``Host(`a.example`)``,
 * https://doc.traefik.io/traefik/routing/routers/#rule) and the environment that nginx-proxy and its companion for
 * certificates read (VIRTUAL_HOST, LETSENCRYPT_HOST; https://github.com/nginx-proxy/nginx-proxy). `tls` where the same
 * source says that it is served by TLS. Patterns and regular expressions are none.
 */
export function hostsOf(labels: Readonly<Record<string, string>>, env: readonly string[]): ContainerFacts['hosts'] {
  const found = new Map<string, boolean>()
  const add = (name: string, tls: boolean) => {
    const host = name.trim().toLowerCase()
    if (hostName.test(host)) found.set(host, tls || found.get(host) === true)
  }
  for (const [key, value] of Object.entries(labels)) {
    const router = /^traefik\.http\.routers\.([\w@-]{1,100})\.rule$/i.exec(key)?.[1]
    if (router === undefined) continue
    const tls = Object.entries(labels).some(([other, set]) => isTls(other, set, router))
    for (const name of namesInRule(value.slice(0, 5_000))) add(name, tls)
  }
  for (const assignment of env) {
    const [, variable, value] = /^(VIRTUAL_HOST|LETSENCRYPT_HOST)=(.{1,5000})$/.exec(assignment) ?? []
    if (variable === undefined || value === undefined) continue
    for (const name of value.split(',')) add(name, variable === 'LETSENCRYPT_HOST')
  }
  return [...found].slice(0, most).map(([name, tls]) => ({ name, tls }))
}

function isTls(label: string, value: string, router: string): boolean {
  const start = `traefik.http.routers.${router}.tls`.toLowerCase()
  const key = label.toLowerCase()
  return (key === start && value.toLowerCase() !== 'false') || key.startsWith(`${start}.`)
}

/** The quoted names in each `Host(…)`; `HostRegexp(…)` is another word. */
function namesInRule(rule: string): string[] {
  return [...rule.matchAll(/\bHost(?:SNI)?\(([^()]{1,2000})\)/gi)].flatMap(([, inside]) =>
    [...(inside ?? '').matchAll(/[`"']([^`"']{1,253})[`"']/g)].map(([, name]) => name ?? ''),
  )
}
