import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { Verification, Verifying } from '../../shared/ledger/verification.ts'
import { type Refusal, RefusalError } from '../../shared/refusal.ts'
import { verifyFolder } from './verify-folder.ts'

/** What the verification thread says: how far it is, then once how it ended. */
export type Verified =
  | { readonly progress: Verifying }
  | { readonly verification: Verification }
  | { readonly refusal: Refusal }

const TELL_EVERY_MS = 100

const { folder, anchors, states } = z
  .object({ folder: z.string(), anchors: z.string().nullable(), states: z.boolean() })
  .parse(workerData)
const cancel = new AbortController()
// It is told one thing only: to stop.
parentPort?.once('message', () => cancel.abort())
makeRoom()

/**
 * A third of what others get where all want the processor; lower, and a busy machine would let nobody see the end. Linux
 * alone gives each thread a priority of its own (setpriority(2), "C library/kernel differences").
 */
function makeRoom(): void {
  if (process.platform === 'linux') setPriority(0, 5)
}

let toldAt = 0
let toldStep = ''

function onProgress(progress: Verifying): void {
  const now = performance.now()
  if (progress.step === toldStep && now - toldAt < TELL_EVERY_MS) return
  toldAt = now
  toldStep = progress.step
  say({ progress })
}

function say(verified: Verified): void {
  parentPort?.postMessage(verified)
}

try {
  say({ verification: await verifyFolder(folder, { anchors, states, onProgress, signal: cancel.signal }) })
} catch (error) {
  if (!(error instanceof RefusalError)) throw error
  say({ refusal: error.refusal })
}
// A listener for messages would keep the thread.
parentPort?.close()
