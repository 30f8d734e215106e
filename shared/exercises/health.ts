import { chanceInt } from './chance.ts'
import type { Life } from './course.ts'
import type { Service } from './scenario.ts'
import { covers, type Span } from './spans.ts'

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy'
export type HealthCheck = {
  readonly startedAt: number
  readonly endedAt: number
  readonly exitCode: number
  readonly output: string
}

/** What docker's health monitor made of one life of a service. */
export type Health = {
  readonly status: HealthStatus
  readonly failingStreak: number
  /** the newest five checks, oldest first */
  readonly log: readonly HealthCheck[]
  /** each change of the status that the monitor saw, oldest first */
  readonly changes: readonly { readonly at: number; readonly status: HealthStatus }[]
}

const checksShown = 5

/**
 * Follows docker's rules (https://docs.docker.com/reference/dockerfile/#healthcheck, moby 20.10 daemon/health.go):
 * the first check comes one interval after the start, one pass makes healthy, `retries` failures in a row make
 * unhealthy, failures in the start period do not count until something passed, and when the container ends the
 * status reads 'unhealthy' whatever the checks said.
 */
export function healthOf(
  service: Service,
  life: Life,
  { now, passing, seed }: { now: number; passing: readonly Span[]; seed: number },
): Health | null {
  const rule = service.health
  if (!rule) return null
  const everyMs = rule.interval * 1000
  const until = Math.min(now, life.stopsAt)
  const lenientUntil = life.startedAt + rule.startPeriod * 1000
  const changes: { at: number; status: HealthStatus }[] = []
  let status: HealthStatus = 'starting'
  let streak = 0

  for (const { from, to } of evenStretches({ from: life.startedAt, until, lenientUntil }, passing)) {
    const first = Math.max(1, Math.ceil((from - life.startedAt) / everyMs))
    const count = Math.ceil((to - life.startedAt) / everyMs) - first
    if (count <= 0) continue
    if (covers(passing, from)) {
      streak = 0
      if (status !== 'healthy') changes.push({ at: life.startedAt + first * everyMs, status: 'healthy' })
      status = 'healthy'
    } else if (status !== 'starting' || from >= lenientUntil) {
      const needed = Math.max(1, rule.retries - streak)
      streak += count
      if (status !== 'unhealthy' && count >= needed) {
        changes.push({ at: life.startedAt + (first + needed - 1) * everyMs, status: 'unhealthy' })
        status = 'unhealthy'
      }
    }
  }

  const last = Math.ceil((until - life.startedAt) / everyMs) - 1
  const log: HealthCheck[] = []
  for (let nth = Math.max(1, last - checksShown + 1); nth <= last; nth++) {
    const endedAt = life.startedAt + nth * everyMs
    const passes = covers(passing, endedAt)
    const tookMs = chanceInt([38, 96], seed, service.name, 'check', nth)
    log.push({
      startedAt: endedAt - tookMs,
      endedAt,
      exitCode: passes ? 0 : 1,
      output: passes ? rule.passes : rule.fails,
    })
  }
  return { status: life.endedAt <= now ? 'unhealthy' : status, failingStreak: streak, log, changes }
}

/** Cuts the life where checks begin or cease to pass, and where the start period ends. */
function evenStretches(life: { from: number; until: number; lenientUntil: number }, passing: readonly Span[]): Span[] {
  const edges = [life.from, life.lenientUntil, life.until, ...passing.flatMap((span) => [span.from, span.to])]
    .filter((at) => at >= life.from && at <= life.until)
    .toSorted((a, b) => a - b)
  return edges.slice(1).flatMap((to, at) => {
    const from = edges[at] ?? to
    return from < to ? [{ from, to }] : []
  })
}
