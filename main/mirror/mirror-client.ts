import { Worker } from 'node:worker_threads'
import { messageOf } from '../../shared/message-of.ts'
import type { MirrorHealth } from '../../shared/storage/health.ts'

/** The mirror's thread as the rest of the process sees it. */
export interface MirrorClient {
  readonly folder: string
  /** As last heard; a folder that keeps its thread waiting is told as trouble. */
  health(): MirrorHealth
  /** Stops mirroring. Waits for what is being copied, 2 s at most. */
  close(): Promise<void>
}

/** Without a sign of life for so long, the folder does not answer. */
const SILENT_AFTER_MS = 5_000
const CLOSE_WITHIN_MS = 2_000

/** Starts to mirror a data folder into a folder that `prepareMirror` gave. `onHealth` is called when something changed. */
export function startMirror(options: {
  dataFolder: string
  folder: string
  onHealth: () => void
  log: (what: string) => void
}): MirrorClient {
  const { dataFolder, folder, onHealth, log } = options
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './mirror-thread.ts' : './mirror-thread.js', own), {
    workerData: { dataFolder, folder },
  })
  // Until the thread has looked, nothing is known to be there.
  let heard: MirrorHealth = { folder, state: 'behind', since: null, entries: 0, files: 0, trouble: null, remarks: [] }
  let heardAtMs = Date.now()
  let failed: string | null = null
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  worker.on('message', (health: MirrorHealth) => {
    const isNews = JSON.stringify(health) !== JSON.stringify(heard)
    heard = health
    heardAtMs = Date.now()
    if (isNews) onHealth()
  })
  worker.on('error', (error) => {
    failed = messageOf(error)
    log(`bug in the mirror: ${error instanceof Error ? (error.stack ?? failed) : failed}`)
    onHealth()
  })

  return {
    folder,
    health() {
      if (failed !== null) return { ...heard, state: 'stopped', trouble: ownMistake(failed) }
      if (Date.now() - heardAtMs < SILENT_AFTER_MS) return heard
      // What was written since then cannot be there.
      return { ...heard, state: 'behind', since: heard.since ?? new Date(heardAtMs).toISOString(), trouble: silent }
    },
    async close() {
      if (failed === null) worker.postMessage('close')
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref())
      await Promise.race([ended, late])
      // Not waited for: a thread that waits for a dead disk ends when that answers.
      void worker.terminate()
    },
  }
}

const silent = {
  happened: 'the folder does not answer',
  next: 'Check the disk or the network. Muster catches up by itself.',
}

function ownMistake(message: string) {
  return {
    happened: `Muster made a mistake of its own: ${message}`,
    next: 'Start Muster again; the log has the cause. The journal here is not touched by it.',
  }
}
