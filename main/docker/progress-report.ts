import type { Finding } from '../../shared/findings/finding.ts'
import type { ContainerRow, ContainerUsage, SweepProgress } from '../../shared/findings/sweep.ts'

/** Steps that come often are gathered for so long before they are told. */
const gatherMs = 100

/** Tells how a sweep goes on: rows and findings at once, counts and usage gathered. Silent once closed. */
export class ProgressReport {
  readonly #tell: (progress: SweepProgress) => void
  #usage: ContainerUsage[] = []
  #calls = { asked: 0, answered: 0, failed: 0 }
  #isCountNew = false
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(tell: (progress: SweepProgress) => void) {
    this.#tell = tell
  }

  rows(rows: ContainerRow[]): void {
    if (!this.#closed) this.#tell({ step: 'rows', rows })
  }

  /** What still waits to be told goes first. */
  findings(findings: Finding[], final: boolean): void {
    this.#flush()
    if (!this.#closed) this.#tell({ step: 'findings', findings, final })
  }

  usage(one: ContainerUsage): void {
    this.#usage.push(one)
    this.#tellSoon()
  }

  count(calls: { asked: number; answered: number; failed: number }): void {
    this.#calls = { ...calls }
    this.#isCountNew = true
    this.#tellSoon()
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #tellSoon(): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => this.#flush(), gatherMs)
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#closed) return
    const usage = this.#usage
    this.#usage = []
    if (usage.length > 0) this.#tell({ step: 'usage', usage })
    if (this.#isCountNew) {
      this.#isCountNew = false
      const { asked, answered, failed } = this.#calls
      this.#tell({ step: 'read', done: answered + failed, of: asked })
    }
  }
}
