/**
 * The candidate that a person most likely meant by `word`: the one with the fewest single-letter changes, if those are
 * at most a third of the word (two at least). Upper and lower case count as the same. Null when none is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > 64) return null
  const limit = Math.max(2, Math.floor(word.length / 3))
  let best: string | null = null
  let fewest = limit + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue
    const changes = distance(word.toLowerCase(), candidate.toLowerCase())
    if (changes < fewest && changes < candidate.length) {
      best = candidate
      fewest = changes
    }
  }
  return best
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) least = Math.min(least, at(before, j - 2) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
