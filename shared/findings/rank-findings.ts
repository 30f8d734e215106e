import type { Draft } from './draft.ts'
import type { Finding } from './finding.ts'

/**
 * Tier weight × blast radius × recency × confidence. The weights keep the tiers apart: no finding of a lower tier stands above
 * one of a higher.
 */
export function rankFindings(drafts: readonly Draft[], now: number): Finding[] {
  return drafts
    .map((draft) => ({ draft, score: scoreOf(draft, now) }))
    .toSorted((a, b) => b.score - a.score || compareNames(a.draft, b.draft))
    .map(({ draft: { mayFollow: _mayFollow, reach: _reach, signs, ...said } }, place) => ({
      ...said,
      rank: place + 1,
      signs: [...signs],
    }))
}

const tierWeights = { 1: 10_000, 2: 100, 3: 1 } as const
const confidence = { measured: 1, likely: 0.8, possible: 0.6 } as const

function scoreOf({ tier, effects, reach, since, sure }: Draft, now: number): number {
  const blast = 1 + Math.min(effects.length + reach, 20) / 4
  return tierWeights[tier] * blast * recency(since, now) * confidence[sure]
}

/** Where the beginning is not known it counts as neither fresh nor old. */
function recency(since: string | null, now: number): number {
  const age = since === null ? Number.NaN : now - Date.parse(since)
  if (Number.isNaN(age)) return 0.7
  if (age < 900_000) return 1
  if (age < 7_200_000) return 0.8
  return age < 86_400_000 ? 0.6 : 0.4
}

function compareNames(a: Draft, b: Draft): number {
  const left = `${a.object.name}\n${a.code}`
  const right = `${b.object.name}\n${b.code}`
  return left < right ? -1 : left > right ? 1 : 0
}
