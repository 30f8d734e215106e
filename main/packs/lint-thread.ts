import { parentPort, workerData } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import type { LintNews, PackFile } from './lint.ts'
import { lintPack } from './pack-file.ts'

/** Reads packs, tells of each as it is read, and ends: what is imported may be large, or made to be slow. */
const { files } = workerData as { files: readonly PackFile[] }

function linted({ bytes, file }: PackFile): LintNews {
  try {
    return { kind: 'linted', linted: lintPack(bytes, file) }
  } catch (error) {
    if (error instanceof RefusalError) return { kind: 'refused', refusal: error.refusal }
    throw error
  }
}

for (const file of files) parentPort?.postMessage(linted(file))
