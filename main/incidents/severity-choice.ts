import type { Severity } from '../../shared/incident/entries.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import type { Pack, PackSeverity } from '../../shared/packs/pack.ts'
import { type Answers, triage } from '../../shared/packs/triage.ts'
import { refuse } from '../../shared/refusal.ts'
import type { SeverityChoice } from './incidents.ts'

/**
 * The severity that a person chose: the one named (by its id or code), or where the answers lead. Named and answered
 * both: the named one holds and the path is kept. Null where nothing was said at all.
 */
export function severityChoice(
  pack: Pack,
  said: { severity: string | null; answers: Answers; reason: string | null },
): SeverityChoice | null {
  const answered = Object.keys(said.answers).length > 0
  if (said.severity === null && !answered) return null
  const led = triage(pack, said.answers)
  const path = answered ? led.path : []
  if (said.severity === null) {
    return { severity: severityOf(led.severity), assumed: led.assumed, reason: said.reason ?? led.why, path }
  }
  const named = findSeverity(pack, said.severity)
  const agrees = answered && named.id === led.severity.id
  const reason = said.reason ?? (agrees ? led.why : `${named.code} was named when the incident was declared.`)
  return { severity: severityOf(named), assumed: agrees && led.assumed, reason, path }
}

function findSeverity(pack: Pack, named: string): PackSeverity {
  const wanted = named.toLowerCase()
  const found = pack.severities.find(({ id, code }) => id === wanted || code.toLowerCase() === wanted)
  if (found !== undefined) return found
  const codes = pack.severities.map(({ code }) => code)
  const meant = nearest(named, codes)
  throw refuse('bad-input', {
    tried: `Set the severity '${named}'`,
    happened: `${pack.title} has no such severity.`,
    next:
      meant === null ? `Choose one of ${codes.join(', ')}.` : `Did you mean '${meant}'? It has ${codes.join(', ')}.`,
  })
}

function severityOf({ id, code, name, rank }: PackSeverity): Severity {
  return { id, code, name, rank }
}
