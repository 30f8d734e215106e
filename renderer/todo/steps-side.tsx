import { NativeSelect } from '@mantine/core'
import { phaseOf } from '../../shared/clocks/phases.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { useOfNow, useStores } from '../stores.ts'
import { todoWords } from '../words/todo.ts'
import type { Selection } from './column-store.ts'
import { StageSteps } from './stage-steps.tsx'
import { tickingOf } from './ticking.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
  readonly selected: Selection | null
  /** A person takes a scenario; null: none. */
  onChoose(scenario: Scenario | null): void
}

/** The runbook's steps: those of the scenario that fits or was chosen, and those of the phase. */
export function StepsSide({ state, pack, selected, onChoose }: Props) {
  const { view } = useStores()
  const place = useOfNow((nowMs) => phaseOf(state.core, pack, nowMs)?.place ?? -1)
  const phase = pack.phases[place]
  return (
    <>
      {pack.scenarios.length === 0 ? null : (
        <Chooser pack={pack} chosen={selected?.scenario.id ?? ''} onChoose={onChoose} />
      )}
      {selected === null ? null : <ScenarioCard state={state} selected={selected} pack={pack} />}
      {phase === undefined ? null : (
        <div>
          <h3 className="col-title">
            {todoWords.phase(place + 1, pack.phases.length, phase.title)}{' '}
            <span className="r">{todoWords.window(phase)}</span>
          </h3>
          <div className="card">
            <p className="soft">{phase.summary}</p>
            <StageSteps stages={phase.stages} pack={pack} ticking={tickingOf(state, 'phase', phase)} />
            <button type="button" className="btn" onClick={() => view.open({ name: 'phase', id: state.id })}>
              {todoWords.movePhase}
            </button>
          </div>
        </div>
      )}
    </>
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
  readonly selected: Selection
  readonly pack: Pack
}

function ScenarioCard({ state, selected: { scenario, because }, pack }: ScenarioProps) {
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
