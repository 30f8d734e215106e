import type { Pack } from '../../shared/packs/pack.ts'
import type { Stage, StageOption } from '../../shared/packs/stage.ts'
import { ApprovalLine } from '../packs/step-parts.tsx'
import { stepWords } from '../words/steps.ts'
import { StepLine } from './step-line.tsx'
import type { Ticking } from './ticking.ts'

interface Props {
  readonly stages: readonly Stage[]
  readonly pack: Pack
  readonly ticking: Ticking
}

/** The stages of a phase or scenario: each with its steps, then the ways among which one is chosen. */
export function StageSteps({ stages, pack, ticking }: Props) {
  return stages.map((stage) => (
    <section key={stage.id} aria-label={stage.title}>
      {stages.length === 1 ? null : (
        <p className="step-head">
          {stage.title}
          {samePurpose(stage) ? null : <span className="faint"> · {stepWords.purposes[stage.purpose]}</span>}
        </p>
      )}
      {stage.summary === undefined ? null : <p className="soft">{stage.summary}</p>}
      {stage.steps.map((step) => (
        <StepLine key={step.id} step={step} pack={pack} beside={stage.steps} stage={stage.id} ticking={ticking} />
      ))}
      {stage.options.length === 0 ? null : (
        <div className="ways">
          <p className="step-head">
            {stepWords.oneOf(stage.options.length)}
            {stage.chosenBy === undefined ? null : <span className="faint"> {stepWords.chosenBy(stage.chosenBy)}</span>}
          </p>
          {stage.options.map((option) => (
            <Way key={option.id} option={option} pack={pack} stage={`${stage.id}/${option.id}`} ticking={ticking} />
          ))}
        </div>
      )}
    </section>
  ))
}

interface WayProps extends Omit<Props, 'stages'> {
  readonly option: StageOption
  readonly stage: string
}

/** One of several ways, folded: its title says when it is the one, and whether it is the last. */
function Way({ option, pack, stage, ticking }: WayProps) {
  return (
    <details className={option.lastResort ? 'step way last-resort' : 'step way'}>
      <summary>
        <span>{option.title}</span>{' '}
        <span className="step-tags">
          <span className="faint">{stepWords.steps(option.steps.length)}</span>
          {option.lastResort ? <span className="tag line-due">▼ {stepWords.lastResort}</span> : null}
          {option.approval === undefined ? null : <span className="tag yes-first">✓? {stepWords.approval}</span>}
        </span>
      </summary>
      <div className="step-body">
        {option.when === undefined ? null : <p>{stepWords.when(option.when)}</p>}
        {option.lastResort ? <p className="line-due">{stepWords.lastResortWhy}</p> : null}
        {option.approval === undefined ? null : <ApprovalLine id={option.approval} pack={pack} />}
        {option.steps.map((step) => (
          <StepLine key={step.id} step={step} pack={pack} beside={option.steps} stage={stage} ticking={ticking} />
        ))}
      </div>
    </details>
  )
}

/** A title that says its purpose already is not followed by it. */
function samePurpose(stage: Stage): boolean {
  return stage.title.toLowerCase().startsWith((stepWords.purposes[stage.purpose].split(' ')[0] ?? '').toLowerCase())
}
