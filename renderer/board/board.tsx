import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { BoardRow } from '../../shared/incident/board.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { StorageLine } from '../storage/storage-line.tsx'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { ModeChip } from '../ui/mode-chip.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { SeverityMark } from '../ui/severity-mark.tsx'
import { boardWords } from '../words/board.ts'
import { conflictWords } from '../words/conflicts.ts'
import { incidentWords } from '../words/incident.ts'
import { practiceWords } from '../words/practice.ts'
import { ago, bothTimes, running, shortTime } from '../words/time.ts'
import { uiWords } from '../words/ui.ts'
import { lookFirst } from './look-first.ts'
import { isOpenRow } from '../../shared/incident/board.ts'

/** All incidents, one line each: open before ended, worst first. */
export function Board() {
  const stores = useStores()
  const { board, desk, practice, view } = stores
  const rows = useStore(board.store, (state) => state.rows) ?? []
  const known = useStore(desk.store, (state) => state.desk)
  const { asked, what } = useStore(practice.store)
  const list = useRef<HTMLDivElement>(null)
  const startPractice = async () => {
    const isStill = view.mark()
    const id = await practice.start()
    if (id !== null && isStill()) view.show({ name: 'incident', id })
  }
  const declare: Command = {
    id: 'board.declare',
    title: boardWords.declare,
    keys: 'n',
    run: () => view.show({ name: 'declare' }),
  }
  const look: Command = {
    id: 'board.look',
    title: boardWords.look.command,
    keys: 'shift+f',
    run: () => void lookFirst(stores),
  }
  const start: Command = {
    id: 'board.practice',
    title: boardWords.commands.practice,
    keys: 'p',
    run: () => void startPractice(),
  }
  const stop: Command = {
    id: 'board.stop',
    title: boardWords.commands.stop,
    keys: null,
    run: () => void practice.stop(),
  }
  useCommands('base', boardWords.commands.group, [
    start,
    ...(known?.practice.running === true ? [stop] : []),
    { id: 'board.down', title: boardWords.commands.down, keys: 'arrowdown', run: () => moveFocus(list.current, 1) },
    { id: 'board.up', title: boardWords.commands.up, keys: 'arrowup', run: () => moveFocus(list.current, -1) },
  ])
  const isEmpty = rows.length === 0
  useEffect(() => {
    // Enter opens the worst incident at once; but nobody's focus is taken from them.
    if (!isEmpty && document.activeElement === document.body) moveFocus(list.current, 0)
  }, [isEmpty])
  const open = rows.filter(isOpenRow)
  const ended = rows.filter((row) => !isOpenRow(row))
  return (
    <main className="board" ref={list}>
      <div className="board-head">
        <h1>{boardWords.title}</h1>
        <div className="row wrap end">
          {known?.practice.running === true ? (
            <>
              <span className="soft">{boardWords.practiceRuns}</span>
              <CommandButton command={stop} />
            </>
          ) : null}
          {rows.length === 0 ? null : (
            <>
              <CommandButton command={start}>{boardWords.practice}</CommandButton>
              <CommandButton command={look}>{boardWords.look.go}</CommandButton>
              <CommandButton command={declare} look="first" />
            </>
          )}
        </div>
      </div>
      {asked.state === 'failed' ? <RefusalNote refusal={asked.refusal} /> : null}
      {asked.state === 'asked' ? (
        <output className="asked">{what === 'start' ? practiceWords.starting : practiceWords.stopping}</output>
      ) : null}
      {known?.packProblems.map((problem) => (
        <RefusalNote key={problem.tried + problem.happened} refusal={problem} />
      ))}
      {rows.length === 0 ? (
        <Empty declare={declare} look={look} practice={start} asking={asked.state === 'asked'} />
      ) : (
        <>
          <Lines title={boardWords.open} rows={open} empty={boardWords.noneOpen} />
          {ended.length === 0 ? null : <Lines title={boardWords.ended} rows={ended} empty="" />}
        </>
      )}
      <p className="board-storage">
        <StorageLine />
      </p>
    </main>
  )
}

/** No line is lower. */
const LINE_PX = 36
/** Long enough for the first drawing to be on the screen. */
const DRAWN_MS = 100

