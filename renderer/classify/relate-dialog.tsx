import { type KeyboardEvent, type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { type BoardRow, isOpenRow } from '../../shared/incident/board.ts'
import { type Relation, relationSchema } from '../../shared/incident/entries.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { matches } from '../palette/match.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { classifyWords } from '../words/classify.ts'
import { incidentWords } from '../words/incident.ts'
import { tiedBack } from './tied-back.ts'
import './classify.css'

const SHOWN_AT_MOST = 6

/** The incident that this one belongs to, found by typing, and how; a duplicate can be ended in the same breath. */
export function RelateDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  return (
    <Dialog title={classifyWords.relate.title} onClose={() => view.closeTop()} size={680}>
      {state === null ? null : <Relate state={state} />}
    </Dialog>
  )
}

function Relate({ state }: { readonly state: IncidentState }) {
  const { board, rooms } = useStores()
  const close = useCloseOwn()
  const rows = useStore(board.store, (known) => known.rows) ?? []
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [how, setHow] = useState<Relation>('related')
  const asking = useAsking()
  const words = classifyWords.relate
  const found = rows
    .filter((row) => row.id !== state.id && row.mode === state.mode && matches(`${row.number} ${row.title}`, typed))
    .slice(0, SHOWN_AT_MOST)
  const other = found.find((row) => row.id === chosen) ?? found[0] ?? null
  const knownHow = state.core.relations.find(({ incident }) => incident === other?.id)?.how ?? null
  const canEnd = how === 'duplicate-of' && isOpen(state)
  const tie = (row: BoardRow, relation: Relation | null) =>
    rooms.change('relate', { id: state.id, other: row.id, how: relation })
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (other === null || knownHow === how) return
    if (await asking.ask(() => tie(other, how))) close()
  }
  const end = async () => {
    if (other === null) return
    const summary = words.endSummary(other.number, other.title)
    const done = await asking.ask(async () => {
      const tied = await tie(other, 'duplicate-of')
      return tied.ok ? rooms.change('resolve', { id: state.id, outcome: 'resolved', summary }) : tied
    })
    if (done) close()
  }
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const at = other === null ? 0 : found.indexOf(other) + (event.key === 'ArrowDown' ? 1 : -1)
    setChosen(found[Math.min(found.length - 1, Math.max(0, at))]?.id ?? null)
  }
  return (
    <form className="stack classify" onSubmit={(event) => void send(event)}>
      <Known state={state} rows={rows} onUntie={(row) => void asking.ask(() => tie(row, null))} />
      <label className="field-label" htmlFor="relate-search">
        {words.search}
      </label>
      <input
        id="relate-search"
        className="plain-area"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setChosen(null)
        }}
        onKeyDown={move}
        data-autofocus
        maxLength={200}
        autoComplete="off"
      />
      {found.length === 0 ? <p className="soft">{words.none}</p> : null}
      <fieldset className="severities">
        <legend className="unseen">{words.title}</legend>
        {found.map((row) => (
          <label key={row.id} className={row === other ? 'relate-choice chosen' : 'relate-choice'}>
            <input type="radio" name="other" checked={row === other} onChange={() => setChosen(row.id)} />
            <span>
              <Shape rank={row.severity?.rank ?? null} /> <span className="mono">{row.number}</span> {row.title}
            </span>
            <span className="soft">{incidentWords.statuses[row.status]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="priorities">
        <legend className="field-label">{words.how}</legend>
        {relationSchema.options.map((option) => (
          <label key={option} className="row">
            <input type="radio" name="how" checked={how === option} onChange={() => setHow(option)} />
            {words.hows[option]}
          </label>
        ))}
      </fieldset>
      {other === null ? null : <output>{words.is(words.hows[how], `${other.number} ${other.title}`)}</output>}
      <DialogFoot asking={asking} go={words.set} isReady={other !== null && knownHow !== how}>
        {canEnd ? (
          <button
            type="button"
            className="btn"
            disabled={other === null || !isOpenRow(other) || asking.isAsking}
            onClick={() => void end()}
          >
            {words.end}
          </button>
        ) : null}
      </DialogFoot>
    </form>
  )
}

interface KnownProps {
  readonly state: IncidentState
  readonly rows: readonly BoardRow[]
  onUntie(row: BoardRow): void
}

/** What it is tied to, from either side. */
function Known({ state, rows, onUntie }: KnownProps) {
  const words = classifyWords.relate
  const back = tiedBack(rows, state.id)
  const { relations } = state.core
  if (relations.length + back.length === 0) return <p className="soft">{words.knownNone}</p>
  return (
    <section aria-label={words.known}>
      <ul className="stack">
        {relations.map(({ incident, number, how }) => {
          const row = rows.find(({ id }) => id === incident)
          return (
            <li key={incident} className="row wrap">
              <span>{words.is(words.hows[how], `${row?.number ?? number} ${row?.title ?? ''}`)}</span>
              {row === undefined ? null : (
                <button type="button" className="btn plain" onClick={() => onUntie(row)}>
                  {words.untie(row.number)}
                </button>
              )}
            </li>
          )
        })}
        {back.map(({ row, how }) => (
          <li key={row.id}>{`${row.number} ${row.title}: ${words.back[how]}`}</li>
        ))}
      </ul>
    </section>
  )
}
