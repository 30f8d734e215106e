import { parentPort } from 'node:worker_threads'
import type { ToProbeThread } from '../../../main/probes/probe-messages.ts'

/** A probe thread with a bug: it dies of its first sweep. */
parentPort?.on('message', (message: ToProbeThread) => {
  if (message.say === 'sweep') throw new Error('a bug')
})
