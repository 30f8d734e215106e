/** Whether two pieces of plain data are the same, word for word: then what shows the one need not be drawn anew. */
export function saysTheSame<T>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
