import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { StorageLine } from '../storage/storage-line.tsx'
import { ClockLine } from '../clocks/clock-line.tsx'
import { useNow, useStores } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { deskWords } from '../words/desk.ts'
import { findingWords } from '../words/findings.ts'
import { incidentWords } from '../words/incident.ts'
import { shortNumber } from '../words/number.ts'
import { ago } from '../words/time.ts'
import { uiWords } from '../words/ui.ts'
import type { Verbs } from './room-commands.ts'

/** After this long a sweep no longer says how things are. */
const STALE_MS = 10 * 60_000

interface Props {
  readonly state: IncidentState
  readonly verbs: Verbs
  readonly canRespond: boolean
  readonly isAsking: boolean
}

/** The verbs with their keys, and how old each source is. */
export function Foot({ state, verbs, canRespond, isAsking }: Props) {
  const { desk } = useStores()
  const practices = useStore(desk.store, (known) => known.desk?.practice.running === true)
  const words = incidentWords.verbs
  const open = isOpen(state)
  return (
    <footer className="foot">
      <CommandButton command={verbs.log}>{words.log}</CommandButton>
      {open ? (
        <>
          <CommandButton command={verbs.severity}>{words.severity}</CommandButton>
          <CommandButton command={verbs.sweep}>{words.sweep}</CommandButton>
        </>
      ) : null}
      <CommandButton command={verbs.evidence}>{words.evidence}</CommandButton>
      {canRespond ? <CommandButton command={verbs.respond}>{words.respond}</CommandButton> : null}
      {open ? (
        <CommandButton command={verbs.resolve}>{words.resolve}</CommandButton>
      ) : (
        <CommandButton command={verbs.reopen}>{words.reopen}</CommandButton>
      )}
      <CommandButton command={verbs.export}>{words.export}</CommandButton>
      {open && state.mode === 'exercise' && practices ? (
        <CommandButton command={verbs.restart}>{words.restart}</CommandButton>
      ) : null}
      {isAsking ? <span className="asked">{uiWords.asking}</span> : null}
      <div className="fresh">
        <Alarm />
        <ClockLine />
        <StorageLine short />
        <Source state={state} />
      </div>
    </footer>
  )
}

function Source({ state }: { readonly state: IncidentState }) {
  const nowMs = useNow()
  if (state.sweep === null) return <span>{findingWords.never}</span>
  const { name } = state.sweep.summary.endpoint
  const when = ago(state.sweep.at, nowMs)
  const isStale = isOpen(state) && nowMs - Date.parse(state.sweep.at) > STALE_MS
  return (
    <span className={isStale ? 'stale' : ''}>
      {isStale ? findingWords.stale(name, when) : findingWords.source(name, when)}
    </span>
  )
}

/** A clock of another incident that ran out. */
function Alarm() {
  const { alarms, view } = useStores()
  const newest = useStore(alarms.store, (state) => state.newest)
  return (
    <span role="alert">
      {newest === null ? null : (
        <button
          type="button"
          className="btn plain stale"
          onClick={() => view.show({ name: 'incident', id: newest.id })}
        >
          △ {deskWords.alarm(shortNumber(newest.number), newest.title)}
        </button>
      )}
    </span>
  )
}
