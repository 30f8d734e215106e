import { Worker } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { version } from '../version.ts'
import type { Imported } from './import-incident.ts'
import type { MergeAnswer, MergeFailure, MergeJob, MergeSaid } from './merge-messages.ts'
import type { WrittenIncidentFile } from './write-incident-file.ts'

/** Brings incidents of one data folder to other desks, and theirs here. Reads and writes on a thread of its own. */
export class Merger {
  readonly #desk: DeskClient
  readonly #dataFolder: string

  constructor(desk: DeskClient, dataFolder: string) {
    this.#desk = desk
    this.#dataFolder = dataFolder
  }

  /** Writes the incident of that ULID as a file; the ledger remembers its head. Refusals: see `writeIncidentFile`. */
  async export(incident: string, out: string, withEvidence: boolean): Promise<WrittenIncidentFile> {
    const wanted = { dataFolder: this.#dataFolder, incident, out, withEvidence, version }
    const said = await this.#run({ kind: 'export', wanted })
    if (said.kind !== 'exported') throw new Error(`An export ended as '${said.kind}'`)
    await this.#desk.ask('exported', incident)
    return said.written
  }

  /** Imports a file of another desk, whole or not at all. Refusals: see `readIncidentFile` and `mergeEntries`. */
  async import(file: string): Promise<Imported> {
    const said = await this.#run({ kind: 'import', dataFolder: this.#dataFolder, file })
    if (said.kind !== 'imported') throw new Error(`An import ended as '${said.kind}'`)
    return said.imported
  }

  #run(job: MergeJob): Promise<Exclude<MergeSaid, { kind: 'merge' | 'failed' }>> {
    const own = import.meta.url
    const worker = new Worker(new URL(own.endsWith('.ts') ? './merge-thread.ts' : './merge-thread.js', own), {
      workerData: job,
    })
    return new Promise((resolve, reject) => {
      worker.on('message', (said: MergeSaid) => {
        if (said.kind === 'failed') reject(asError(said.failure))
        else if (said.kind !== 'merge') resolve(said)
        else if (job.kind === 'import') {
          void this.#merge(job.file, said.sha256).then((answer) => worker.postMessage(answer))
        }
      })
      worker.once('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
      // After an answer this changes nothing: a promise settles once.
      worker.once('exit', (code) => reject(new Error(`The merge thread ended with ${code} and without an answer`)))
    })
  }

  async #merge(file: string, sha256: string): Promise<MergeAnswer> {
    try {
      return { merged: await this.#desk.ask('mergeFile', file, sha256) }
    } catch (error) {
      if (error instanceof RefusalError) return { failure: { refusal: error.refusal } }
      return { failure: { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) } }
    }
  }
}

function asError(failure: MergeFailure): Error {
  return 'refusal' in failure ? new RefusalError(failure.refusal) : new Error(failure.bug)
}
