import { useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { ClockStrip } from '../clocks/clock-strip.tsx'
import { Findings } from '../findings/findings.tsx'
import { scenarioOfFindings } from '../findings/scenario-for.ts'
import { HandoverBanner } from '../handover/handover-banner.tsx'
import { useSweep } from '../findings/use-sweep.ts'
import { useStores } from '../stores.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { type ColumnSide, columnOf } from '../todo/column-store.ts'
import { SuggestedNext } from '../todo/suggested-next.tsx'
import { Todo } from '../todo/todo.tsx'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { Wall } from '../wall/wall.tsx'
import { incidentWords } from '../words/incident.ts'
import { Banner } from './banner.tsx'
import { Conflicts } from './conflict.tsx'
import { Foot } from './foot.tsx'
import { Header } from './header.tsx'
import { roomOf } from './rooms-store.ts'
import { useRoomCommands } from './room-commands.ts'

interface RoomProps {
  readonly id: string
  /** In large type, to be read by a whole room. */
  readonly onWall: boolean
}

/** The incident room: bands of who, what and what is due; what to do, what happened, what is wrong; the verbs. */
export function Room({ id, onWall }: RoomProps) {
  const { alarms, rooms } = useStores()
  // Without its timeline, which changes with each page that somebody scrolls to.
  const { opened, state, pack } = useStore(
    rooms.store,
    useShallow((all) => {
      const { opened, state, pack } = roomOf(all, id)
      return { opened, state, pack }
    }),
  )
  useEffect(() => {
    void rooms.open(id)
    alarms.seen(id)
  }, [rooms, alarms, id])
  if (state !== null) return onWall ? <Wall state={state} pack={pack} /> : <Opened state={state} pack={pack} />
  return (
    <main className="centre">
      {opened.state === 'failed' ? (
        <RefusalNote refusal={opened.refusal} onRetry={() => void rooms.open(id)} />
      ) : (
        <output className="asked">{incidentWords.opening}</output>
      )}
    </main>
  )
}

interface OpenedProps {
  readonly state: IncidentState
  readonly pack: Pack | null
}

function Opened({ state, pack }: OpenedProps) {
  const { columns, view } = useStores()
  const field = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLSelectElement>(null)
  const responding = useAsking()
  const confirming = useAsking()
  const control = useSweep(state)
  const [isEditing, setEditing] = useState(false)
  const { side, selection } = useStore(columns.store, (all) => columnOf(all, state.id))
  const fitting = useMemo(
    () => (pack === null ? null : scenarioOfFindings(pack, state.sweep?.findings ?? [])),
    [pack, state.sweep],
  )
  const editImpact = () => {
    setEditing(true)
  }
  const turnTo = (to: ColumnSide) => {
    columns.turn(state.id, to)
    // The part that takes the focus is there once it is drawn.
    flushSync(() => undefined)
    document.getElementById('todo')?.focus()
  }
  const verbs = useRoomCommands({
    state,
    field,
    chooser,
    asking: responding,
    confirming,
    control,
    onEditImpact: editImpact,
    onCall: () => view.open({ name: 'call', id: state.id }),
    onSteps: () => turnTo(side === 'now' ? 'steps' : 'now'),
  })
  const select = (scenario: Scenario, finding: Finding) => {
    columns.select(state.id, { scenario, because: finding.title })
    turnTo('steps')
  }
  const fits = fitting === null ? null : { scenario: fitting.scenario, because: fitting.finding.title }
  const selected = selection === undefined ? fits : selection
  const canRespond = isOpen(state) && clockInputOf(state).respondedAt === null
  return (
    <main className="room">
      <div>
        <Header
          state={state}
          pack={pack}
          severity={verbs.severity}
          impact={verbs.impact}
          isEditing={isEditing && isOpen(state)}
          onEdited={() => setEditing(false)}
        />
        <HandoverBanner state={state} handover={verbs.handover} />
        <Banner state={state} verbs={verbs} />
        <Conflicts state={state} />
        {[responding, confirming].map(({ refusal, forget }, place) =>
          refusal === null ? null : (
            <div key={place} className="room-refusal">
              <RefusalNote refusal={refusal} onDismiss={forget} />
            </div>
          ),
        )}
      </div>
      <ClockStrip state={state} pack={pack} respond={canRespond ? verbs.respond : null} />
      <div className="columns">
        <Todo
          state={state}
          pack={pack}
          side={side}
          turn={verbs.steps}
          call={verbs.call}
          selected={selected}
          onChoose={(scenario) => columns.select(state.id, scenario === null ? null : { scenario, because: null })}
        />
        <Timeline state={state} field={field} />
        <div className="right">
          <Findings state={state} pack={pack} control={control} chooser={chooser} most={3} onSelect={select} />
          <SuggestedNext state={state} selected={selected} onSteps={() => turnTo('steps')} />
        </div>
      </div>
      <Foot state={state} verbs={verbs} isAsking={responding.isAsking || confirming.isAsking} />
    </main>
  )
}
