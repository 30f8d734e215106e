/**
 * The label of the next incident declared at `at` (ISO UTC): INC-YYYY-MMDD-NNNN, counted within the UTC day.
 * `taken` holds the labels in use.
 */
export function nextNumber(at: string, taken: Iterable<string>): string {
  const prefix = `INC-${at.slice(0, 4)}-${at.slice(5, 7)}${at.slice(8, 10)}-`
  let highest = 0
  for (const number of taken) {
    if (!number.startsWith(prefix)) continue
    const count = Number.parseInt(number.slice(prefix.length), 10)
    if (count > highest) highest = count
  }
  return `${prefix}${String(highest + 1).padStart(4, '0')}`
}
