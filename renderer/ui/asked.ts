import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../../shared/refusal.ts'
import type { Outcome } from '../bridge/client.ts'

/** How far something asked for has come: not yet, asked, confirmed by main, or refused. */
export type Asked =
  | { readonly state: 'idle' }
  | { readonly state: 'asked' }
  | { readonly state: 'confirmed' }
  | { readonly state: 'failed'; readonly refusal: Refusal }

export const idle: Asked = { state: 'idle' }

/** What an outcome says of what was asked. */
export function askedOf(outcome: Outcome<unknown>): Asked {
  return outcome.ok ? { state: 'confirmed' } : { state: 'failed', refusal: outcome.refusal }
}

interface Asking {
  readonly asked: Asked
  readonly refusal: Refusal | null
  readonly isAsking: boolean
  /** Asks, unless the same is being asked already. Answers whether it was confirmed. */
  ask(send: () => Promise<Outcome<unknown>>): Promise<boolean>
  forget(): void
}

/** Keeps one control's question: shows it as asked at once, then as confirmed or failed. */
export function useAsking(): Asking {
  const [asked, setAsked] = useState<Asked>(idle)
  const busy = useRef(false)
  const mounted = useRef(true)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const ask = useCallback(async (send: () => Promise<Outcome<unknown>>) => {
    if (busy.current) return false
    busy.current = true
    setAsked({ state: 'asked' })
    const outcome = await send()
    busy.current = false
    if (mounted.current) setAsked(askedOf(outcome))
    return outcome.ok
  }, [])
  const forget = useCallback(() => setAsked(idle), [])
  return {
    asked,
    refusal: asked.state === 'failed' ? asked.refusal : null,
    isAsking: asked.state === 'asked',
    ask,
    forget,
  }
}
