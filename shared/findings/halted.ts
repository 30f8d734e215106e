import { containerDraft } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import { typed } from './words.ts'

const longPauseMs = 600_000

/** D10: dead, caught in its own removal, or paused for so long that somebody forgot it. */
export function haltedDraft(view: ContainerView, now: number): Draft | null {
  const { state, facts, object, events } = view
  const { name } = object
  if (state === 'dead' || facts?.dead === true) {
    return halted(view, {
      title: `${name} is dead: the engine could not remove it`,
      why: 'Its removal failed half-way, often because something still uses its files. It cannot be started again.',
      since: view.endedAt,
      next: `See who still holds it, then remove it: docker rm --force ${typed(name)}`,
    })
  }
  if (state === 'removing') {
    return halted(view, {
      title: `${name} is being removed, and has not gone`,
      why: 'The engine is removing it. If that lasts, its storage is busy or sick.',
      since: view.endedAt,
      next: 'Sweep again in a minute; if it is still there, look into the engine’s log: journalctl -u docker',
    })
  }
  if (state !== 'paused' && facts?.paused !== true) return null
  const pausedAt = events.findLast(({ action }) => action === 'pause')?.at ?? null
  if (pausedAt !== null && now - Date.parse(pausedAt) < longPauseMs) return null
  return halted(view, {
    title: `${name} is paused`,
    why: 'Its processes are frozen: it holds its memory and its connections, and answers nobody.',
    since: pausedAt,
    next: `If nobody paused it on purpose: docker unpause ${typed(name)}`,
    alsoFrom: [engineItems.events],
  })
}

type Said = Pick<Draft, 'title' | 'why' | 'since' | 'next'> & { readonly alsoFrom?: readonly string[] }

function halted(view: ContainerView, said: Said): Draft {
  return containerDraft(view, {
    code: 'D10',
    tier: 2,
    cause: null,
    sure: view.facts === null ? 'likely' : 'measured',
    signs: ['service-down'],
    mayFollow: false,
    quotesLog: false,
    ...said,
  })
}
