import { parentPort } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import { type SweepResult, sweepEngine } from '../docker/sweep.ts'
import type { FromProbeThread, SweepInput, ToProbeThread } from './probe-messages.ts'

/**
 * The thread that looks at targets: nothing that a target sends can hold up the app. A bug ends the thread, on purpose: the
 * app starts another one and answers what was under way with a refusal.
 */
const port = parentPort
if (port === null) throw new Error('probe-thread.ts runs as a worker thread')

const running = new Map<string, AbortController>()

port.on('message', (message: ToProbeThread) => {
  if (message.say === 'sweep') void sweep(message.id, message.input)
  else if (message.say === 'cancel') running.get(message.id)?.abort()
  else close()
})

/** With the port closed the thread ends by itself, once the programs that it started have ended. */
function close(): void {
  for (const abort of running.values()) abort.abort()
  parentPort?.close()
}

async function sweep(id: string, input: SweepInput): Promise<void> {
  const abort = new AbortController()
  running.set(id, abort)
  try {
    const result = await sweepEngine({
      ...input,
      now: Date.now,
      signal: abort.signal,
      onProgress: (progress) => send({ say: 'progress', id, progress }),
    })
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
  }
}

/** Bytes that share Node's buffer pool cannot be handed over; those get memory of their own. */
function withOwnBytes(result: SweepResult): SweepResult {
  return { ...result, items: result.items.map((item) => ({ ...item, bytes: new Uint8Array(item.bytes) })) }
}

function send(message: FromProbeThread, handOver: ArrayBuffer[] = []): void {
  port?.postMessage(message, handOver)
}
