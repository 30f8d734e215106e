import { spellDuration } from '../clocks/duration.ts'
import type { Finding } from '../findings/finding.ts'
import type { DocumentHeader, Duration, KeyTime, SeveritySpan, SweepLine } from './model.ts'
import { count, inUtc, sentence, spellSeverity } from './words.ts'

interface SummaryFacts {
  readonly header: DocumentHeader
  readonly times: readonly KeyTime[]
  readonly durations: readonly Duration[]
  readonly severities: readonly SeveritySpan[]
  readonly leading: { readonly finding: Finding; readonly no: number; readonly at: string } | null
  readonly sweeps: readonly SweepLine[]
  /** What was written when the incident was resolved. */
  readonly summary: string
}

/** The story in a few sentences, from the journal alone. */
export function summaryOf(facts: SummaryFacts): string[] {
  return [begun(facts), severity(facts), response(facts), found(facts), ended(facts)].filter((said) => said !== null)
}

function begun({ header, times }: SummaryFacts): string {
  const declared = at(times, 'declared')
  const detected = at(times, 'detected')
  const opened = header.status === 'unconfirmed' ? 'was opened, not confirmed yet,' : 'was declared'
  const when = declared === null ? '' : ` at ${inUtc(declared)}`
  const before = detected === null || detected === declared ? '' : ` and had been detected at ${inUtc(detected)}`
  return `${header.number} '${header.title}' ${opened}${when}${before}.`
}

function severity({ header: { reached, inForce } }: SummaryFacts): string | null {
  if (reached === null) return 'No severity was set.'
  const changed = inForce !== null && inForce.id !== reached.id ? ` and ended at ${spellSeverity(inForce)}` : ''
  return `Its severity reached ${spellSeverity(reached)}${changed}${inForce?.assumed === true ? ' (assumed)' : ''}.`
}

function response({ header, durations }: SummaryFacts): string | null {
  const { commander: name } = header.roles
  const verb = header.open ? 'is in command' : 'was in command'
  const commander = name === null ? `Nobody ${verb}` : `${name} ${verb}`
  const answered = durations.find(({ id }) => id === 'to-acknowledge')
  if (answered === undefined || answered.ms === null || answered.running) return `${commander}.`
  return `${commander}; the first response came ${spellDuration(answered.ms)} after detection.`
}

function found({ leading, sweeps }: SummaryFacts): string | null {
  if (sweeps.length === 0) return null
  if (leading === null) return `${count(sweeps.length, 'sweep')} found nothing wrong.`
  const { finding, no, at: swept } = leading
  const first = sentence(`The sweep at ${inUtc(swept)} (entry ${no}) put first: ${finding.code} ${finding.title}`)
  return finding.cause === null ? first : `${first} ${sentence(`Cause as found (${finding.sure}): ${finding.cause}`)}`
}

function ended({ header, times, durations, summary }: SummaryFacts): string {
  const resolved = at(times, 'resolved')
  if (header.open || resolved === null) {
    return `It is still open: this document tells of it up to ${inUtc(header.madeAt)} and is not the last word.`
  }
  const took = durations.find(({ id }) => id === 'to-resolve')?.ms ?? null
  const how = header.status === 'false-alarm' ? 'It ended as a false alarm' : 'It was resolved'
  const after = took === null ? '' : `, ${spellDuration(took)} after detection`
  const said = `${how} at ${inUtc(resolved)}${after}`
  return summary.trim() === '' ? `${said}.` : sentence(`${said}: ${summary.trim()}`)
}

function at(times: readonly KeyTime[], id: KeyTime['id']): string | null {
  return times.find((time) => time.id === id)?.at ?? null
}
