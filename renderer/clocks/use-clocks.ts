import { useMemo } from 'react'
import { type Clock, stand } from '../../shared/clocks/clock.ts'
import { clocksOf } from '../../shared/clocks/clocks.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useNow, useOfNow } from '../stores.ts'

/** The clocks of an incident as they stand in this second; none without its runbook. */
export function useClocks(state: IncidentState | null, pack: Pack | null): readonly Clock[] {
  const nowMs = useNow()
  const input = useMemo(() => (state === null ? null : clockInputOf(state)), [state])
  return input === null || pack === null ? [] : clocksOf(input, pack, nowMs)
}

/** The same, seen anew only when one of them changed otherwise than by the time that passed: `msLeft` is of that moment. */
export function useStandingClocks(state: IncidentState, pack: Pack | null): readonly Clock[] {
  const input = useMemo(() => clockInputOf(state), [state])
  return useOfNow((nowMs) => (pack === null ? noClocks : clocksOf(input, pack, nowMs)), standAlike)
}

const noClocks: readonly Clock[] = []

function standAlike(a: readonly Clock[], b: readonly Clock[]): boolean {
  return a.length === b.length && a.every((clock, place) => stand(clock, b[place]))
}

/** The clock that was meant: by its name and when it began to count, else the newest of that name. */
export function findClock(clocks: readonly Clock[], id: string, startedAt: string): Clock | null {
  const named = clocks.filter((clock) => clock.id === id)
  return named.find((clock) => clock.startedAt === startedAt) ?? named[0] ?? null
}
