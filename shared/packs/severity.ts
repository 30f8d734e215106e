import { refuse } from '../refusal.ts'
import { nearest } from './nearest.ts'
import type { Pack, PackSeverity } from './pack.ts'

/**
 * The severity that a person named by its id, code or name ('p1', 'P1', 'Critical'; upper and lower case alike).
 * Refuses (`not-found`) with the nearest one that there is.
 */
export function severityNamed(pack: Pack, word: string): PackSeverity {
  const said = word.trim().toLowerCase()
  const found = pack.severities.find(({ id, code, name }) => [id, code, name].some((one) => one.toLowerCase() === said))
  if (found !== undefined) return found
  const codes = pack.severities.map(({ code }) => code)
  const meant = nearest(word.trim(), [...codes, ...pack.severities.map(({ name }) => name)])
  throw refuse('not-found', {
    tried: `Find the severity '${word.slice(0, 100)}' in ${pack.title}`,
    happened: 'The pack has no such severity.',
    next:
      meant === null ? `Name one of: ${codes.join(', ')}.` : `Did you mean '${meant}'? There are: ${codes.join(', ')}.`,
  })
}

/** What the journal keeps of a severity. */
export function plainSeverity({
  id,
  code,
  name,
  rank,
}: PackSeverity): Pick<PackSeverity, 'id' | 'code' | 'name' | 'rank'> {
  return { id, code, name, rank }
}
