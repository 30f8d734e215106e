import { NativeSelect } from '@mantine/core'
import { phaseOf } from '../../shared/clocks/phases.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { stepsIn } from '../../shared/packs/steps-of.ts'
import { useOfNow } from '../stores.ts'
import { todoWords } from '../words/todo.ts'
import type { Ticking } from './by-hand.tsx'
import { CallNow } from './call-now.tsx'
import { StageSteps } from './stage-steps.tsx'
import { TaskList } from './tasks.tsx'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  /** The scenario that a finding selected, and that finding's title. */
  readonly selected: { readonly scenario: Scenario; readonly because: string | null } | null
  /** A person takes a scenario; null: none. */
  onChoose(scenario: Scenario | null): void
}

/** What to do: the fitting scenario, the phase with its checklist and steps, whom to call. */
export function Todo({ state, pack, selected, onChoose }: Props) {
  return (
    <section className="col todo" aria-label={todoWords.title} id="todo" tabIndex={-1}>
      <h2 className="unseen">{todoWords.title}</h2>
      {pack === null ? <p className="card soft">{todoWords.noPack}</p> : null}
      {pack === null || pack.scenarios.length === 0 ? null : (
        <Chooser pack={pack} chosen={selected?.scenario.id ?? ''} onChoose={onChoose} />
      )}
      {pack === null || selected === null ? null : (
        <ScenarioCard state={state} scenario={selected.scenario} because={selected.because} pack={pack} />
      )}
      {isOpen(state) ? <TaskList tasks={state.tasks} /> : null}
      {pack === null ? null : <PhaseCard state={state} pack={pack} />}
      {pack === null ? null : <People state={state} pack={pack} />}
    </section>
  )
}

/** `of`: a phase or scenario of the pack. */
function tickingOf(state: IncidentState, kind: 'phase' | 'scenario', of: { id: string; title: string }): Ticking {
  return {
    incident: state.id,
    checks: state.checks,
    isOpen: isOpen(state),
    list: { kind, id: of.id, title: of.title },
  }
}

function PhaseCard({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const place = useOfNow((nowMs) => phaseOf(state.core, pack, nowMs)?.place ?? -1)
  const phase = pack.phases[place]
  if (phase === undefined) return null
  return (
    <div>
      <h3 className="col-title">
        {todoWords.phase(place + 1, pack.phases.length, phase.title)}{' '}
        <span className="r">{todoWords.window(phase)}</span>
      </h3>
      <div className="card">
        <div className="phase-bars" aria-hidden="true">
          {pack.phases.map((one, index) => (
            <i key={one.id} className={index < place ? 'past' : index === place ? 'now' : ''} />
          ))}
        </div>
        {stepsIn(phase.stages).length > 3 ? null : <p className="soft">{phase.summary}</p>}
        <StageSteps stages={phase.stages} pack={pack} ticking={tickingOf(state, 'phase', phase)} />
      </div>
    </div>
  )
}

interface ChooserProps {
  readonly pack: Pack
  /** Id of the scenario that is shown; empty for none. */
  readonly chosen: string
  onChoose(scenario: Scenario | null): void
}

/** Every scenario of the runbook, for when nothing that was found points to one. */
function Chooser({ pack, chosen, onChoose }: ChooserProps) {
  return (
    <NativeSelect
      label={todoWords.scenario}
      value={chosen}
      onChange={(event) => onChoose(pack.scenarios.find((one) => one.id === event.currentTarget.value) ?? null)}
      data={[
        { value: '', label: todoWords.noScenario },
        ...pack.scenarios.map((scenario) => ({ value: scenario.id, label: scenario.title })),
      ]}
    />
  )
}

interface ScenarioProps {
  readonly state: IncidentState
  readonly scenario: Scenario
  readonly because: string | null
  readonly pack: Pack
}

function ScenarioCard({ state, scenario, because, pack }: ScenarioProps) {
  return (
    <div>
      <h3 className="unseen">{scenario.title}</h3>
      <div className="card scenario">
        <p className="soft">{because === null ? scenario.summary : todoWords.scenarioBecause(because)}</p>
        <StageSteps stages={scenario.stages} pack={pack} ticking={tickingOf(state, 'scenario', scenario)} />
      </div>
    </div>
  )
}

function People({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const titleOf = (role: string) => pack.roles.find(({ id }) => id === role)?.title ?? role
  const severity = state.core.severity
  const command = pack.commander.find((rule) => severity !== null && rule.severities.includes(severity.id))
  if (pack.contacts.length === 0 && pack.escalation.length === 0) return null
  return (
    <div>
      <h3 className="col-title">{todoWords.people}</h3>
      <div className="card people">
        <CallNow state={state} pack={pack} />
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
