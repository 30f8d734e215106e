import { type Clock, spanOf } from '../../shared/clocks/clock.ts'
import { listOf } from '../../shared/clocks/entries.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { ClockLeft, stateWords } from '../clocks/clock-card.tsx'
import { useStandingClocks } from '../clocks/use-clocks.ts'
import { useOfNow, useZone } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'
import { minuteOfDay, zoneName } from '../words/time.ts'
import { wallWords } from '../words/wall.ts'

/** As many as the strip of the room has. */
const MOST_CLOCKS = 5
/** With more than these the figures are smaller. */
const ROOMY = 3

/** What is due, overdue first, in figures that are read from across the room. What ended is no news there. */
export function WallClocks({ state, pack }: { readonly state: IncidentState; readonly pack: Pack | null }) {
  const running = useStandingClocks(state, pack)
    .filter(({ endedAt }) => endedAt === null)
    .slice(0, MOST_CLOCKS)
  if (running.length === 0) return <p className="wall-none soft">{wallWords.noClocks}</p>
  return (
    <ul className={running.length > ROOMY ? 'wall-clocks many' : 'wall-clocks'}>
      {running.map((clock) => (
        <WallClock key={`${clock.id} ${clock.startedAt}`} clock={clock} state={state} />
      ))}
    </ul>
  )
}

function WallClock({ clock, state }: { readonly clock: Clock; readonly state: IncidentState }) {
  const zone = useZone()
  const whole = useOfNow((nowMs) => spanOf(clock, listOf(state.clocks.pauses, clock.id), nowMs))
  return (
    <li className={clock.quiet ? 'wall-clock quiet' : `wall-clock ${clock.state}`}>
      <span className="wall-clock-what">
        {clock.state === 'breached' && !clock.quiet ? <span aria-hidden="true">△ </span> : null}
        {clock.title}
      </span>
      <span className="wall-figures">
        <ClockLeft clock={clock} />
      </span>
      <span>{stateWords(clock, whole)}</span>
      <span>{clock.owner ?? <span className="line-due">{clockWords.nobody}</span>}</span>
      <span>{clockWords.due(`${minuteOfDay(clock.dueAt, zone)} ${zoneName(zone)}`)}</span>
    </li>
  )
}
