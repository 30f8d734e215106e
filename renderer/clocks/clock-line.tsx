import { useStore } from 'zustand'
import { useNow, useStores } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'
import { skewWords } from '../words/skew.ts'
import { ago } from '../words/time.ts'

/** Says that this machine's clock is off, as far as a clock outside told. */
export function ClockLine() {
  const { desk } = useStores()
  const nowMs = useNow()
  const clock = useStore(desk.store, (known) => known.desk?.clock ?? null)
  const skew = skewWords(clock?.skewMs ?? null)
  if (clock === null || skew === null) return null
  return (
    <span className="stale" title={clockWords.offWhy(ago(clock.at, nowMs))}>
      △ {clockWords.off(skew, clock.against)}
    </span>
  )
}
