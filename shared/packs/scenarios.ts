import type { Pack, PackSeverity } from './pack.ts'

/** What is used of a finding (shared/findings/finding.ts) here. */
export interface Signed {
  readonly signs: readonly string[]
  readonly tier: 1 | 2 | 3
  readonly sure: 'measured' | 'likely' | 'possible'
  readonly title: string
}

/**
 * Ids of the scenarios that share a sign with `signs`, best fit first: the one of whose own signs the greatest part is
 * there, so that a scenario for one kind of trouble comes before one for any. Then the one with more of them, then the
 * pack's order.
 */
export function scenariosFor(pack: Pack, signs: readonly string[]): string[] {
  return pack.scenarios
    .map((scenario) => {
      const own = new Set(scenario.signs)
      const seen = [...own].filter((sign) => signs.includes(sign)).length
      return { id: scenario.id, seen, part: seen / Math.max(1, own.size) }
    })
    .filter(({ seen }) => seen > 0)
    .toSorted((a, b) => b.part - a.part || b.seen - a.seen)
    .map(({ id }) => id)
}

/**
 * The severity that a finding suggests: the worst level whose `suggestedBy` it meets, and why in a sentence. Null for
 * hygiene (tier 3) and where the pack says nothing about its signs. `assumed` where the finding itself is not certain.
 * It is a suggestion: a person accepts it or not.
 */
export function suggestSeverity(
  pack: Pack,
  finding: Signed,
): { severity: PackSeverity; assumed: boolean; why: string } | null {
  if (finding.tier === 3) return null
  const severity = pack.severities.find(({ suggestedBy }) =>
    suggestedBy.some((together) => together.every((sign) => finding.signs.includes(sign))),
  )
  if (severity === undefined) return null
  return {
    severity,
    assumed: finding.sure === 'possible',
    why: `${pack.title} counts this as ${severity.code}: ${severity.summary} Seen: ${finding.title}.`,
  }
}
