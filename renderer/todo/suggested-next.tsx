import type { IncidentState } from '../../shared/incident/state.ts'
import { isOpen } from '../../shared/incident/state.ts'
import { todoWords } from '../words/todo.ts'
import type { Selection } from './column-store.ts'
import { openSteps } from './open-steps.ts'
import { tickingOf } from './ticking.ts'

interface Props {
  readonly state: IncidentState
  readonly selected: Selection | null
  onSteps(): void
}

/** The first step of the fitting scenario that nobody has done yet. */
export function SuggestedNext({ state, selected, onSteps }: Props) {
  if (selected === null || !isOpen(state)) return null
  const { scenario, because } = selected
  const ticking = tickingOf(state, 'scenario', scenario)
  const { open, ways } = openSteps(scenario.stages, ticking)
  const next = open[0]?.step.title ?? ways[0]?.title ?? null
  if (next === null) return null
  return (
    <section className="suggested" aria-label={todoWords.suggested}>
      <div>
        <h2 className="suggested-step" title={next}>
          <span className="faint">{todoWords.suggested}: </span>
          {next}
        </h2>
        <p className="faint suggested-why" title={because ?? scenario.summary}>
          {todoWords.ofScenario(scenario.title)}
        </p>
      </div>
      <button type="button" className="btn" onClick={onSteps}>
        {todoWords.showSteps}
      </button>
    </section>
  )
}
