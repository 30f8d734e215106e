import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { foldVersion } from '../../shared/incident/fold-version.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { chainIdSchema, sha256Schema, ulidSchema } from '../../shared/journal/header.ts'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { version } from '../version.ts'
import { type Snapshot } from './projections.ts'
import { sha256 } from './sha256.ts'
import type { Connection } from './sqlite.ts'

/** A file past this is not read: folding the rows anew is then the better way. */
const MOST_BYTES = 256 * 1_048_576

const headSchema = z.strictObject({
  cache: z.literal('muster-fold'),
  fold: z.literal(foldVersion),
  muster: z.literal(version),
  arrival: z.int().min(1),
  /** Of the row of that arrival, so that the states are never taken for those of another journal. */
  hash: sha256Schema,
  sha256: sha256Schema,
})

const placeSchema = z.strictObject({ lamport: z.int(), chain: chainIdSchema, seq: z.int() })
/** States are the fold's own, and the checksum says that they are as it gave them. */
const isState = (value: unknown): value is IncidentState =>
  typeof value === 'object' && value !== null && 'core' in value
const foldedSchema = z.array(
  z.tuple([ulidSchema, z.strictObject({ state: z.custom<IncidentState>(isState), last: placeSchema })]),
)

/** A snapshot as it was kept. */
export interface KeptSnapshot extends Snapshot {
  readonly hash: string
}

/**
 * Keeps the states of all incidents beside the journal, so that a start need not fold them from the rows. It may be
 * thrown away at any time; whatever is wrong with it, it is not taken.
 */
export function keepSnapshot(folder: string, { arrival, folded }: Snapshot, hash: string): void {
  const text = JSON.stringify(Array.from(folded))
  const head = { cache: 'muster-fold', fold: foldVersion, muster: version, arrival, hash, sha256: sha256(text) }
  mkdirSync(join(folder, 'cache'), { recursive: true, mode: 0o700 })
  const made = `${fileOf(folder)}.${process.pid}`
  try {
    // Not synced: half of it does not fit its checksum.
    writeFileSync(made, `${JSON.stringify(head)}\n${text}`, { mode: 0o600 })
    renameSync(made, fileOf(folder))
  } finally {
    rmSync(made, { force: true })
  }
}

/** The snapshot that was kept; null where there is none that can be trusted. Whether it is of this journal, `hash` says. */
export function readSnapshot(folder: string): KeptSnapshot | null {
  const text = readOrNull(fileOf(folder))
  const end = text?.indexOf('\n') ?? -1
  if (text === null || end < 0) return null
  const head = headSchema.safeParse(jsonOrNull(text.slice(0, end)))
  const rest = text.slice(end + 1)
  if (!head.success || sha256(rest) !== head.data.sha256) return null
  const folded = foldedSchema.safeParse(jsonOrNull(rest))
  return folded.success ? { arrival: head.data.arrival, hash: head.data.hash, folded: new Map(folded.data) } : null
}

/** Removes the snapshot: the next start folds the rows anew. */
export function forgetSnapshot(folder: string): void {
  rmSync(fileOf(folder), { force: true })
}

/** The snapshot that was kept of the journal of this connection; null where there is none. */
export function snapshotOf(folder: string, db: Connection): KeptSnapshot | null {
  const kept = readSnapshot(folder)
  if (kept === null) return null
  return db.prepare('SELECT hash FROM entry WHERE id = ?').pluck().get(kept.arrival) === kept.hash ? kept : null
}

function fileOf(folder: string): string {
  return join(folder, 'cache', 'fold.json')
}

/** A file that cannot be read is as good as none: the rows say the same. */
function readOrNull(file: string): string | null {
  try {
    return statSync(file).size > MOST_BYTES ? null : readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
