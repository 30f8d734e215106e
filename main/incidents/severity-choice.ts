import type { Severity } from '../../shared/incident/entries.ts'
import { type GridAnswer, gridSeverity } from '../../shared/packs/grid.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import type { Pack, PackSeverity } from '../../shared/packs/pack.ts'
import { type Answers, triage } from '../../shared/packs/triage.ts'
import { refuse } from '../../shared/refusal.ts'
import type { SeverityChoice } from './incidents.ts'

/** What somebody said of how bad it is. */
export interface SaidSeverity {
  readonly severity: string | null
  readonly answers: Answers
  readonly reason: string | null
  /** Where in the grid of impact and urgency they see it; left out: it was not used. */
  readonly grid?: GridAnswer | undefined
}

/**
 * The severity that a person chose: the one named (by its id or code), or where the answers and the grid lead, of the two the
 * higher. Named too: the named one holds, path and place in the grid are kept. Null where nothing was said at all.
 */
export function severityChoice(pack: Pack, said: SaidSeverity): SeverityChoice | null {
  const answered = Object.keys(said.answers).length > 0
  const seen = said.grid === undefined ? null : gridSeverity(pack, said.grid)
  if (said.severity === null && !answered && seen === null) return null
  const asked = triage(pack, said.answers)
  const byGrid = seen !== null && (!answered || seen.severity.rank < asked.severity.rank)
  const led = byGrid ? seen : asked
  const kept = { path: answered ? asked.path : [], ...(seen === null ? {} : { grid: seen.choice }) }
  if (said.severity === null) {
    return { severity: severityOf(led.severity), assumed: led.assumed, reason: said.reason ?? led.why, ...kept }
  }
  const named = findSeverity(pack, said.severity)
  const agrees = (answered || seen !== null) && named.id === led.severity.id
  const reason = said.reason ?? (agrees ? led.why : `${named.code} was named when the incident was declared.`)
  return { severity: severityOf(named), assumed: agrees && led.assumed, reason, ...kept }
}

/** The same, set before anybody said why: the reason is owed. */
export function owing(choice: SeverityChoice): SeverityChoice {
  return { ...choice, reason: 'The reason follows.', owed: true }
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
