import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { silenceOf, timesSnoozed } from '../../shared/clocks/alarms.ts'
import { type Clock, spanOf } from '../../shared/clocks/clock.ts'
import { listOf } from '../../shared/clocks/entries.ts'
import { regulatoryClockId } from '../../shared/clocks/regulatory.ts'
import { sourceOf, yoursOf } from '../../shared/clocks/sources.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { clockWords } from '../words/clocks.ts'
import { bothTimes, clockFace, minuteOfDay, shortTime, span } from '../words/time.ts'
import { ClockActs } from './clock-acts.tsx'
import { ClockHistory } from './clock-history.tsx'
import { ClockPicture } from './clock-picture.tsx'
import { stopVerbOf } from './stop-verb.ts'
import { DutyVerbs } from './duty-verbs.tsx'
import { findClock, useClocks } from './use-clocks.ts'

interface Props {
  readonly id: string
  readonly clock: string
  readonly startedAt: string
}

/** How the clock of a duty is called; see `regulatoryClockId`. */
const dutyPrefix = regulatoryClockId({ id: '' })

/** A clock's page: how it stands, what will stop it and how, which rule made it, and what happened to it. */
export function ClockPage({ id, clock: named, startedAt }: Props) {
  const { rooms, view } = useStores()
  const { state, pack } = useStore(
    rooms.store,
    useShallow((all) => {
      const { state, pack } = roomOf(all, id)
      return { state, pack }
    }),
  )
  const clock = findClock(useClocks(state, pack), named, startedAt)
  const words = clockWords.page
  return (
    <Dialog
      title={clock === null ? clockWords.title : words.title(clock.title)}
      onClose={() => view.closeTop()}
      size={760}
    >
      {state === null || pack === null ? (
        <p>{words.gone}</p>
      ) : clock === null ? (
        <div className="clock-page stack">
          <p>{words.gone}</p>
          {named.startsWith(dutyPrefix) ? <DutyOf clock={{ id: named }} state={state} pack={pack} /> : null}
        </div>
      ) : (
        <Shown clock={clock} state={state} pack={pack} />
      )}
    </Dialog>
  )
}

interface ShownProps {
  readonly clock: Clock
  readonly state: IncidentState
  readonly pack: Pack
}

function Shown({ clock, state, pack }: ShownProps) {
  const stores = useStores()
  const words = clockWords.page
  return (
    <div className="clock-page stack">
      <div data-autofocus tabIndex={-1} className="clock-stand">
        <Stand clock={clock} state={state} />
      </div>
      <ClockPicture clock={clock} pauses={listOf(state.clocks.pauses, clock.id)} />
      <dl className="clock-facts">
        <dt>{words.since}</dt>
        <dd>{bothTimes(clock.startedAt)}</dd>
        <dt>{words.due}</dt>
        <dd>{bothTimes(clock.dueAt)}</dd>
        <dt>{words.whose}</dt>
        <dd>{clock.owner ?? <span className="line-due">{clockWords.nobody}</span>}</dd>
        <dt>{words.stops}</dt>
        <dd>{clock.stoppedBy}</dd>
      </dl>
      <ClockActs incident={state.id} clock={clock} stop={stopVerbOf(clock, state.id, stores)} />
      <RuleOf clock={clock} state={state} pack={pack} />
      {clock.kind === 'regulatory' ? <DutyOf clock={clock} state={state} pack={pack} /> : null}
      <ClockHistory clock={clock} facts={state.clocks} />
    </div>
  )
}

