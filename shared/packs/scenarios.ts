import type { Pack, PackSeverity } from './pack.ts'

/** What is used of a finding (shared/findings/finding.ts) here. */
export interface Signed {
  readonly signs: readonly string[]
  readonly tier: 1 | 2 | 3
  readonly sure: 'measured' | 'likely' | 'possible'
  readonly title: string
}

/**
 * Ids of the scenarios that share a sign with `signs`, best fit first. A sign that few scenarios list weighs more than
 * one that many do; where two weigh the same, the scenario with fewer signs fits better, then the pack's order holds.
 */
export function scenariosFor(pack: Pack, signs: readonly string[]): string[] {
  const present = new Set(signs)
  const listed = new Map<string, number>()
  for (const scenario of pack.scenarios) {
    for (const sign of new Set(scenario.signs)) listed.set(sign, (listed.get(sign) ?? 0) + 1)
  }
  return pack.scenarios
    .map((scenario) => {
      const own = new Set(scenario.signs)
      const weight = [...own].reduce((sum, sign) => sum + (present.has(sign) ? 1 / (listed.get(sign) ?? 1) : 0), 0)
      return { id: scenario.id, weight, size: own.size }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.size - b.size)
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
