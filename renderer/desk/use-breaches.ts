import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { clocksOf } from '../../shared/clocks/clocks.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useOfNow, useStores } from '../stores.ts'

/** Often enough for what lies beside what somebody looks at. */
const EVERY_MS = 5_000

/** How many clocks of an incident are overdue, as far as this window has read it; guides do not count. */
export function useBreaches(id: string): number {
  const { rooms } = useStores()
  const { state, pack } = useStore(
    rooms.store,
    useShallow((all) => {
      const { state, pack } = roomOf(all, id)
      return { state, pack }
    }),
  )
  const nowMs = useOfNow((ms) => Math.floor(ms / EVERY_MS) * EVERY_MS)
  return useMemo(() => {
    if (state === null || pack === null) return 0
    return clocksOf(clockInputOf(state), pack, nowMs).filter((clock) => clock.state === 'breached' && !clock.quiet)
      .length
  }, [state, pack, nowMs])
}
