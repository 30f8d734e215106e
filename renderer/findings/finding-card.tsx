import type { Finding } from '../../shared/findings/finding.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { seenBefore, standingOf } from '../../shared/findings/compare.ts'
import { suggestSeverity } from '../../shared/packs/scenarios.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { Shape } from '../ui/severity-mark.tsx'
import { findingWords } from '../words/findings.ts'
import { shortTime } from '../words/time.ts'
import { scenarioFor } from './scenario-for.ts'

interface Props {
  readonly finding: Finding
  readonly state: IncidentState
  readonly pack: Pack | null
  /** Whether its evidence is in the store and the finding in the journal. */
  readonly isKept: boolean
  onSelect(scenario: Scenario, finding: Finding): void
}

/** One finding: cause first, then what follows, what changed, how sure, and the one next step. */
export function FindingCard({ finding, state, pack, isKept, onSelect }: Props) {
  const { view } = useStores()
  const scenario = pack === null ? null : scenarioFor(pack, finding)
  const bundle = state.sweep?.bundle ?? null
  const [item] = finding.evidence
  return (
    <article className={`finding tier-${finding.tier}`} aria-label={`${finding.code} ${finding.title}`}>
      <h3 className="finding-title">
        <Shape rank={finding.tier} /> <span>{finding.title}</span> <span className="finding-code">{finding.code}</span>
      </h3>
      <p className="finding-why">{finding.why}</p>
      {finding.effects.length === 0 ? null : (
        <details className="finding-effects">
          <summary>{findingWords.related(finding.effects.length)}</summary>
          <ul>
            {finding.effects.map((effect) => (
              <li key={`${effect.code} ${effect.object.id}`}>
                {effect.title} <span className="finding-code">{effect.code}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Tags finding={finding} state={state} pack={pack} isKept={isKept} />
      <p className="finding-next">
        <span className="faint">{findingWords.next}: </span>
        {finding.next}
      </p>
      <div className="finding-ways">
        {scenario === null ? null : (
          <button type="button" className="btn plain" onClick={() => onSelect(scenario, finding)}>
            {findingWords.scenario(scenario.title)}
          </button>
        )}
        {isKept && bundle !== null && item !== undefined ? (
          <button
            type="button"
            className="btn plain end"
            onClick={() => view.open({ name: 'evidence', id: state.id, bundle, item })}
          >
            {findingWords.evidence}
          </button>
        ) : null}
      </div>
    </article>
  )
}

function Tags({ finding, state, pack, isKept }: Omit<Props, 'onSelect'>) {
  const nowMs = useNow()
  const zone = useZone()
  const suggested = pack === null ? null : suggestSeverity(pack, finding)
  const before = isKept ? (state.sweep?.earlier[state.sweep.summary.endpoint.id] ?? null) : seenInState(state)
  const standing = standingOf(finding, before, state.core.detectedAt)
  const isWorse = suggested !== null && suggested.severity.rank < (state.core.severity?.rank ?? 5)
  return (
    <p className="finding-tags">
      {isKept ? null : <span className="tag changed">△ {findingWords.notKept}</span>}
      {standing === 'first' ? null : (
        <span className={standing === 'new' ? 'tag changed' : 'tag'}>{findingWords.standing[standing]}</span>
      )}
      {isWorse ? (
        <span className="tag" title={suggested.why}>
          <Shape rank={suggested.severity.rank} /> {findingWords.suggests(suggested.severity.code)}
        </span>
      ) : null}
      {finding.changed.slice(0, 2).map((change) => (
        <span key={change.at + change.what} className="tag changed">
          {findingWords.changed(shortTime(change.at, nowMs, zone), change.what)}
        </span>
      ))}
      <span className="tag">{findingWords.sure[finding.sure]}</span>
      {finding.since === null ? null : (
        <span className="tag">{findingWords.since(shortTime(finding.since, nowMs, zone))}</span>
      )}
    </p>
  )
}

/** While a sweep still reads, the one before is the last that was kept. */
function seenInState({ sweep }: IncidentState) {
  return sweep === null ? null : seenBefore(sweep.at, sweep.findings)
}
