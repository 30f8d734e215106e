import { useRef } from 'react'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import type { Command } from '../keys/commands.ts'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { useRowsThatFit } from '../ui/use-rows-that-fit.ts'
import { todoWords } from '../words/todo.ts'
import { CallNow } from './call-now.tsx'
import type { ColumnSide, Selection } from './column-store.ts'
import { PhaseCard } from './phase-card.tsx'
import { StepsSide } from './steps-side.tsx'
import { TaskList } from './tasks.tsx'

/** More open items of a phase than these stand with its steps. */
const MOST_ITEMS = 5

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly side: ColumnSide
  /** Turns to the other side. */
  readonly turn: Command
  readonly call: Command
  /** The scenario that a finding selected, and that finding's title. */
  readonly selected: Selection | null
  /** A person takes a scenario; null: none. */
  onChoose(scenario: Scenario | null): void
}

/** What to do: now (the phase's open items, tasks, whom to call), or the runbook's steps in full. */
export function Todo({ state, pack, side, turn, call, selected, onChoose }: Props) {
  const column = useRef<HTMLElement>(null)
  const rows = useRowsThatFit(column, MOST_ITEMS)
  return (
    <section ref={column} className={`col todo ${side}`} aria-label={todoWords.title} id="todo" tabIndex={-1}>
      <h2 className="unseen">{todoWords.title}</h2>
      {pack === null ? (
        <p className="card soft">{todoWords.noPack}</p>
      ) : (
        <>
          <Sides side={side} turn={turn} scenario={selected?.scenario.title ?? null} />
          {side === 'now' ? (
            <>
              <PhaseCard state={state} pack={pack} rows={rows} onSteps={() => turn.run()} />
              {isOpen(state) ? <TaskList incident={state.id} tasks={state.tasks} /> : null}
              <CallNow state={state} pack={pack} call={call} />
              <div className="room-left" />
            </>
          ) : (
            <>
              <StepsSide state={state} pack={pack} selected={selected} onChoose={onChoose} />
              <Roles state={state} pack={pack} />
            </>
          )}
        </>
      )}
    </section>
  )
}

interface SidesProps {
  readonly side: ColumnSide
  readonly turn: Command
  readonly scenario: string | null
}

function Sides({ side, turn, scenario }: SidesProps) {
  return (
    <div className="sides">
      {(['now', 'steps'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className="side"
          aria-pressed={side === one}
          aria-keyshortcuts={shortcutOf(turn.keys ?? '')}
          onClick={() => {
            if (side !== one) turn.run()
          }}
        >
          {todoWords.sides[one]}
          {one === 'steps' && scenario !== null ? <span className="side-what">{scenario}</span> : null}
          {side === one || turn.keys === null ? null : <KeyCap keys={turn.keys} />}
        </button>
      ))}
    </div>
  )
}

/** Who may command, who is called only if, and all contacts of the runbook. */
function Roles({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const titleOf = (role: string) => pack.roles.find(({ id }) => id === role)?.title ?? role
  const severity = state.core.severity
  const command = pack.commander.find((rule) => severity !== null && rule.severities.includes(severity.id))
  if (pack.contacts.length === 0 && pack.escalation.length === 0) return null
  return (
    <div>
      <h3 className="col-title">{todoWords.people}</h3>
      <div className="card people">
        {command === undefined || severity === null ? null : (
          <p className="soft">{todoWords.mayCommand(severity.code, command.roles.map(titleOf).join(', '))}</p>
        )}
        {pack.contacts.length === 0 ? null : (
          <details>
            <summary className="soft">{todoWords.contacts(pack.contacts.length)}</summary>
            {pack.contacts.map((contact) => (
              <div key={`${contact.role} ${contact.trigger}`} className="contact">
                <b>{titleOf(contact.role)}</b> <span className="faint">{contact.trigger ?? ''}</span>
                {contact.responsibility === null ? null : <p className="soft">{contact.responsibility}</p>}
              </div>
            ))}
          </details>
        )}
      </div>
    </div>
  )
}
