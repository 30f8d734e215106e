import type { SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { labelIn } from '../board/board-store.ts'
import type { Command } from '../keys/commands.ts'
import { SpanNote } from '../people/span-note.tsx'
import { useTyped, useNow, useOfNow, useStores, useZone } from '../stores.ts'
import { phaseOf } from '../../shared/clocks/phases.ts'
import { useAsking } from '../ui/use-asking.ts'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { ModeChip } from '../ui/mode-chip.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { SeverityBadge } from '../ui/severity-badge.tsx'
import { incidentWords } from '../words/incident.ts'
import { bothTimes, running, shortTime } from '../words/time.ts'
import { uiWords } from '../words/ui.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { HeadLinks } from './head-links.tsx'
import { RolesLine } from './roles.tsx'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly severity: Command
  readonly impact: Command
  readonly isEditing: boolean
  onEdited(): void
}

/** Who, what, how bad, how long: what a commander reads first. */
export function Header({ state, pack, severity, impact, isEditing, onEdited }: Props) {
  const { core } = state
  const { board } = useStores()
  const label = useStore(board.store, (known) => labelIn(known, state.id, core.number))
  const phase = useOfNow((nowMs) => (pack === null ? null : (phaseOf(core, pack, nowMs)?.phase.title ?? null)))
  return (
    <div className="head">
      <button
        type="button"
        className="badge-button"
        onClick={() => severity.run()}
        title={severity.title}
        aria-keyshortcuts={shortcutOf(severity.keys ?? '')}
      >
        <SeverityBadge severity={core.severity} assumed={core.assumed} />
        <span className="unseen">. {severity.title}</span>
      </button>
      <div className="head-what">
        <div className="head-title">
          <h1 title={core.title}>{core.title}</h1>
          <ModeChip mode={state.mode} />
          <span className="chip mono">{label}</span>
          <span className="chip">{[core.pack?.title ?? null, phase].filter((word) => word !== null).join(' · ')}</span>
        </div>
        {isEditing ? <ImpactField state={state} onEdited={onEdited} /> : <Impact state={state} impact={impact} />}
        <HeadLinks state={state} />
      </div>
      <div className="head-side">
        <Running state={state} />
        <RolesLine state={state} />
        <SpanNote state={state} />
      </div>
    </div>
  )
}

function Impact({ state, impact }: { readonly state: IncidentState; readonly impact: Command }) {
  const zone = useZone()
  const { impact: stated } = state.core
  const when = useOfNow((nowMs) => (stated === null ? '' : shortTime(stated.at, nowMs, zone)))
  return (
    <div className="impact">
      <button type="button" className="impact-text" onClick={() => impact.run()} aria-keyshortcuts="I">
        <span className="unseen">{incidentWords.editImpact}: </span>
        {stated?.text ?? incidentWords.noImpact}
      </button>{' '}
      {stated === null ? <KeyCap keys="i" /> : <span className="faint">{incidentWords.editedBy(stated.by, when)}</span>}
    </div>
  )
}

/** The impact, edited where it stands. Leaving keeps what was typed. */
function ImpactField({ state, onEdited }: { readonly state: IncidentState; onEdited(): void }) {
  const { rooms } = useStores()
  const [typed, setTyped, forget] = useTyped(`impact ${state.id}`, state.core.impact?.text ?? '')
  const asking = useAsking()
  const words = incidentWords.impactDialog
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (typed.trim() === '') return
    if (!(await asking.ask(() => rooms.change('stateImpact', { id: state.id, text: typed.trim() })))) return
    forget()
    onEdited()
  }
  return (
    <form className="impact-edit" onSubmit={(event) => void send(event)}>
      <input
        ref={focusOnMount}
        aria-label={words.label}
        placeholder={words.hint}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={(event) => {
          if (!event.currentTarget.form?.contains(event.relatedTarget)) onEdited()
        }}
        maxLength={2000}
      />
      <button type="submit" className="btn first" disabled={typed.trim() === '' || asking.isAsking}>
        {words.set} <KeyCap keys="enter" />
      </button>
      {asking.isAsking ? <span className="asked">{uiWords.asking}</span> : null}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </form>
  )
}

function Running({ state }: { readonly state: IncidentState }) {
  const nowMs = useNow()
  const { core } = state
  const endMs = core.resolvedAt === null ? nowMs : Date.parse(core.resolvedAt)
  const last = core.severities.at(-1)
  return (
    <div className="run">
      <span title={bothTimes(core.detectedAt)}>
        <span className="run-time">{running(endMs - Date.parse(core.detectedAt))}</span>{' '}
        <span className="faint">{core.resolvedAt === null ? incidentWords.running : incidentWords.ran}</span>
      </span>
      {last === undefined ? null : (
        <span title={bothTimes(last.at)}>
          <span className="run-time">{running(endMs - Date.parse(last.at))}</span>{' '}
          <span className="faint">{incidentWords.atSeverity(last.severity.code)}</span>
        </span>
      )}
    </div>
  )
}
