import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Clock } from '../../shared/clocks/clock.ts'
import { untimedRulesOf } from '../../shared/clocks/untimed.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Command } from '../keys/commands.ts'
import { useStores } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'
import { deskWords } from '../words/desk.ts'
import { shortNumber } from '../words/number.ts'
import { ClockCard } from './clock-card.tsx'
import { useClockCommands } from './clock-commands.ts'
import { ClockList } from './clock-list.tsx'
import { useStandingClocks } from './use-clocks.ts'

/** More than these nobody can watch. */
const MOST_CLOCKS = 5
/** Beyond these a title gets a line of its own. */
const ROOMY = 3

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  /** Says that somebody is on it; null once somebody is. */
  readonly respond: Command | null
}

const nameOf = ({ id, startedAt }: Clock) => `${id} ${startedAt}`

/** What is due, overdue first: what, how much of how much, whose. Computed from the entries each second, drawn when it changes. */
export function ClockStrip({ state, pack, respond }: Props) {
  const strip = useRef<HTMLElement>(null)
  const [stop, setStop] = useState<string | null>(null)
  const all = useStandingClocks(state, pack)
  const clocks = all.slice(0, MOST_CLOCKS)
  useClockCommands(state, pack, strip)
  const { alarms } = useStores()
  const heard = useStore(alarms.store, ({ here }) => (here?.id === state.id ? here : null))
  if (clocks.length === 0) {
    const words =
      pack === null ? clockWords.noPack : state.core.severity === null ? clockWords.none : clockWords.noneWithPack
    return (
      <section className="clocks" aria-label={clockWords.title}>
        <p className="clock-none faint">{words}</p>
      </section>
    )
  }
  const stopAt = Math.max(
    0,
    clocks.findIndex((clock) => nameOf(clock) === stop),
  )
  return (
    <section ref={strip} className={clocks.length > ROOMY ? 'clocks many' : 'clocks'} aria-label={clockWords.title}>
      <span role="alert" className="unseen">
        {heard === null ? null : deskWords.alarm(shortNumber(heard.number), heard.title, heard.at)}
      </span>
      {clocks.map((clock, index) => (
        <ClockCard
          key={`${clock.id} ${clock.startedAt} ${clock.paused === null ? clock.dueAt : ''}`}
          incident={state.id}
          clock={clock}
          facts={state.clocks}
          respond={clock.id === 'response' && clock.endedAt === null && isOpen(state) ? respond : null}
          isStop={index === stopAt}
          onFocus={() => setStop(nameOf(clock))}
        />
      ))}
      <ClockList state={state} clocks={all} untimed={pack === null ? [] : untimedRulesOf(clockInputOf(state), pack)} />
    </section>
  )
}
