import { isBlindSpot } from '../../shared/findings/blind-spots.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { SweepSummary } from '../../shared/findings/sweep.ts'
import { counted, plain } from './text.ts'

/** What `muster sweep --json` prints of a finding; `evidence` names items of the bundle. */
export function findingJson(finding: Finding) {
  const { code, object, rank, title, cause, evidence, ...rest } = finding
  return { code, object, rank, title, cause, evidence, ...rest }
}

/** Findings in order of weight, what could not be checked last. */
export function findingLines(summary: SweepSummary, findings: readonly Finding[]): string[] {
  const seconds = (summary.tookMs / 1000).toFixed(2)
  const blind = findings.filter(isBlindSpot).length
  const dark = blind === 0 ? '' : `, and ${counted(blind, 'thing')} that could not be checked`
  const head = `Looked at ${counted(summary.containers, 'container')} of ${plain(summary.endpoint.name)} in ${seconds} s: ${counted(findings.length - blind, 'finding')}${dark}.`
  return [head, ...findings.flatMap(linesOfFinding)]
}

/** Effects and changes that are shown of one finding. */
const most = 5

/** A finding, after an empty line: what and why, what goes with it, what changed before, and what to do. */
export function linesOfFinding(finding: Finding): string[] {
  const related = finding.effects.length === 0 ? '' : ` (+${finding.effects.length} related)`
  const since = finding.since === null ? '' : `, since ${finding.since}`
  return [
    '',
    `${finding.rank}. ${finding.code}  ${plain(finding.title)}${related}`,
    `   ${plain(finding.why)}`,
    ...finding.effects.slice(0, most).map(({ code, title }) => `   + ${code}  ${plain(title)}`),
    ...(finding.effects.length > most ? [`   + ${finding.effects.length - most} more`] : []),
    ...finding.changed.map(({ at, what }) => `   Before, at ${at}: ${plain(what)}`),
    `   ${finding.sure}${since}. Next: ${plain(finding.next)}`,
  ]
}
