import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How much of this thread's heap is in use, and what takes out the garbage. */
export interface Heap {
  /** bytes */
  used(): number
  collect(): void
}

const everyMs = 25
/** A collection takes 20 to 40 ms of the thread for so much. */
const mostGrowth = 16 * 1_048_576

/**
 * Keeps the garbage of sweeps from piling up: of a thousand containers' answers 400 MiB are garbage, and V8 would let 100 MiB
 * of them lie before it looks. Limiting the heap instead would end the thread where an engine answers much at once.
 */
export class HeapWatch {
  readonly #heap: Heap
  #least: number
  #timer: NodeJS.Timeout | null = null

  constructor(heap: Heap = heapOfThread()) {
    this.#heap = heap
    this.#least = heap.used()
  }

  /** From now until `stop`. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), everyMs).unref()
  }

  /** Nothing more is to come for now. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    setImmediate(() => this.#look())
  }

  #look(): void {
    const used = this.#heap.used()
    this.#least = Math.min(this.#least, used)
    if (used - this.#least < mostGrowth) return
    this.#heap.collect()
    this.#least = this.#heap.used()
  }
}

/** The way to V8's collector that needs no switch at the start (Node 24 and Electron's; v8.setFlagsFromString). */
function heapOfThread(): Heap {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  return { used: () => getHeapStatistics().used_heap_size, collect: () => gc() }
}
