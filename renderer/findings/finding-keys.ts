import type { Finding } from '../../shared/findings/finding.ts'
import { waiverKeyOf } from '../../shared/findings/waivers.ts'
import type { Command } from '../keys/commands.ts'
import { findingWords } from '../words/findings.ts'
import type { FindingActs } from './use-finding-acts.ts'

/** The keys of the finding that has the keyboard: nearer than the room's. */
export const findingKeys = { accept: 'q', waive: 'w', evidence: 'e', mark: 'space', copy: 'c' } as const

/** What can be done with the finding that has the keyboard; none where it has not. */
export function commandsFor(finding: Finding | undefined, acts: FindingActs): Command[] {
  const words = findingWords.keys
  if (finding === undefined) return []
  const suggested = acts.suggested(finding)
  return [
    ...(suggested === null
      ? []
      : [
          {
            id: 'finding.accept',
            title: words.accept(suggested.severity.code),
            keys: findingKeys.accept,
            run: () => acts.accept(finding),
          },
        ]),
    ...(acts.hasEvidence(finding)
      ? [
          {
            id: 'finding.evidence',
            title: words.evidence,
            keys: findingKeys.evidence,
            run: () => acts.openEvidence(finding),
          },
        ]
      : []),
    { id: 'finding.waive', title: words.waive, keys: findingKeys.waive, run: () => acts.waive(finding) },
  ]
}

export function findingAt(findings: readonly Finding[], at: string | null): Finding | undefined {
  return at === null ? undefined : findings.find((finding) => waiverKeyOf(finding) === at)
}
