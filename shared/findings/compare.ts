import type { Finding } from './finding.ts'

/** What a sweep found, as far as a later one is compared with it. */
export interface SeenBefore {
  /** When it was kept, ISO UTC. */
  readonly at: string
  readonly findings: readonly { readonly key: string; readonly title: string }[]
}

/**
 * How a finding stands to what was seen before, the one owner of both the baseline and the difference between sweeps:
 *
 * - `baseline`  it was so before the incident began, by its own account
 * - `still`     the sweep before had it too
 * - `new`       the sweep before had it not
 * - `first`     nothing was looked at before
 */
export type Standing = 'baseline' | 'still' | 'new' | 'first'

/** Clocks differ, and what begins an incident is often noticed a little later than it began. */
const leewayMs = 900_000

/** The same trouble of the same thing, from sweep to sweep: a container made anew keeps its name and not its id. */
export function keyOfFinding({ code, object }: Pick<Finding, 'code' | 'object'>): string {
  return `${code} ${object.kind} ${object.name}`
}

export function seenBefore(at: string, findings: readonly Finding[]): SeenBefore {
  return { at, findings: findings.map((finding) => ({ key: keyOfFinding(finding), title: finding.title })) }
}

/** `began`: when the incident was detected, ISO UTC. */
export function standingOf(finding: Finding, before: SeenBefore | null, began: string): Standing {
  if (finding.since !== null && Date.parse(finding.since) < Date.parse(began) - leewayMs) return 'baseline'
  if (before === null) return 'first'
  const key = keyOfFinding(finding)
  return before.findings.some((known) => known.key === key) ? 'still' : 'new'
}

/** Titles of what the sweep before found and this one did not, in its order. */
export function goneSince(findings: readonly Finding[], before: SeenBefore | null): string[] {
  const keys = new Set(findings.map(keyOfFinding))
  // What became an effect of another cause is not gone.
  for (const { effects } of findings) for (const effect of effects) keys.add(keyOfFinding(effect))
  return (before?.findings ?? []).filter(({ key }) => !keys.has(key)).map(({ title }) => title)
}
