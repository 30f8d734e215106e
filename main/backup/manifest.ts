import { z } from 'zod'
import { chainIdSchema, sha256Schema, timeSchema, ulidSchema } from '../../shared/journal/header.ts'

/** What a backup says of itself, in `backup.json`. `heads`: the newest entry of each chain, the ledger's among them. */
export const manifestSchema = z.looseObject({
  muster_backup: z.literal(1),
  made_by: z.string(),
  at: timeSchema,
  desk: ulidSchema,
  incidents: z.int().min(0),
  entries: z.int().min(0),
  heads: z.array(z.object({ incident: ulidSchema, chain: chainIdSchema, seq: z.int().min(1), hash: sha256Schema })),
  evidence: z.int().min(0),
  /** What was missing or damaged already when it was made, as sentences. */
  problems: z.array(z.string()),
})

export type Manifest = z.infer<typeof manifestSchema>

export const MANIFEST = 'backup.json'
export const SUMS = 'SHA256SUMS'
/** The heads as an anchor, as `muster verify --anchor` reads it. */
export const ANCHOR = 'anchor.txt'

/** A line of `sha256sum`: the hash, two spaces, the path with `/` from the folder of the sums. */
export function spellSums(sums: ReadonlyMap<string, string>): string {
  return Array.from(sums, ([path, hash]) => `${hash}  ${path}\n`).join('')
}

/** Null where a line is not of that form, or a path leads out of the folder. */
export function readSums(text: string): Map<string, string> | null {
  const sums = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, hash, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
    if (hash === undefined || path === undefined || !isInside(path)) return null
    sums.set(path, hash)
  }
  return sums
}

function isInside(path: string): boolean {
  return !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}
