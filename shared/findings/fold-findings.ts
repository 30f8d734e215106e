import { type ComposeGraph, serviceKey } from './compose-graph.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import { endingOf } from './ending.ts'

/** How much earlier than its cause a symptom may seem to begin: checks and restarts are seen with delay. */
const leewayMs = 60_000

/**
 * Folds symptoms under their cause: copies of one service that are ill in the same way become one finding, and what is
 * ill only because a service that it needs is ill becomes an effect of that one. A dependant with a cause of its own, or one
 * that was ill before, keeps its own finding.
 */
export function foldFindings(drafts: readonly Draft[], graph: ComposeGraph): Draft[] {
  const stopped = new StoppedServices(graph)
  const merged = mergeReplicas(drafts)
  const causes = causesAmong(merged, graph)
  const byRoot = Map.groupBy(merged, (draft) => rootOf(draft, causes))
  return [...byRoot].map(([root, family]) => {
    const folded = family.filter((other) => other !== root)
    return withStoppedNeed(withReach(withEffects(root, folded), graph), { graph, stopped })
  })
}

/** The cause of each draft that has one. */
function causesAmong(drafts: readonly Draft[], graph: ComposeGraph): Map<Draft, Draft> {
  const byService = Map.groupBy(drafts, serviceKey)
  const causes = new Map<Draft, Draft>()
  for (const draft of drafts) {
    const cause = causeOf(draft, byService, graph)
    // Services that need each other may each claim to follow the other: the first claim stands.
    if (cause !== null && rootOf(cause, causes) !== draft) causes.set(draft, cause)
  }
  return causes
}

function mergeReplicas(drafts: readonly Draft[]): Draft[] {
  const groups = Map.groupBy(drafts, (draft) => {
    const service = serviceKey(draft)
    return service === null ? draft : `${service}\n${draft.code}\n${draft.cause ?? ''}`
  })
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    return [rest.length === 0 ? first : withEffects(first, rest)]
  })
}

function withEffects(draft: Draft, folded: readonly Draft[]): Draft {
  const effects = folded.flatMap(({ code, object, title, effects: further }) => [{ code, object, title }, ...further])
  const evidence = [draft, ...folded].flatMap((one) => one.evidence)
  return { ...draft, effects: [...draft.effects, ...effects], evidence: [...new Set(evidence)] }
}

/** What is ill among the services that it needs, the nearest first, if this one may well follow from it. */
function causeOf(
  draft: Draft,
  byService: ReadonlyMap<string | null, readonly Draft[]>,
  graph: ComposeGraph,
): Draft | null {
  const service = serviceKey(draft)
  if (!draft.mayFollow || service === null) return null
  for (const need of graph.needsOf(service)) {
    const cause = byService.get(need)?.find((other) => other.tier <= draft.tier && !beganBefore(draft, other))
    if (cause !== undefined) return cause
  }
  return null
}

function beganBefore(draft: Draft, other: Draft): boolean {
  if (draft.since === null || other.since === null) return false
  return Date.parse(draft.since) < Date.parse(other.since) - leewayMs
}

/** `causes` has no circles. */
function rootOf(draft: Draft, causes: ReadonlyMap<Draft, Draft>): Draft {
  let root = draft
  for (let cause = causes.get(root); cause !== undefined; cause = causes.get(root)) root = cause
  return root
}

function withReach(draft: Draft, graph: ComposeGraph): Draft {
  const service = serviceKey(draft)
  return service === null ? draft : { ...draft, reach: graph.reachOf(service) }
}

/** A service that it needs and that somebody stopped is no finding of its own, but it may be the cause of this one. */
function withStoppedNeed(draft: Draft, around: { graph: ComposeGraph; stopped: StoppedServices }): Draft {
  const service = serviceKey(draft)
  if (!draft.mayFollow || service === null) return draft
  const stopped = firstOf(around.graph.needsOf(service), (need) => around.stopped.of(need))
  if (stopped === null) return draft
  return {
    ...draft,
    cause: `${stopped.object.name}, which it needs, was stopped`,
    why: `It needs ${stopped.object.name}, which was stopped. ${draft.why}`,
    sure: 'likely',
    evidence: [...draft.evidence, ...stopped.evidence],
  }
}

function firstOf<Item, Found>(items: Iterable<Item>, find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

/** Of each service the container that somebody stopped; looked for once. */
class StoppedServices {
  readonly #graph: ComposeGraph
  readonly #known = new Map<string, ContainerView | null>()

  constructor(graph: ComposeGraph) {
    this.#graph = graph
  }

  of(service: string): ContainerView | null {
    const known = this.#known.get(service)
    if (known !== undefined) return known
    const containers = this.#graph.containersOf(service)
    const found = containers.find((view) => view.state === 'exited' && wasStopped(view)) ?? null
    this.#known.set(service, found)
    return found
  }
}

/** Exit code 0 without a stop may be a task that has done its work. */
function wasStopped(view: ContainerView): boolean {
  const stop = view.events.findLastIndex(({ action }) => action === 'stop')
  const start = view.events.findLastIndex(({ action }) => action === 'start')
  return endingOf(view).how === 'stopped' || (stop !== -1 && stop > start)
}
