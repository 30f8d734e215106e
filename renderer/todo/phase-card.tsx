import { phaseOf } from '../../shared/clocks/phases.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useOfNow, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { todoWords } from '../words/todo.ts'
import { openSteps, type StepAt } from './open-steps.ts'
import { tickingOf, type Ticking } from './ticking.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
  /** How many open items there is room for. */
  readonly rows: number
  onSteps(): void
}

/** The phase and what is left of its checklist, to be ticked in place. */
export function PhaseCard({ state, pack, rows, onSteps }: Props) {
  const place = useOfNow((nowMs) => phaseOf(state.core, pack, nowMs)?.place ?? -1)
  const phase = pack.phases[place]
  if (phase === undefined) return null
  const ticking = tickingOf(state, 'phase', phase)
  const { open, of, ways } = openSteps(phase.stages, ticking)
  const [way] = ways
  return (
    <div className="phase-part">
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
        {of === 0 ? <p className="soft">{phase.summary}</p> : null}
        {of > 0 && open.length === 0 ? <p className="soft">✓ {todoWords.allTicked(of)}</p> : null}
        <ul className="open-steps">
          {open.slice(0, rows).map((one) => (
            <OpenStep key={`${one.stage} ${one.step.id}`} at={one} ticking={ticking} onSteps={onSteps} />
          ))}
        </ul>
        <p className="phase-rest">
          <button type="button" className="btn plain" onClick={onSteps}>
            {todoWords.restOfPhase(Math.max(0, open.length - rows), way?.title ?? null)}
          </button>
          {open.length < of ? <span className="faint">{todoWords.ticked(of - open.length, of)}</span> : null}
        </p>
      </div>
    </div>
  )
}

interface OpenStepProps {
  readonly at: StepAt
  readonly ticking: Ticking
  onSteps(): void
}

/** One tick says that it was done by hand; a step with several values is ticked among the steps. */
function OpenStep({ at: { step, stage }, ticking, onSteps }: OpenStepProps) {
  const { rooms } = useStores()
  const asking = useAsking()
  const title = step.type === 'check' ? step.text : step.title
  const tick = () => {
    if (step.forEach !== undefined) return onSteps()
    const what = { list: ticking.list, stage, item: { id: step.id, title }, value: null, done: true, note: null }
    void asking.ask(() => rooms.change('check', { id: ticking.incident, what }))
  }
  return (
    <li>
      <button
        type="button"
        className="open-step"
        disabled={!ticking.isOpen || asking.isAsking}
        onClick={tick}
        title={title}
        aria-label={step.forEach === undefined ? todoWords.tick(step.title) : step.title}
      >
        <span aria-hidden="true" className="tick-box">
          {asking.isAsking ? '…' : '☐'}
        </span>
        <span className="open-step-title">{step.title}</span>
      </button>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </li>
  )
}
