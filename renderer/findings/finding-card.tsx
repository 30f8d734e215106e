import { seenBefore, standingOf } from '../../shared/findings/compare.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { lapsedWaiverOf, waiverKeyOf, waiverOf } from '../../shared/findings/waivers.ts'
import type { OtherWaiver } from '../../shared/findings/calls.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { useOfNow, useZone } from '../stores.ts'
import { Coded } from '../ui/coded.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { findingWords } from '../words/findings.ts'
import { shortTime } from '../words/time.ts'
import { findingKeys } from './finding-keys.ts'
import { scenarioFor } from './scenario-for.ts'
import type { FindingActs } from './use-finding-acts.ts'

interface Props {
  readonly finding: Finding
  readonly state: IncidentState
  readonly pack: Pack | null
  /** Whether its evidence is in the store and the finding in the journal. */
  readonly isKept: boolean
  readonly acts: FindingActs
  /** Waivers of other incidents. */
  readonly elsewhere: readonly OtherWaiver[]
  /** Null in the room, which is short of space: nothing is marked there, and the keys do what has no button. */
  readonly isMarked: boolean | null
  /** How it stands to the sweep before is not told of what is untidy. */
  readonly isHygiene?: boolean
  onSelect(scenario: Scenario, finding: Finding): void
}

