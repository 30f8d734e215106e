import { useStore } from 'zustand'
import { clocksOf } from '../../shared/clocks/clocks.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { minuteOfDay } from '../words/time.ts'
import { updateWords } from '../words/updates.ts'

/** When the next update is due by the runbook or by what was promised; that nobody waits yet, where most of the time is left. */
export function NextUpdate({ state }: { readonly state: IncidentState }) {
  const { rooms } = useStores()
  const zone = useZone()
  const pack = useStore(rooms.store, (all) => roomOf(all, state.id).pack)
  const due = useOfNow((nowMs) => {
    if (pack === null) return null
    const clock = clocksOf(clockInputOf(state), pack, nowMs).find(
      ({ kind, endedAt }) => kind === 'update' && endedAt === null,
    )
    return clock === undefined ? null : `${clock.state} ${clock.dueAt}`
  })
  if (due === null) return null
  const [is, at = ''] = due.split(' ')
  return (
    <>
      {updateWords.next(minuteOfDay(at, zone))} {is === 'running' ? updateWords.early : null}
    </>
  )
}
