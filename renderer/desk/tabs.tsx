import { useEffect } from 'react'
import { useStore } from 'zustand'
import { type BoardRow, isOpenRow } from '../../shared/incident/board.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { deskWords } from '../words/desk.ts'
import { incidentWords } from '../words/incident.ts'
import { shortNumber } from '../words/number.ts'
import { minuteOfDay, timeOfDay, zoneName } from '../words/time.ts'
import type { Zone } from './preferences.ts'
import { useBreaches } from './use-breaches.ts'

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
  useTabKeys(listed, current)
  useOpened(listed)
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
          <Tab key={row.id} row={row} isShown={row.id === current?.id} />
        ))}
        {open.length > MOST_TABS ? (
          <span className="faint tab-more">{deskWords.more(open.length - MOST_TABS)}</span>
        ) : null}
      </nav>
      <DeskStatus />
    </header>
  )
}

interface TabProps {
  readonly row: BoardRow
  readonly isShown: boolean
}

function Tab({ row, isShown }: TabProps) {
  const { view } = useStores()
  const breaches = useBreaches(row.id)
  return (
    <button
      type="button"
      className="tab"
      aria-current={isShown ? 'page' : undefined}
      title={row.title}
      onClick={() => view.show({ name: 'incident', id: row.id })}
    >
      <Shape rank={row.severity?.rank ?? null} />
      <span className="unseen">{row.severity?.code ?? incidentWords.noSeverity}</span>
      {row.mode === 'exercise' ? <span className="tab-mode">{incidentWords.modes.exercise}</span> : null}
      <b>{shortNumber(row.number)}</b>
      <span className="tab-title">{row.title}</span>
      {breaches === 0 ? null : (
        <span className="tab-due" title={deskWords.overdue(breaches)}>
          △{breaches}
          <span className="unseen"> {deskWords.overdue(breaches)}</span>
        </span>
      )}
    </button>
  )
}

/** From tab to tab, also while typing: Ctrl and its place, or Ctrl Tab to the next. */
function useTabKeys(listed: readonly BoardRow[], current: BoardRow | undefined): void {
  const { view } = useStores()
  const words = deskWords.commands
  const show = (row: BoardRow | undefined) => {
    if (row !== undefined) view.show({ name: 'incident', id: row.id })
  }
  const at = current === undefined ? -1 : listed.indexOf(current)
  useCommands('base', words.tabs, [
    ...(listed.length < 2
      ? []
      : [
          {
            id: 'tabs.next',
            title: words.nextTab,
            keys: 'mod+tab',
            whileTyping: true,
            run: () => show(listed[(at + 1) % listed.length]),
          },
          {
            id: 'tabs.before',
            title: words.tabBefore,
            keys: 'mod+shift+tab',
            whileTyping: true,
            run: () => show(listed.at(at <= 0 ? -1 : at - 1)),
          },
        ]),
    ...listed.map((row, place) => ({
      id: `tabs.${row.id}`,
      title: words.tab(shortNumber(row.number), row.title),
      keys: `mod+${place + 1}`,
      whileTyping: true,
      run: () => show(row),
    })),
  ])
}

/** The tabs' incidents are read one after the other, so that each can say what is overdue in it. */
function useOpened(listed: readonly BoardRow[]): void {
  const { rooms } = useStores()
  const ids = listed.map(({ id }) => id).join(' ')
  useEffect(() => {
    let isWanted = true
    const openAll = async () => {
      for (const id of ids.split(' ')) if (isWanted && id !== '') await rooms.open(id)
    }
    void openAll()
    return () => {
      isWanted = false
    }
  }, [rooms, ids])
}

function DeskStatus() {
  const { desk, preferences, view } = useStores()
  const operator = useStore(desk.store, (state) => state.desk?.operator ?? null)
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
        <span className={zone === 'utc' ? 'mono zone-on' : 'mono'}>
          <Time zone="utc" /> {zoneName('utc')}
        </span>
        <span className={zone === 'local' ? 'zone-on' : ''}>
          <Time zone="local" /> {zoneName('local')}
        </span>
        <span className="unseen">. {deskWords.zoneIs(zoneName(zone))}</span>
      </button>
      <button type="button" className="btn plain quiet" onClick={() => view.open({ name: 'palette' })}>
        <span className="unseen">{deskWords.palette}</span>
        <KeyCap keys="mod+k" />
      </button>
    </div>
  )
}

/** All of the status that changes by itself: UTC by the second, local time by the minute. */
function Time({ zone }: { readonly zone: Zone }) {
  return useOfNow((nowMs) => (zone === 'utc' ? timeOfDay(nowMs, 'utc') : minuteOfDay(nowMs, 'local')))
}
