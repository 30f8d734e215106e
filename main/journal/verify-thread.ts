import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { Verification } from '../../shared/contract.ts'
import { type Refusal, RefusalError } from '../../shared/refusal.ts'
import { verifyFolder } from './verify-folder.ts'

/** What the verification thread says, once. */
export type Verified = { readonly verification: Verification } | { readonly refusal: Refusal }

const { folder } = z.object({ folder: z.string() }).parse(workerData)

async function verify(): Promise<Verified> {
  try {
    return { verification: await verifyFolder(folder) }
  } catch (error) {
    if (error instanceof RefusalError) return { refusal: error.refusal }
    throw error
  }
}

parentPort?.postMessage(await verify())
