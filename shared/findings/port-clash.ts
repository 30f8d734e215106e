import { containerDraft } from './container-draft.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import { endingOf } from './ending.ts'
import { typed } from './words.ts'

/** Running containers by the port of the machine that they have. */
export type PortHolders = ReadonlyMap<number, readonly { readonly view: ContainerView; readonly held: Published }[]>

type Published = NonNullable<ContainerView['facts']>['published'][number]

/**
 * D08: it is down, was not stopped, and a running container has the port of the machine that it is to publish. One that was
 * stopped, or is only made ready, waits for its turn: blue beside green. `holders`: who has which port, by `portHolders`.
 */
export function portClashDraft(view: ContainerView, holders: PortHolders): Draft | null {
  if (view.facts === null || !failedToRun(view)) return null
  for (const port of view.facts.published) {
    const holder = holders.get(port.hostPort)?.find((other) => other.view !== view && clash(other.held, port))?.view
    if (holder === undefined) continue
    return containerDraft(view, {
      code: 'D08',
      tier: 1,
      title: `${view.object.name} and ${holder.object.name} claim port ${port.hostPort}`,
      why: `${holder.object.name} runs and has port ${port.hostPort} of the machine; ${view.object.name} is to publish the same and is down.`,
      cause: `port ${port.hostPort} is taken by ${holder.object.name}`,
      sure: view.facts.error === '' ? 'likely' : 'measured',
      since: view.endedAt ?? view.container.createdAt,
      signs: ['port-in-use', 'service-down'],
      next: `Decide which of both has it; see all: docker ps --filter publish=${port.hostPort}, then docker start ${typed(view.object.name)}`,
      mayFollow: false,
      quotesLog: false,
      alsoFrom: holder.evidence,
    })
  }
  return null
}

export function portHolders(views: readonly ContainerView[]): PortHolders {
  const held = views
    .filter(({ state }) => state === 'running')
    .flatMap((view) => (view.facts?.published ?? []).map((port) => ({ view, held: port })))
  return Map.groupBy(held, ({ held: { hostPort } }) => hostPort)
}

function failedToRun(view: ContainerView): boolean {
  if (view.state === 'created') return view.facts?.error !== ''
  if (view.state !== 'exited') return false
  return (
    endingOf(view).how === 'failed' && /port|address/i.test(`${view.facts?.error ?? ''} ${view.lastWords?.text ?? ''}`)
  )
}

const everywhere = ['', '0.0.0.0', '::']

function clash(a: Published, b: Published): boolean {
  if (a.hostPort !== b.hostPort || protocolOf(a) !== protocolOf(b)) return false
  return everywhere.includes(a.hostAddress) || everywhere.includes(b.hostAddress) || a.hostAddress === b.hostAddress
}

function protocolOf({ inside }: Published): string {
  return inside.split('/')[1] ?? 'tcp'
}