/** One finding: cause first, then what follows, what changed, how sure, and the one next step. */
export function FindingCard(props: Props) {
  const { finding, state, pack, acts, isMarked, onSelect } = props
  const zone = useZone()
  const scenario = pack === null || props.isHygiene === true ? null : scenarioFor(pack, finding)
  const suggested = acts.suggested(finding)
  const waiver = useOfNow((nowMs) => waiverOf(finding, state.waivers, nowMs))
  const changes = finding.changed.slice(0, isMarked === null ? 2 : 3)
  const changed = useOfNow((nowMs) =>
    changes.map(({ at, what }) => findingWords.changed(shortTime(at, nowMs, zone), what)),
  )
  /** The room may cut a line. */
  const whole = (text: string) => (isMarked === null ? text : undefined)
  return (
    <article
      className={`finding tier-${finding.tier}${waiver === null ? '' : ' waived'}`}
      aria-label={`${finding.code} ${finding.title}`}
      data-row={waiverKeyOf(finding)}
      tabIndex={-1}
    >
      <h3 className="finding-title">
        {isMarked === true ? <span className="finding-mark">✓ {findingWords.marked}</span> : null}
        <Shape rank={finding.tier} /> <span>{finding.title}</span> <span className="finding-code">{finding.code}</span>
      </h3>
      <Waivers {...props} />
      <p className="finding-why" title={whole(finding.why)}>
        <Coded text={finding.why} />
      </p>
      {finding.effects.length === 0 ? null : (
        <details className="finding-effects">
          <summary>
            {props.isHygiene === true
              ? findingWords.whichOnes(finding.effects.length)
              : findingWords.follows(finding.effects.length)}
          </summary>
          <ul>
            {finding.effects.map((effect) => (
              <li key={`${effect.code} ${effect.object.id} ${effect.title}`}>
                {effect.title} <span className="finding-code">{effect.code}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {changes.length === 0 ? null : (
        <ul className="finding-changed">
          {changes.map((change, place) => (
            <li key={change.at + change.what}>{changed[place]}</li>
          ))}
        </ul>
      )}
      <Tags {...props} />
      <p className="finding-next" title={whole(finding.next)}>
        <span className="faint">{findingWords.next}: </span>
        <Coded text={finding.next} />
      </p>
      <div className="finding-ways">
        {suggested === null ? null : (
          <button
            type="button"
            className="btn finding-accept"
            title={suggested.why}
            onClick={() => acts.accept(finding)}
            disabled={acts.asking.isAsking}
          >
            <Shape rank={suggested.severity.rank} /> <AcceptWords code={suggested.severity.code} />
            <KeyCap keys={findingKeys.accept} />
          </button>
        )}
        {scenario === null ? null : (
          <button
            type="button"
            className="btn plain finding-scenario"
            title={scenario.title}
            aria-label={findingWords.scenario(scenario.title)}
            onClick={() => onSelect(scenario, finding)}
          >
            <ScenarioWords title={scenario.title} />
          </button>
        )}
        <span className="end finding-quiet">
          {props.isKept && isMarked !== null ? (
            <button type="button" className="btn plain" onClick={() => acts.waive(finding)}>
              {waiver === null ? findingWords.waive : findingWords.unwaive}
            </button>
          ) : null}
          {acts.hasEvidence(finding) ? (
            <button type="button" className="btn plain" onClick={() => acts.openEvidence(finding)}>
              {findingWords.evidence}
            </button>
          ) : null}
        </span>
      </div>
    </article>
  )
}

function AcceptWords({ code }: { readonly code: string }) {
  const [set, asSuggested] = findingWords.acceptParts(code)
  return (
    <span>
      {set}
      <span className="finding-tail">{asSuggested}</span>
    </span>
  )
}

function ScenarioWords({ title }: { readonly title: string }) {
  const [lead, name] = findingWords.scenarioParts(title)
  return (
    <span>
      <span className="finding-lead">{lead}</span>
      {name}
    </span>
  )
}

/** That it is accepted, here or in another incident, or was until lately. */
function Waivers({ finding, state, elsewhere }: Props) {
  const zone = useZone()
  const key = waiverKeyOf(finding)
  const held = useOfNow((nowMs) => waiverOf(finding, state.waivers, nowMs))
  const over = useOfNow((nowMs) => lapsedWaiverOf(finding, state.waivers, nowMs))
  const others = useOfNow((nowMs) =>
    elsewhere.filter((other) => other.key === key && Date.parse(other.until) > nowMs).slice(0, 2),
  )
  const [heldUntil, overSince, ...othersUntil] = useOfNow((nowMs) =>
    [held, over, ...others].map((waiver) => (waiver === null ? '' : shortTime(waiver.until, nowMs, zone))),
  )
  return (
    <>
      {held === null ? null : (
        <p className="finding-waiver">
          <b>‖ {findingWords.waivedUntil(heldUntil ?? '', held.by)}</b> {held.reason}
        </p>
      )}
      {over === null ? null : (
        <p className="finding-waiver">
          <b>△ {findingWords.waiverOver(overSince ?? '')}</b> {findingWords.hadSaid(over.by, over.reason)}
        </p>
      )}
      {others.map(({ incident, number, by, reason }, place) => (
        <p key={incident} className="finding-waiver">
          {findingWords.waivedElsewhere(number, othersUntil[place] ?? '', by)} {reason}
        </p>
      ))}
    </>
  )
}

function Tags({ finding, state, isKept, isHygiene }: Props) {
  const zone = useZone()
  const { since } = finding
  const sinceWhen = useOfNow((nowMs) => (since === null ? null : findingWords.since(shortTime(since, nowMs, zone))))
  const before = isKept ? (state.sweep?.earlier[state.sweep.summary.endpoint.id] ?? null) : seenInState(state)
  const standing = isHygiene === true ? 'first' : standingOf(finding, before, state.core.detectedAt)
  return (
    <p className="finding-tags">
      {isKept ? null : <span className="tag changed">△ {findingWords.notKept}</span>}
      {standing === 'first' ? null : (
        <span className={standing === 'new' ? 'tag changed' : 'tag'}>{findingWords.standing[standing]}</span>
      )}
      <span className="tag">{findingWords.sure[finding.sure]}</span>
      {sinceWhen === null ? null : <span className="tag">{sinceWhen}</span>}
    </p>
  )
}

/** While a sweep still reads, the one before is the last that was kept. */
function seenInState({ sweep }: IncidentState) {
  return sweep === null ? null : seenBefore(sweep.at, sweep.findings)
}
