/** What was masked, by rule. */
export interface Masked {
  readonly rule: string
  readonly count: number
}

/** Counts what is masked while one item is gone through. */
export class MaskCount {
  readonly #counts = new Map<string, number>()

  add(rule: string): void {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1)
  }

  list(): Masked[] {
    return [...this.#counts].map(([rule, count]) => ({ rule, count }))
  }
}
