/**
 * What this desk calls each incident, by its id. Two desks that had not heard of each other may have given the same
 * number: the incident that began first (the earlier ULID) keeps it, the next gets a letter behind it, as in
 * INC-2026-1121-0001-B. Entries and their numbers stay as they are; another desk, which holds others, may derive others.
 */
export function labelsOf(incidents: Iterable<{ readonly id: string; readonly number: string }>): Map<string, string> {
  const taken = new Map<string, number>()
  const byAge = Array.from(incidents).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return new Map(
    byAge.map(({ id, number }) => {
      const before = taken.get(number) ?? 0
      taken.set(number, before + 1)
      return [id, before === 0 ? number : `${number}-${letters(before)}`]
    }),
  )
}

/** 1 → B, 25 → Z, 26 → BA, as digits to the base of 26. */
function letters(count: number): string {
  const higher = Math.floor(count / 26)
  return (higher === 0 ? '' : letters(higher)) + String.fromCharCode(65 + (count % 26))
}
