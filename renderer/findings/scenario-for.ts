import type { Finding } from '../../shared/findings/finding.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { scenariosFor } from '../../shared/packs/scenarios.ts'

/** The scenario of the pack that fits a finding best, or null. */
export function scenarioFor(pack: Pack, finding: Finding): Scenario | null {
  const [best] = scenariosFor(pack, finding.signs)
  return pack.scenarios.find(({ id }) => id === best) ?? null
}

/** The scenario that the most important finding with one selects, and that finding. */
export function scenarioOfFindings(
  pack: Pack,
  findings: readonly Finding[],
): { scenario: Scenario; finding: Finding } | null {
  for (const finding of findings) {
    const scenario = finding.tier === 3 ? null : scenarioFor(pack, finding)
    if (scenario !== null) return { scenario, finding }
  }
  return null
}
