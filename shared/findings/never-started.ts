import { containerDraft } from './container-draft.ts'
import type { ContainerView } from './container-view.ts'
import { type Draft, tierByAge } from './draft.ts'
import { troubleIn } from './last-words.ts'
import { plain, typed } from './words.ts'

/**
 * D07, created and could not be started. Created without an error is a state like any other: somebody typed
 * `docker create`, or compose has not come to it yet.
 */
export function neverStartedDraft(view: ContainerView, now: number): Draft | null {
  const { facts, container } = view
  if (view.state !== 'created' || facts === null || facts.error === '') return null
  const { name } = view.object
  const error = plain(facts.error, 400)
  const trouble = troubleIn(error)
  return containerDraft(view, {
    code: 'D07',
    tier: tierByAge(container.createdAt, now),
    title: `${name} could not be started`,
    why: `The engine made it and could not start it: ${error}`,
    cause: shortCause(error),
    sure: 'measured',
    since: container.createdAt,
    signs: ['not-startable', 'service-down', ...(trouble === null ? [] : [trouble])],
    next: `Mend what the error names, then try: docker start ${typed(name)}`,
    mayFollow: false,
    quotesLog: false,
  })
}

/** The runtime wraps its error in those of each layer above; what went wrong stands last. */
function shortCause(error: string): string {
  const inner = error.replace(/: unknown$/, '').split(': ')
  return plain(inner.slice(-3).join(': '), 160)
}
