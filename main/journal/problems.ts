/** Problems past this many are counted, not listed. */
const LISTED = 200

/** What a check found, each thing once. */
export class Problems {
  readonly #listed = new Set<string>()
  #more = 0

  add(problem: string): void {
    if (this.#listed.size < LISTED) this.#listed.add(problem)
    else if (!this.#listed.has(problem)) this.#more += 1
  }

  /** As sentences; the last says how many more there were. */
  told(): string[] {
    return [...this.#listed, ...(this.#more === 0 ? [] : [`… and ${this.#more} more.`])]
  }
}
