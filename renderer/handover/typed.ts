/** What is typed for an offer, as the brief shows it; null: what the last offer said. */
export interface Typed {
  readonly to: string | null
  readonly objectives: readonly string[] | null
  readonly hazards: readonly string[] | null
}

export const nothingTyped: Typed = { to: null, objectives: null, hazards: null }
