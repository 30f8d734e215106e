import type { PackSeverity } from '../../shared/packs/pack.ts'

/** The keys of a severity: the printed one, and the first letter of its name where no other has it. */
export interface SeverityKeys {
  readonly keys: string
  readonly also?: string
}

/**
 * The keys of a pack's severities, by their ids: the digit of the code ('0' for P0), since that is what people say; where
 * codes have none of their own, the place in the list.
 */
export function severityKeys(severities: readonly PackSeverity[]): ReadonlyMap<string, SeverityKeys> {
  const digits = severities.map(({ code }) => /^\D*(\d)$/.exec(code)?.[1])
  const areOwn = new Set(digits).size === severities.length && !digits.includes(undefined)
  const letters = severities.map(({ name }) => /^[a-z]/.exec(name.toLowerCase())?.[0])
  return new Map(
    severities.map(({ id }, place) => {
      const letter = letters[place]
      const isOwn = letter !== undefined && letter !== 'q' && letters.filter((one) => one === letter).length === 1
      const keys = (areOwn ? digits[place] : undefined) ?? String(place + 1)
      return [id, isOwn ? { keys, also: letter } : { keys }]
    }),
  )
}
