import type { Finding } from '../../shared/findings/finding.ts'
import type { SweepSummary } from '../../shared/findings/sweep.ts'
import { counted, plain } from './text.ts'

/** What `muster sweep --json` prints of a finding; `evidence` names items of the bundle. */
export function findingJson(finding: Finding) {
  const { code, object, rank, title, cause, evidence, ...rest } = finding
  return { code, object, rank, title, cause, evidence, ...rest }
}

/** Findings in order of weight, three lines each at most. */
export function findingLines(summary: SweepSummary, findings: readonly Finding[]): string[] {
  const seconds = (summary.tookMs / 1000).toFixed(2)
  const head = `Looked at ${counted(summary.containers, 'container')} of ${plain(summary.endpoint.name)} in ${seconds} s: ${counted(findings.length, 'finding')}.`
  const blind = summary.couldNotRead.map(({ what, why }) => `Could not read ${plain(what)}: ${plain(why)}`)
  return [head, ...findings.flatMap(linesOfFinding), ...blind]
}

/** A finding in three lines, after an empty one. */
export function linesOfFinding(finding: Finding): string[] {
  const related = finding.effects.length === 0 ? '' : ` (+${finding.effects.length} related)`
  const since = finding.since === null ? '' : `, since ${finding.since}`
  return [
    '',
    `${finding.rank}. ${finding.code}  ${plain(finding.title)}${related}`,
    `   ${plain(finding.why)}`,
    `   ${finding.sure}${since}. Next: ${plain(finding.next)}`,
  ]
}
