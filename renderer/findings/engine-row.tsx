import { NativeSelect } from '@mantine/core'
import type { RefObject } from 'react'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { type Standing, standingOf } from '../../shared/targets/standing.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import type { EnginesState } from './engines-store.ts'
import { SweepButton } from './sweep-button.tsx'
import type { SweepControl } from './use-sweep.ts'

interface Props {
  readonly state: IncidentState
  readonly control: SweepControl
  readonly chooser: RefObject<HTMLSelectElement | null>
}

/** Which engine to look at, and the verb that looks. */
export function EngineRow({ state, control, chooser }: Props) {
  const { engines, engine } = control
  if (engines.asked.state === 'failed')
    return <RefusalNote refusal={engines.asked.refusal} onRetry={control.lookAgain} />
  if (engine === null) {
    if (engines.asked.state !== 'confirmed') return <p className="asked">{findingWords.looking}</p>
    return (
      <div className="card">
        <p>{findingWords.noEngine}</p>
        <p className="soft">{findingWords.noEngineNext}</p>
        <Problems problems={engines.problems} />
        <button type="button" className="btn" onClick={control.lookAgain}>
          {findingWords.lookAgain}
        </button>
      </div>
    )
  }
  const standing = standingOf(engines.standings, engine)
  return (
    <div className={`engine-row${standing.protection === 'protected' ? ' protected' : ''}`}>
      <NativeSelect
        ref={chooser}
        aria-label={findingWords.engine}
        value={engine.id}
        onChange={(event) => control.choose(event.currentTarget.value)}
        title={engine.host}
        data={engines.endpoints.map((each) => ({ value: each.id, label: labelOf(each, engines) }))}
        size="xs"
        disabled={control.isRunning}
      />
      <SweepButton state={state} control={control} />
      <StandingLine standing={standing} />
    </div>
  )
}

/** Words for what is not as usual: a protected engine, and one that may be changed. */
function StandingLine({ standing }: { readonly standing: Standing }) {
  const isProtected = standing.protection === 'protected'
  const isAllowed = standing.changes === 'allowed'
  if (!isProtected && !isAllowed) return null
  return (
    <p className="engine-standing">
      {isProtected ? `${findingWords.protected} ` : ''}
      {isAllowed ? findingWords.changesAllowed : findingWords.readOnly}
    </p>
  )
}

/** The name alone, unless another engine has the same; and that it is protected. */
function labelOf(engine: DockerEndpoint, { endpoints, standings }: EnginesState): string {
  const { id, name, host } = engine
  const isShared = endpoints.some((other) => other.id !== id && other.name === name)
  const label = isShared && name !== host ? `${name} · ${host}` : name
  return standingOf(standings, engine).protection === 'protected' ? findingWords.protectedEngine(label) : label
}

export function Problems({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <details className="engine-problems">
      <summary className="faint">{findingWords.problems(problems.length)}</summary>
      <ul className="soft">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </details>
  )
}
