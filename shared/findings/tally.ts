import { isBlindSpot } from './blind-spots.ts'
import { goneSince, type SeenBefore, type Standing, standingOf } from './compare.ts'
import type { Finding } from './finding.ts'
import { waiverOf, type Waivers } from './waivers.ts'

/** How many findings there are, and of what sort. `findings` counts all of them: a waiver takes none away. */
export interface Tally extends Readonly<Record<Standing, number>> {
  readonly findings: number
  readonly waived: number
  /** Those that tell of what could not be checked. */
  readonly blind: number
  /** What the sweep before found, and this one did not. */
  readonly gone: number
}

interface Around {
  readonly before: SeenBefore | null
  /** When the incident was detected, ISO UTC. */
  readonly began: string
  readonly waivers: Waivers
  readonly nowMs: number
}

export function tallyOf(findings: readonly Finding[], { before, began, waivers, nowMs }: Around): Tally {
  const counted = { baseline: 0, still: 0, new: 0, first: 0 }
  for (const finding of findings) counted[standingOf(finding, before, began)] += 1
  return {
    ...counted,
    findings: findings.length,
    waived: findings.filter((finding) => waiverOf(finding, waivers, nowMs) !== null).length,
    blind: findings.filter(isBlindSpot).length,
    gone: goneSince(findings, before).length,
  }
}