/** How it stands: the time, then the state in words. */
function Stand({ clock, state }: Omit<ShownProps, 'pack'>) {
  const nowMs = useNow()
  const zone = useZone()
  const silence = silenceOf(state.clocks, clock, nowMs)
  const times = timesSnoozed(state.clocks, clock)
  const whole = span(spanOf(clock, listOf(state.clocks.pauses, clock.id), nowMs))
  const words = clockWords.page
  const face = clockFace(clock.msLeft)
  const stand = () => {
    if (clock.endedAt !== null)
      return clock.state === 'met' ? words.inTime : clock.msLeft > 0 ? words.ended : words.late
    return clock.msLeft > 0 ? words.left(face, whole) : words.overdue(face)
  }
  return (
    <>
      <b className={clock.state === 'breached' && !clock.quiet ? 'clock-big late' : 'clock-big'}>{stand()}</b>
      {clock.state === 'soon' && !clock.quiet ? <span className="chip warn">{clockWords.soon}</span> : null}
      {clock.paused === null ? null : <span className="chip">{clockWords.pausedBecause(clock.paused.reason)}</span>}
      {silence === null ? null : (
        <span className="chip">
          {clockWords.quietUntil(minuteOfDay(silence.until, zone))}: {silence.reason}
        </span>
      )}
      {times < 2 ? null : <span className={times > 2 ? 'chip warn' : 'chip'}>{clockWords.snoozedTimes(times)}</span>}
      {clock.quiet ? <span className="chip">{words.guide}</span> : null}
    </>
  )
}

/** The item of the runbook that made it, whose words those are, and the entry that it counts from. */
function RuleOf({ clock, state, pack }: ShownProps) {
  const { rooms, view } = useStores()
  const yours = useStore(rooms.store, (all) => roomOf(all, state.id).yours)
  const words = clockWords.page
  const source = sourceOf(clock, pack)
  const own = source === null ? null : yoursOf(source, yours)
  const { startEntry } = clock
  return (
    <section>
      <h3 className="col-title">{words.rule}</h3>
      <p>{clock.rule}</p>
      {source === null ? (
        <p className="soft">{words.entry}</p>
      ) : (
        <>
          {[source.title, ...source.text]
            .filter((line) => !clock.rule.includes(line))
            .map((line) => (
              <p key={line} className="soft">
                {line}
              </p>
            ))}
          <p className="soft">
            {own === null
              ? words.from.runbook(`${pack.title} ${pack.version}`)
              : words.from.yours(state.core.overlay?.title ?? 'overlay')}{' '}
            <span className="mono">{source.path}</span>
            {own === null ? null : ` ${own.runbook === null ? words.opens : words.instead(own.runbook)}`}
          </p>
        </>
      )}
      {startEntry === null ? null : (
        <button
          type="button"
          className="btn plain"
          onClick={() => {
            view.close('clock')
            void rooms.reveal(state.id, { hash: startEntry })
          }}
        >
          {words.showEntry}
        </button>
      )}
    </section>
  )
}

/** The duty behind a regulatory clock: its authority, and what people said of it and why. */
function DutyOf({ clock, state, pack }: Omit<ShownProps, 'clock'> & { readonly clock: Pick<Clock, 'id'> }) {
  const nowMs = useNow()
  const zone = useZone()
  const words = clockWords.page
  const id = clock.id.slice(dutyPrefix.length)
  const duty = pack.regulatory.find((one) => one.id === id)
  return (
    <section>
      <h3 className="col-title">{words.judged}</h3>
      {duty === undefined ? null : (
        <p className="soft">
          {words.authority}: {duty.authority}
        </p>
      )}
      <ol className="clock-history">
        {listOf(state.clocks.duties, id).map(({ at, holds, since, reason, by, entry }) => (
          <li key={entry}>
            <time className="mono" dateTime={at} title={bothTimes(at)}>
              {shortTime(at, nowMs, zone)}
            </time>
            <span>
              <b>{words.said(holds)}</b> {holds ? words.sinceThen(shortTime(since, nowMs, zone)) : ''} {words.by(by)}:{' '}
              {reason}
            </span>
          </li>
        ))}
      </ol>
      {duty === undefined || state.clocks.duties[id]?.at(-1)?.holds !== false ? null : (
        <DutyVerbs incident={state.id} duty={id} title={duty.title} />
      )}
    </section>
  )
}
