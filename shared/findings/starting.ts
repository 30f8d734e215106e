import { containerDraft, quoteOf } from './container-draft.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import { spanInWords, typed } from './words.ts'

/** Checks come late on a busy machine. */
const leewayMs = 15_000

/**
 * D06, still starting after its own check had time to decide: moby (daemon/health.go, 20.10 to 28) calls a container
 * 'starting' until a check succeeds, or until `retries` have failed after the start period.
 */
export function startingDraft(view: ContainerView, now: number): Draft | null {
  const { facts, object } = view
  if (view.state !== 'running' || view.health !== 'starting' || facts === null) return null
  const { healthCheck: check, startedAt } = facts
  if (check === null || startedAt === null) return null
  const allowed = check.startPeriodMs + check.retries * (check.intervalMs + check.timeoutMs) + leewayMs
  const lasted = now - Date.parse(startedAt)
  if (lasted <= allowed) return null
  const never = (facts.health?.checks.length ?? 0) === 0
  return containerDraft(view, {
    code: 'D06',
    tier: 1,
    title: `${object.name} has not become ready`,
    why: `It started ${spanInWords(lasted)} ago, and its health check allows ${spanInWords(allowed - leewayMs)}. ${
      never ? 'No check has run yet.' : 'No check has succeeded yet.'
    } ${quoteOf(view)}`,
    cause: null,
    sure: 'measured',
    since: startedAt,
    signs: ['unhealthy'],
    next: `Read what its check says: docker inspect --format '{{json .State.Health}}' ${typed(object.name)}`,
    mayFollow: true,
    quotesLog: true,
  })
}
