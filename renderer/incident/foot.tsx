import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { useStores } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { deskWords } from '../words/desk.ts'
import { incidentWords } from '../words/incident.ts'
import { shortNumber } from '../words/number.ts'
import { uiWords } from '../words/ui.ts'
import { type MenuLine, MoreMenu } from './more-menu.tsx'
import type { Verbs } from './room-commands.ts'
import { Sources } from './sources.tsx'

interface Props {
  readonly state: IncidentState
  readonly verbs: Verbs
  readonly isAsking: boolean
}

/** The six verbs with their keys, the quieter ones behind one more, and how old each source is. */
export function Foot({ state, verbs, isAsking }: Props) {
  const { desk } = useStores()
  const practices = useStore(desk.store, (known) => known.desk?.practice.running === true)
  const words = incidentWords.verbs
  const open = isOpen(state)
  const quiet: MenuLine[] = [
    ...(open
      ? [
          { command: verbs.task, title: words.task },
          { command: verbs.sweep, title: words.sweep },
        ]
      : []),
    { command: verbs.evidence, title: words.evidence },
    ...(open && state.mode === 'exercise' && practices ? [{ command: verbs.restart, title: words.restart }] : []),
    ...(open ? [{ command: verbs.resolve, title: words.resolve }] : [{ command: verbs.reopen, title: words.reopen }]),
    { command: verbs.export, title: words.export },
  ]
  return (
    <footer className="foot">
      <div className="verbs">
        <CommandButton command={verbs.log}>{words.log}</CommandButton>
        {open ? (
          <>
            <CommandButton command={verbs.decide}>{words.decide}</CommandButton>
            <CommandButton command={verbs.call}>{words.call}</CommandButton>
            <CommandButton command={verbs.update}>{words.update}</CommandButton>
            <CommandButton command={verbs.severity}>{words.severity}</CommandButton>
            <CommandButton command={verbs.handover}>{words.handover}</CommandButton>
          </>
        ) : (
          <>
            <CommandButton command={verbs.update}>{words.update}</CommandButton>
            <CommandButton command={verbs.reopen}>{words.reopen}</CommandButton>
            <CommandButton command={verbs.export}>{words.export}</CommandButton>
          </>
        )}
        <MoreMenu lines={quiet} />
      </div>
      {isAsking ? <span className="asked">{uiWords.asking}</span> : null}
      <Alarm />
      <Sources state={state} />
    </footer>
  )
}

/** A clock of another incident that ran out. */
function Alarm() {
  const { alarms, view } = useStores()
  const newest = useStore(alarms.store, (state) => state.newest)
  return (
    <span role="alert" className="foot-alarm">
      {newest === null ? null : (
        <button
          type="button"
          className="btn plain stale"
          onClick={() => view.show({ name: 'incident', id: newest.id })}
        >
          △ {deskWords.alarm(shortNumber(newest.number), newest.title, newest.at)}
        </button>
      )}
    </span>
  )
}
