import { useCallback, useRef, useState } from 'react'
import type { Outcome } from '../bridge/client.ts'
import type { Refusal } from '../../shared/refusal.ts'

interface InTurn {
  /** Of the last question that was refused, until the next is asked. */
  readonly refusal: Refusal | null
  /** Asks as soon as all that was asked before is answered, whatever the answers. */
  ask(send: () => Promise<Outcome<unknown>>): void
  forget(): void
}

/** Keeps the questions of many like controls: none is dropped because another is on its way. */
export function useInTurn(): InTurn {
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const last = useRef<Promise<void>>(Promise.resolve())
  const ask = useCallback((send: () => Promise<Outcome<unknown>>) => {
    setRefusal(null)
    const turn = async () => {
      const outcome = await send()
      if (!outcome.ok) setRefusal(outcome.refusal)
    }
    last.current = last.current.then(turn, turn)
  }, [])
  const forget = useCallback(() => setRefusal(null), [])
  return { refusal, ask, forget }
}
