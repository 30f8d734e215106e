import { useStore } from 'zustand'
import { isOpenRow } from '../../shared/incident/board.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { deskWords } from '../words/desk.ts'
import { incidentWords } from '../words/incident.ts'
import { shortNumber } from '../words/number.ts'
import { timeOfDay, minuteOfDay } from '../words/time.ts'

const MOST_TABS = 6

/** The open incidents side by side, the worst first, and the one looked at even if it has ended. */
export function Tabs() {
  const { board, view } = useStores()
  const rows = useStore(board.store, (state) => state.rows) ?? []
  const shown = useStore(view.store, (state) => state.view)
  const open = rows.filter(isOpenRow)
  const current = shown.name === 'incident' ? rows.find((row) => row.id === shown.id) : undefined
  const listed = open.slice(0, MOST_TABS)
  if (current !== undefined && !listed.includes(current)) listed.push(current)
  return (
    <header className="tabs">
      <nav className="tab-list" aria-label={deskWords.tabs}>
        <button
          type="button"
          className="tab"
          aria-current={shown.name === 'board' ? 'page' : undefined}
          onClick={() => view.show({ name: 'board' })}
        >
          {deskWords.board} <span className="faint">{deskWords.open(open.length)}</span>
        </button>
        {listed.map((row) => (
          <button
            key={row.id}
            type="button"
            className="tab"
            aria-current={row.id === current?.id ? 'page' : undefined}
            onClick={() => view.show({ name: 'incident', id: row.id })}
          >
            <Shape rank={row.severity?.rank ?? null} />
            <span className="unseen">{row.severity?.code ?? incidentWords.noSeverity}</span>
            {row.mode === 'exercise' ? <span className="tab-mode">{incidentWords.modes.exercise}</span> : null}
            <b>{shortNumber(row.number)}</b>
            <span className="tab-title">{row.title}</span>
          </button>
        ))}
        {open.length > MOST_TABS ? (
          <span className="faint tab-more">{deskWords.more(open.length - MOST_TABS)}</span>
        ) : null}
      </nav>
      <DeskStatus />
    </header>
  )
}

function DeskStatus() {
  const { desk, preferences, view } = useStores()
  const operator = useStore(desk.store, (state) => state.desk?.operator ?? null)
  const nowMs = useNow()
  const zone = useZone()
  const other = zone === 'utc' ? 'local' : 'utc'
  return (
    <div className="desk-status">
      {operator === null ? null : (
        <button type="button" className="btn plain quiet" onClick={() => view.open({ name: 'operator' })}>
          {deskWords.at(operator.name)}
        </button>
      )}
      <button type="button" className="btn plain quiet" onClick={() => preferences.set({ zone: other })}>
        <span className={zone === 'utc' ? 'mono zone-on' : 'mono'}>{timeOfDay(nowMs, 'utc')} UTC</span>
        <span className={zone === 'local' ? 'zone-on' : ''}>{minuteOfDay(nowMs, 'local')} local</span>
        <span className="unseen">. {deskWords.zoneIs(zone === 'utc' ? 'UTC' : 'local time')}</span>
      </button>
      <button type="button" className="btn plain quiet" onClick={() => view.open({ name: 'palette' })}>
        <span className="unseen">{deskWords.palette}</span>
        <KeyCap keys="mod+k" />
      </button>
    </div>
  )
}
