import { useCallback, useEffect, useId } from 'react'
import { useStore } from 'zustand'
import type { Refusal } from '../../shared/refusal.ts'
import type { Outcome } from '../bridge/client.ts'
import { useStores } from '../stores.ts'
import { type Asked, askedOf, idle } from './asked.ts'

interface Asking {
  readonly asked: Asked
  readonly refusal: Refusal | null
  readonly isAsking: boolean
  /** Asks, unless the same is being asked already. Answers whether it was confirmed. */
  ask(send: () => Promise<Outcome<unknown>>): Promise<boolean>
  forget(): void
}

/**
 * Keeps one control's question: shows it as asked at once, then as confirmed or failed. Where the control is gone when the
 * answer comes, a refusal is told across the window. With a name, a control that comes back finds its question as it stands:
 * what is on its way is not asked twice.
 */
export function useAsking(name?: string): Asking {
  const { asking, view } = useStores()
  const own = useId()
  const control = name ?? own
  const asked = useStore(asking.store, (all) => all.asked[control] ?? idle)
  useEffect(() => {
    const leave = asking.attend(control)
    return () => {
      leave()
      if (asking.of(control).state !== 'asked') asking.drop(control)
    }
  }, [asking, control])
  const ask = useCallback(
    async (send: () => Promise<Outcome<unknown>>) => {
      if (asking.of(control).state === 'asked') return false
      asking.set(control, { state: 'asked' })
      const { view: shown } = view.store.getState()
      const outcome = await send()
      if (asking.isAttended(control)) asking.set(control, askedOf(outcome))
      else {
        asking.drop(control)
        const incident = shown.name === 'incident' ? shown.id : null
        if (!outcome.ok) asking.refusedUnread({ refusal: outcome.refusal, incident })
      }
      return outcome.ok
    },
    [asking, control, view],
  )
  const forget = useCallback(() => asking.drop(control), [asking, control])
  return {
    asked,
    refusal: asked.state === 'failed' ? asked.refusal : null,
    isAsking: asked.state === 'asked',
    ask,
    forget,
  }
}