/** How many lines are drawn: first what is seen, soon after it all. */
function useLinesDrawn(): number {
  const [most, setMost] = useState(() => Math.ceil(window.innerHeight / LINE_PX))
  useEffect(() => {
    const later = setTimeout(() => setMost(Number.POSITIVE_INFINITY), DRAWN_MS)
    return () => clearTimeout(later)
  }, [])
  return most
}

interface LinesProps {
  readonly title: string
  readonly rows: readonly BoardRow[]
  readonly empty: string
}

function Lines({ title, rows, empty }: LinesProps) {
  const words = boardWords.columns
  const most = useLinesDrawn()
  return (
    <section aria-label={title} className="stack board-section">
      <h2>
        {title} <span className="faint">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="card soft">{empty}</p>
      ) : (
        <div className="card lines">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.severity}</th>
                <th scope="col">{words.incident}</th>
                <th scope="col">{words.mode}</th>
                <th scope="col">{words.status}</th>
                <th scope="col">{words.running}</th>
                <th scope="col">{words.commander}</th>
                <th scope="col">{words.last}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, most).map((row) => (
                <Line key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Line({ row }: { readonly row: BoardRow }) {
  const { view } = useStores()
  const zone = useZone()
  const isOpen = isOpenRow(row)
  const last = useOfNow((nowMs) => (isOpen ? ago(row.lastAt, nowMs) : shortTime(row.lastAt, nowMs, zone)))
  const open = () => view.show({ name: 'incident', id: row.id })
  return (
    // The whole line answers the mouse; the keyboard and readers have the button in it.
    <tr className={isOpen ? 'line' : 'line ended'} onClick={open}>
      <td>
        <SeverityMark severity={row.severity} />
      </td>
      <td className="line-title">
        <button type="button" className="line-open" onClick={open}>
          {row.title}
        </button>
        <span className="mono faint">{row.number}</span>
      </td>
      <td>
        <ModeChip mode={row.mode} />
      </td>
      <td>
        {incidentWords.statuses[row.status]}
        {isOpen && row.respondedAt === null ? <span className="line-due"> · {boardWords.response}</span> : null}
        {row.conflicts.length > 0 ? <span className="line-due"> · {conflictWords.onBoard(row.conflicts)}</span> : null}
      </td>
      <td className="line-running">
        <Running row={row} />
      </td>
      <td>{row.commander ?? <span className="line-due">{boardWords.noCommander}</span>}</td>
      <td className="faint" title={bothTimes(row.lastAt)}>
        {last}
      </td>
    </tr>
  )
}

/** How long it has run, or ran: all of a line that changes with each second. */
function Running({ row }: { readonly row: BoardRow }) {
  const { resolvedAt, detectedAt } = row
  return useOfNow((nowMs) => running((resolvedAt === null ? nowMs : Date.parse(resolvedAt)) - Date.parse(detectedAt)))
}

interface EmptyProps {
  readonly declare: Command
  readonly look: Command
  readonly practice: Command
  readonly asking: boolean
}

function Empty({ declare, look, practice, asking }: EmptyProps) {
  const words = boardWords.empty
  return (
    <div className="board-empty">
      <div className="stack">
        <h2 className="empty-title">{words.title}</h2>
        <p className="soft">{words.what}</p>
      </div>
      <div className="empty-ways">
        <section className="card stack" aria-label={words.declareTitle}>
          <h3>{words.declareTitle}</h3>
          <p className="soft">{words.declareWhat}</p>
          <CommandButton command={declare} look="first">
            {words.declareGo}
          </CommandButton>
          <p className="soft">{boardWords.look.hint}</p>
          <CommandButton command={look}>{boardWords.look.go}</CommandButton>
        </section>
        <section className="card stack practice-way" aria-label={words.practiceTitle}>
          <h3>{words.practiceTitle}</h3>
          <p className="soft">{words.practiceWhat}</p>
          <CommandButton command={practice} disabled={asking}>
            {words.practiceGo}
          </CommandButton>
        </section>
      </div>
      <p className="faint">
        <KeyCap keys="?" /> {uiWords.keysHint}
      </p>
    </div>
  )
}

/** Moves the focus along the lines; by 0 to the first one if none has it. */
function moveFocus(list: HTMLElement | null, by: number): void {
  const buttons = [...(list?.querySelectorAll<HTMLElement>('.line-open') ?? [])]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const to = at === -1 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by))
  buttons[to]?.focus()
}
