import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import { importIncident } from './import-incident.ts'
import type { MergedEntries } from './merge-entries.ts'
import type { MergeAnswer, MergeFailure, MergeJob, MergeSaid } from './merge-messages.ts'
import { writeIncidentFile } from './write-incident-file.ts'

const port = parentPort
if (port === null) throw new Error('The merge thread was started without a parent')
// The parent is of this very build, and typed what it sends.
const job = workerData as MergeJob

function say(said: MergeSaid): void {
  port?.postMessage(said)
}

async function merge(sha256: string): Promise<MergedEntries> {
  if (port === null) throw new Error('Nobody can be asked')
  const answered = once(port, 'message') as Promise<[MergeAnswer]>
  say({ kind: 'merge', sha256 })
  const [answer] = await answered
  if ('merged' in answer) return answer.merged
  throw 'refusal' in answer.failure ? new RefusalError(answer.failure.refusal) : new Error(answer.failure.bug)
}

function failureOf(error: unknown): MergeFailure {
  if (error instanceof RefusalError) return { refusal: error.refusal }
  return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

try {
  if (job.kind === 'export') say({ kind: 'exported', written: await writeIncidentFile(job.wanted) })
  else say({ kind: 'imported', imported: await importIncident(job, merge) })
} catch (error) {
  say({ kind: 'failed', failure: failureOf(error) })
}
