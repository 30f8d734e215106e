/** A stretch of time in ms since the epoch, from `from` up to, not including, `to`; `Infinity` is open. */
export type Span = { readonly from: number; readonly to: number }

/** The moments that are in both lists. Lists are sorted and their spans do not touch. */
export function overlap(a: readonly Span[], b: readonly Span[]): Span[] {
  const both: Span[] = []
  let i = 0
  let j = 0
  for (;;) {
    const x = a[i]
    const y = b[j]
    if (!x || !y) return both
    const from = Math.max(x.from, y.from)
    const to = Math.min(x.to, y.to)
    if (from < to) both.push({ from, to })
    if (x.to < y.to) i++
    else j++
  }
}

/** The spans as far as they lie between `from` and `to`. */
export function within(spans: readonly Span[], from: number, to: number): Span[] {
  return overlap(spans, from < to ? [{ from, to }] : [])
}

/** What of `from` to `to` is in none of the spans. */
export function gaps(spans: readonly Span[], from: number, to: number): Span[] {
  const left: Span[] = []
  let at = from
  for (const span of spans) {
    if (span.to <= at) continue
    if (span.from >= to) break
    if (span.from > at) left.push({ from: at, to: span.from })
    at = span.to
  }
  if (at < to) left.push({ from: at, to })
  return left
}

/** Whether the moment is in one of the spans. */
export function covers(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.from <= at && at < span.to)
}
