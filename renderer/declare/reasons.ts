import type { PackSeverity } from '../../shared/packs/pack.ts'
import { declareWords } from '../words/declare.ts'

/** Reasons to choose from: the runbook's own criteria of the level, then what is so often said of going up or down. */
export function reasonsFor(severity: PackSeverity, before: { readonly rank: number } | null): readonly string[] {
  const words = declareWords.reasons
  const isLower = before !== null && severity.rank > before.rank
  const own = [...severity.examples, severity.summary.replace(/\.$/, '')]
  const usual = isLower
    ? [words.workaround, words.mitigated, words.smaller]
    : before === null
      ? []
      : [words.worse, words.wider]
  return [...new Set(isLower ? [...usual, ...own] : [...own, ...usual])].slice(0, 8)
}
