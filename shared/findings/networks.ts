import { containerDraft } from './container-draft.ts'
import type { ComposeGraph } from './compose-graph.ts'
import { serviceKey } from './compose-graph.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import { plain, typed } from './words.ts'

/** Modes without a network of the container's own. */
const withoutNetwork = /^(?:host|none|container:.*)$/

/** D17: runs, and is attached to no network; or shares none with a service that it needs. */
export function networkDraft(view: ContainerView, graph: ComposeGraph): Draft | null {
  const { facts, object, state } = view
  if (facts === null || state !== 'running' || facts.networkMode === '' || withoutNetwork.test(facts.networkMode))
    return null
  const own = facts.networks.filter(({ address }) => address !== null).map(({ name }) => name)
  if (own.length === 0) {
    return draftOf(view, {
      title: `${object.name} is attached to no network`,
      why: `It was made for the network ${plain(facts.networkMode, 80)} and has no address in any. Nobody reaches it, and it reaches nobody.`,
      cause: 'it was detached from its network',
      next: `Attach it again: docker network connect ${typed(facts.networkMode)} ${typed(object.name)}`,
      tier: 1,
      sure: 'measured',
    })
  }
  const apart = needApart(view, own, graph)
  if (apart === null) return null
  return draftOf(view, {
    title: `${object.name} shares no network with ${apart}, which it needs`,
    why: `Its networks: ${own.map((name) => plain(name, 60)).join(', ')}. The name ${apart} means nothing to it there.`,
    cause: `no network in common with ${apart}`,
    next: 'Give both one network in the compose file, or attach one of them by docker network connect.',
    tier: 2,
    sure: 'likely',
  })
}

/** The first service that it says it needs, runs, and is in none of its networks. */
function needApart(view: ContainerView, own: readonly string[], graph: ComposeGraph): string | null {
  const service = serviceKey(view)
  if (service === null) return null
  for (const need of view.container.dependsOn) {
    const others = graph
      .containersOf(`${view.object.project ?? ''}\n${need}`)
      .filter(({ state }) => state === 'running')
    const known = others.filter(({ facts }) => facts !== null && facts.networks.length > 0)
    if (known.length === 0 || known.length < others.length) continue
    const shared = known.some(({ facts }) => facts?.networks.some(({ name }) => own.includes(name)) === true)
    const hosted = known.some(({ facts }) => withoutNetwork.test(facts?.networkMode ?? ''))
    if (!shared && !hosted) return plain(need, 80)
  }
  return null
}

type Said = Pick<Draft, 'title' | 'why' | 'cause' | 'next' | 'tier' | 'sure'>

function draftOf(view: ContainerView, said: Said): Draft {
  return containerDraft(view, {
    code: 'D17',
    since: null,
    signs: ['no-connection'],
    mayFollow: false,
    quotesLog: false,
    ...said,
  })
}
