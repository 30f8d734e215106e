import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { roleSchema } from '../../shared/people/entries.ts'
import { labelIn } from '../board/board-store.ts'
import { useStanding } from '../handover/use-standing.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useNow, useOfNow, useStores, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { ModeChip } from '../ui/mode-chip.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { Shape } from '../ui/severity-mark.tsx'
import { incidentWords } from '../words/incident.ts'
import { minuteOfDay, running, shortTime, timeOfDay, zoneName } from '../words/time.ts'
import { wallWords } from '../words/wall.ts'
import { WallClocks } from './wall-clocks.tsx'
import './wall.css'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
}

/** How many of the last decisions can be read from across a room. */
const MOST_DECISIONS = 3

/** One incident in large type, for a screen that a whole room looks at: to be read, with nothing to press but the way back. */
export function Wall({ state, pack }: Props) {
  const { view } = useStores()
  const { id } = state
  const back: Command = {
    id: 'wall.back',
    title: wallWords.back,
    keys: 'escape',
    also: 'g w',
    unprinted: ['g i'],
    run: () => view.show({ name: 'incident', id }),
  }
  useCommands('base', wallWords.group, [back])
  return (
    <main className="wall" {...scrollable}>
      <WallHead state={state} />
      <Impact state={state} />
      <section aria-label={wallWords.clocks}>
        <WallClocks state={state} pack={pack} />
      </section>
      <Decisions state={state} />
      <div className="wall-foot">
        <Roles state={state} />
        <CommandButton command={back} look="plain" />
      </div>
    </main>
  )
}

function WallHead({ state }: { readonly state: IncidentState }) {
  const { board } = useStores()
  const { core } = state
  const { severity } = core
  const label = useStore(board.store, (known) => labelIn(known, state.id, core.number))
  return (
    <header className="wall-head">
      <p className={severity === null ? 'wall-severity faint' : `wall-severity rank-${severity.rank}`}>
        <span className="wall-code">
          <Shape rank={severity?.rank ?? null} /> {severity?.code ?? '?'}
        </span>
        <span className="wall-level">{severity?.name ?? incidentWords.noSeverity}</span>
        {core.assumed ? <span className="wall-level">△ {incidentWords.assumed}</span> : null}
      </p>
      <div className="wall-what">
        <h1>{core.title}</h1>
        <p className="wall-chips">
          <ModeChip mode={state.mode} />
          <span className="chip mono">{label}</span>
          {core.status === 'open' ? null : <Status state={state} />}
          <Observing state={state} />
        </p>
      </div>
      <WallTimes state={state} />
    </header>
  )
}

function Status({ state }: { readonly state: IncidentState }) {
  const zone = useZone()
  const { status, resolvedAt } = state.core
  const time = useOfNow((nowMs) =>
    resolvedAt === null ? '' : `${shortTime(resolvedAt, nowMs, zone)} ${zoneName(zone)}`,
  )
  return (
    <span className="chip warn">
      {isOpen(state) ? `△ ${incidentWords.statuses[status]}` : wallWords.ended(incidentWords.statuses[status], time)}
    </span>
  )
}

/** That another desk has command: nothing of it rings here. */
function Observing({ state }: { readonly state: IncidentState }) {
  const standing = useStanding(state)
  if (!isOpen(state) || standing?.looksOn !== true || standing.elsewhere === null) return null
  return <span className="chip warn">{wallWords.observer(standing.elsewhere.who)}</span>
}

/** What time it is, in both zones, and for how long it has been running. */
function WallTimes({ state }: { readonly state: IncidentState }) {
  const nowMs = useNow()
  const zone = useZone()
  const other = zone === 'utc' ? 'local' : 'utc'
  const { core } = state
  const endMs = core.resolvedAt === null ? nowMs : Date.parse(core.resolvedAt)
  const last = core.severities.at(-1)
  return (
    <div className="wall-times">
      <p className="wall-time">
        {timeOfDay(nowMs, zone)} <small>{zoneName(zone)}</small>
      </p>
      <p>
        {minuteOfDay(nowMs, other)} {zoneName(other)}
      </p>
      <p>
        <b>{running(endMs - Date.parse(core.detectedAt))}</b>{' '}
        {core.resolvedAt === null ? wallWords.running : wallWords.ran}
      </p>
      {last === undefined ? null : (
        <p>
          <b>{running(endMs - Date.parse(last.at))}</b> {incidentWords.atSeverity(last.severity.code)}
        </p>
      )}
    </div>
  )
}

function Impact({ state }: { readonly state: IncidentState }) {
  const { impact } = state.core
  return (
    <p className={impact === null ? 'wall-impact line-due' : 'wall-impact'}>
      <span className="unseen">{wallWords.lead}: </span>
      {impact?.text ?? wallWords.noImpact}
    </p>
  )
}

/** The commander is read first. */
function Roles({ state }: { readonly state: IncidentState }) {
  return (
    <ul className="wall-roles" aria-label={incidentWords.rolesTitle}>
      {roleSchema.options.map((role) => {
        const name = state.roles[role]?.name ?? null
        return (
          <li key={role} className={role === 'commander' ? 'wall-commander' : undefined}>
            <span className="soft">{incidentWords.roles[role]}</span>{' '}
            {name === null ? <span className="role-empty">{incidentWords.nobody}</span> : <b>{name}</b>}
          </li>
        )
      })}
    </ul>
  )
}

function Decisions({ state }: { readonly state: IncidentState }) {
  const zone = useZone()
  const last = state.tasks.decisions.slice(-MOST_DECISIONS).toReversed()
  const times = useOfNow((nowMs) => last.map(({ at }) => shortTime(at, nowMs, zone)))
  return (
    <section className="wall-decisions" aria-label={wallWords.decisions}>
      <h2>{wallWords.decisions}</h2>
      {last.length === 0 ? <p className="soft">{wallWords.noDecisions}</p> : null}
      <ul>
        {last.map(({ entry, at, text, by, outcome }, place) => (
          <li key={entry}>
            <time dateTime={at}>{times[place]}</time>
            <span className="wall-decided">{text}</span>
            <span className="wall-who soft">
              {[by, wallWords.outcomes[outcome]].filter((word) => word !== '').join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
