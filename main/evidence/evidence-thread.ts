import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { RefusalError } from '../../shared/refusal.ts'
import { answerEvidence, type FromEvidenceThread, type ToEvidenceThread } from './evidence-questions.ts'
import { EvidenceWork } from './evidence-work.ts'

/** The thread that reads, hashes and writes evidence: neither the window nor the journal waits for a byte of it. */
const { folder } = z.object({ folder: z.string() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('evidence-thread.ts runs as a worker thread')

const work = new EvidenceWork(folder)
const running = new Map<number, AbortController>()

port.on('message', (message: ToEvidenceThread) => {
  if (message.say === 'cancel') running.get(message.id)?.abort()
  else void answer(message)
})

async function answer({ id, op, args }: ToEvidenceThread & { say: 'ask' }): Promise<void> {
  const abort = new AbortController()
  running.set(id, abort)
  const onProgress = (progress: (FromEvidenceThread & { say: 'progress' })['progress']) =>
    send({ say: 'progress', id, progress })
  try {
    send({ say: 'answered', id, value: await answerEvidence(work, op, { signal: abort.signal, onProgress }, args) })
  } catch (error) {
    if (error instanceof RefusalError) send({ say: 'refused', id, refusal: error.refusal })
    else send({ say: 'bug', id, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  } finally {
    running.delete(id)
  }
}

function send(message: FromEvidenceThread): void {
  port?.postMessage(message)
}
