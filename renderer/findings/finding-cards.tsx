import type { OtherWaiver } from '../../shared/findings/calls.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { waiverKeyOf } from '../../shared/findings/waivers.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { findingWords } from '../words/findings.ts'
import { FindingCard } from './finding-card.tsx'
import type { FindingActs } from './use-finding-acts.ts'

/** What every card of the page needs. */
export interface CardSet {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly isKept: boolean
  readonly acts: FindingActs
  readonly elsewhere: readonly OtherWaiver[]
  readonly marks: ReadonlySet<string>
  onSelect(scenario: Scenario, finding: Finding): void
}

interface Props extends CardSet {
  readonly findings: readonly Finding[]
  readonly isHygiene?: boolean
}

/** More cards than these are not drawn at once: typing finds the others. */
const MOST_CARDS = 150

export function FindingCards({ findings, marks, isHygiene = false, ...set }: Props) {
  return (
    <>
      <ol className="finding-list">
        {findings.slice(0, MOST_CARDS).map((finding) => (
          <li key={waiverKeyOf(finding)}>
            <FindingCard finding={finding} isMarked={marks.has(waiverKeyOf(finding))} isHygiene={isHygiene} {...set} />
          </li>
        ))}
      </ol>
      {findings.length > MOST_CARDS ? (
        <p className="faint">{findingWords.moreTyped(findings.length - MOST_CARDS)}</p>
      ) : null}
    </>
  )
}
