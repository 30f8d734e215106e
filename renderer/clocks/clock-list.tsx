import { useState } from 'react'
import { silenceOf, timesSnoozed } from '../../shared/clocks/alarms.ts'
import { type Clock, msLeftAt } from '../../shared/clocks/clock.ts'
import { regulatoryClockId } from '../../shared/clocks/regulatory.ts'
import type { UntimedRule } from '../../shared/clocks/untimed.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { ClockVerbs } from './clock-verbs.tsx'
import { DutyVerbs } from './duty-verbs.tsx'
import { clockWords } from '../words/clocks.ts'
import { clockFace, minuteOfDay } from '../words/time.ts'
import { walk } from './walk.ts'

interface Props {
  readonly state: IncidentState
  readonly clocks: readonly Clock[]
  readonly untimed: readonly UntimedRule[]
}

/** Every clock with its rule and what stops it, and the rules that set no time; folded away until somebody looks. */
export function ClockList(props: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="clock-list" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="soft">{clockWords.all(props.clocks.length)}</summary>
      {isOpen ? <Rows {...props} /> : null}
    </details>
  )
}

function Rows({ state, clocks, untimed }: Props) {
  const { view } = useStores()
  const nowMs = useNow()
  const zone = useZone()
  const { id: incident, clocks: facts } = state
  const stateWords = ({ state: now, quiet, endedAt }: Clock) => {
    if (endedAt !== null) return []
    if (quiet) return [clockWords.guide]
    return now === 'breached' ? [clockWords.states.breached] : now === 'soon' ? [clockWords.soon] : []
  }
  const quietWords = (clock: Clock) => {
    const silence = silenceOf(facts, clock, nowMs)
    const times = clock.endedAt === null ? timesSnoozed(facts, clock) : 0
    return [
      ...(silence === null ? [] : [clockWords.quietUntil(minuteOfDay(silence.until, zone))]),
      ...(times < 2 ? [] : [clockWords.snoozedTimes(times)]),
    ]
  }
  return (
    <div className="clock-rows">
      <ul>
        {clocks.map((clock) => (
          <li
            key={`${clock.id} ${clock.startedAt} ${clock.endedAt === null ? '' : clock.dueAt}`}
            className={clock.state === 'breached' && !clock.quiet ? 'line-due' : ''}
          >
            <button
              type="button"
              className="clock-row-open"
              title={clockWords.open}
              onKeyDown={(event) => walk(event, { among: '.clock-row-open', within: 'ul', across: false })}
              onClick={() => view.open({ name: 'clock', id: incident, clock: clock.id, startedAt: clock.startedAt })}
            >
              {clock.title}
            </button>{' '}
            <span className="clock-row-value">
              {[
                clock.endedAt === null ? clockFace(msLeftAt(clock, nowMs)) : endedWords(clock),
                ...stateWords(clock),
                clockWords.due(minuteOfDay(clock.dueAt, zone)),
                clock.owner ?? clockWords.nobody,
                ...quietWords(clock),
              ].join(' · ')}
            </span>
            <span className="soft">
              {clock.paused === null ? '' : `${clockWords.pausedBecause(clock.paused.reason)} · `}
              {clock.rule} {clockWords.stoppedBy(clock.stoppedBy)}
            </span>
            {clock.endedAt !== null || clock.quiet ? null : <ClockVerbs incident={incident} clock={clock} />}
          </li>
        ))}
      </ul>
      {untimed.length === 0 ? null : <h3 className="col-title">{clockWords.untimed}</h3>}
      <ul>
        {untimed.map(({ id, title, rule, because }) => (
          <li key={id}>
            <b>{title}</b> <span className="soft">{`${rule} ${because}`}</span>
            {id.startsWith(dutyPrefix) ? (
              <DutyVerbs incident={incident} duty={id.slice(dutyPrefix.length)} title={title} />
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How the clock of a duty is called; see `regulatoryClockId`. */
const dutyPrefix = regulatoryClockId({ id: '' })

function endedWords({ state, msLeft }: Clock): string {
  return state === 'stopped' && msLeft > 0
    ? clockWords.ended
    : state === 'met'
      ? clockWords.states.met
      : clockWords.states.stopped
}
