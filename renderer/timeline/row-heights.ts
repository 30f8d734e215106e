/**
 * Heights of the rows of a long list, most of them estimated: a Fenwick tree over what each differs from the estimate,
 * so that a measured height, the offset of a row and the row at an offset each cost log n steps, and a list of 100,000
 * rows is ready in the time of one allocation. (Libraries that keep an array of offsets rebuild it from the first
 * changed row on: at the top of such a list that is all of them, at each frame.)
 */
export class RowHeights {
  readonly #estimate: number
  #count: number
  /** By row from 0: measured minus estimate. */
  #differences: Float64Array
  /** The tree, from 1. */
  #sums: Float64Array

  constructor(count: number, estimate: number) {
    this.#estimate = estimate
    this.#count = count
    const capacity = capacityFor(count)
    this.#differences = new Float64Array(capacity)
    this.#sums = new Float64Array(capacity + 1)
  }

  get count(): number {
    return this.#count
  }

  /** The height of all rows together. */
  get total(): number {
    return this.offsetOf(this.#count)
  }

  /** Where a row begins; for `count`, where the last one ends. */
  offsetOf(row: number): number {
    let sum = 0
    for (let node = Math.min(row, this.#count); node > 0; node -= node & -node) sum += this.#sums[node] ?? 0
    return Math.min(row, this.#count) * this.#estimate + sum
  }

  /** The row that stands at an offset; the first or the last one beyond the ends, 0 in an empty list. */
  rowAt(offset: number): number {
    let row = 0
    let begins = 0
    for (let step = this.#differences.length; step > 0; step = Math.floor(step / 2)) {
      const next = row + step
      if (next > this.#count) continue
      const end = begins + step * this.#estimate + (this.#sums[next] ?? 0)
      if (end > offset) continue
      row = next
      begins = end
    }
    return Math.max(0, Math.min(row, this.#count - 1))
  }

  /** A row was measured. Answers whether that is news. */
  set(row: number, height: number): boolean {
    const difference = height - this.#estimate - (this.#differences[row] ?? 0)
    if (row < 0 || row >= this.#count || Math.abs(difference) < 0.05) return false
    this.#differences[row] = height - this.#estimate
    for (let node = row + 1; node < this.#sums.length; node += node & -node) {
      this.#sums[node] = (this.#sums[node] ?? 0) + difference
    }
    return true
  }

  /** Rows were added at the end. Fewer than before make all of it a guess again. */
  resize(count: number): void {
    if (count < this.#count) {
      this.#differences.fill(0)
      this.#sums.fill(0)
    } else if (count > this.#differences.length) this.#grow(capacityFor(count))
    this.#count = count
  }

  #grow(capacity: number): void {
    const differences = new Float64Array(capacity)
    differences.set(this.#differences)
    // Built in one pass: each node gives its sum to the one that holds it.
    const sums = new Float64Array(capacity + 1)
    for (let node = 1; node <= capacity; node++) {
      sums[node] = (sums[node] ?? 0) + (differences[node - 1] ?? 0)
      const holder = node + (node & -node)
      if (holder <= capacity) sums[holder] = (sums[holder] ?? 0) + (sums[node] ?? 0)
    }
    this.#differences = differences
    this.#sums = sums
  }
}

/** A power of two, as the search halves it. */
function capacityFor(count: number): number {
  let capacity = 256
  while (capacity < count) capacity *= 2
  return capacity
}
