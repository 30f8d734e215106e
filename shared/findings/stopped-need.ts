import { containerDraft } from './container-draft.ts'
import { type ComposeGraph, serviceKey } from './compose-graph.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { endingOf } from './ending.ts'
import { typed } from './words.ts'

/**
 * D16: a service of a compose project that others of it need was stopped, or never started, while they run. It is no
 * failure of its own; whoever needs it will fail, now or at the next call. A service that nobody needs may be down on
 * purpose, and one that ended with 0 may have done its work.
 */
export function stoppedNeedDraft(view: ContainerView, graph: ComposeGraph): Draft | null {
  const service = serviceKey(view)
  if (service === null || view.container.oneOff || !isDown(view)) return null
  if (graph.containersOf(service).some(({ state }) => state === 'running' || state === 'restarting')) return null
  const needing = graph
    .needing(service)
    .flatMap((one) => graph.containersOf(one))
    .filter(({ state }) => state === 'running')
  const [first] = needing
  if (first === undefined) return null
  const how = view.state === 'created' ? 'was never started' : 'was stopped'
  const others = needing.length === 1 ? first.object.name : `${first.object.name} and ${needing.length - 1} more`
  return containerDraft(view, {
    code: 'D16',
    tier: 1,
    title: `${view.object.name} ${how}, and ${others} ${needing.length === 1 ? 'needs' : 'need'} it`,
    why: `The project ${view.object.project ?? ''} runs without its service ${view.object.service ?? ''}.`,
    cause: how,
    sure: 'measured',
    since: view.endedAt,
    signs: ['service-down'],
    next: `If it was not meant: docker start ${typed(view.object.name)}`,
    mayFollow: false,
    quotesLog: false,
    ...(view.events.length > 0 && { alsoFrom: [engineItems.events] }),
  })
}

function isDown(view: ContainerView): boolean {
  if (view.state === 'created') return view.facts?.error === ''
  if (view.state !== 'exited') return false
  const stop = view.events.findLastIndex(({ action }) => action === 'stop')
  const start = view.events.findLastIndex(({ action }) => action === 'start')
  return endingOf(view).how === 'stopped' || (stop !== -1 && stop > start)
}
