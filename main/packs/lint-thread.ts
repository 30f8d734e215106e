import { parentPort, workerData } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import type { LintNews } from './lint.ts'
import { lintPack } from './pack-file.ts'

/** Reads one pack and ends: what is imported may be large, or made to be slow. */
const { bytes, file } = workerData as { bytes: Uint8Array; file: string }

function linted(): LintNews {
  try {
    return { kind: 'linted', linted: lintPack(bytes, file) }
  } catch (error) {
    if (error instanceof RefusalError) return { kind: 'refused', refusal: error.refusal }
    throw error
  }
}

parentPort?.postMessage(linted())
