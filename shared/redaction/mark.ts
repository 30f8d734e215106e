/** What stands where a secret stood. */
export function mark(rule: string): string {
  return `[masked: ${rule}]`
}

/** A stretch of a text that a rule takes for a secret: `from` to `to` (exclusive), in UTF-16 units. */
export interface Secret {
  readonly from: number
  readonly to: number
  readonly rule: string
}

/** Where a sticky pattern ends when it begins at `at`; `at` itself where it does not match. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
