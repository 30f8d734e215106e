import type { Finding } from '../../shared/findings/finding.ts'
import { groupByOwner } from '../../shared/findings/owners.ts'
import { findingWords } from '../words/findings.ts'
import { type CardSet, FindingCards } from './finding-cards.tsx'

interface Props {
  readonly findings: readonly Finding[]
  readonly set: CardSet
}

/** Findings under the compose project and service that owns what they are about. */
export function OwnersTab({ findings, set }: Props) {
  return (
    <ul className="owner-list">
      {groupByOwner(findings).map(({ project, services }) => (
        <li key={project ?? ''}>
          <h3 className="owner-title">
            {project ?? findingWords.noProject}{' '}
            <span className="faint">{findingWords.found(services.flatMap((service) => service.findings).length)}</span>
          </h3>
          {services.map(({ service, findings: ofIt }) => (
            <section key={service ?? ''} className="service-branch" aria-label={service ?? findingWords.noService}>
              {service === null ? null : <h4>{service}</h4>}
              <FindingCards findings={ofIt} {...set} />
            </section>
          ))}
        </li>
      ))}
    </ul>
  )
}
