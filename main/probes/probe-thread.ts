import { parentPort } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import { EarlierSweeps } from '../docker/earlier-sweeps.ts'
import { type SweepResult, sweepEngine } from '../docker/sweep.ts'
import { WarmStats } from '../docker/warm-stats.ts'
import { HeapWatch } from './heap-watch.ts'
import type { FromProbeThread, SweepInput, ToProbeThread } from './probe-messages.ts'

/**
 * The thread that looks at targets: nothing that a target sends can hold up the app. A bug ends the thread, on purpose: the
 * app starts another one and answers what was under way with a refusal.
 */
const port = parentPort
if (port === null) throw new Error('probe-thread.ts runs as a worker thread')

const running = new Map<string, AbortController>()
const warm = new WarmStats()
const heap = new HeapWatch()
const earlier = new EarlierSweeps()

port.on('message', (message: ToProbeThread) => {
  switch (message.say) {
    case 'sweep':
      return void sweep(message.id, message.input)
    case 'cancel':
      return running.get(message.id)?.abort()
    case 'warm':
      return warm.warm(message.holder, message.place, message.containers)
    case 'cool':
      return message.holder === null ? warm.close() : warm.cool(message.holder)
    case 'close':
      return close()
  }
})

/** With the port closed the thread ends by itself, once the programs that it started have ended. */
function close(): void {
  for (const abort of running.values()) abort.abort()
  warm.close()
  parentPort?.close()
}

async function sweep(id: string, input: SweepInput): Promise<void> {
  const abort = new AbortController()
  running.set(id, abort)
  heap.start()
  try {
    const result = await sweepEngine({
      ...input,
      warm: warm.samples(input),
      earlier: earlier.of(input.endpoint),
      now: Date.now,
      signal: abort.signal,
      onProgress: (progress) => send({ say: 'progress', id, progress }),
    })
    earlier.keep(result.snapshot)
    const whole = withOwnBytes(result)
    send(
      { say: 'ended', id, result: whole },
      whole.items.map(({ bytes }) => bytes.buffer as ArrayBuffer),
    )
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    send({ say: 'refused', id, refusal: error.refusal })
  } finally {
    running.delete(id)
    if (running.size === 0) heap.stop()
  }
}

/** Bytes that share Node's buffer pool cannot be handed over; those get memory of their own. */
function withOwnBytes(result: SweepResult): SweepResult {
  return { ...result, items: result.items.map((item) => ({ ...item, bytes: new Uint8Array(item.bytes) })) }
}

function send(message: FromProbeThread, handOver: ArrayBuffer[] = []): void {
  port?.postMessage(message, handOver)
}
