import { z } from 'zod'
import { sha256Schema, timeSchema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

/** One item inside a bundle. `offset` is where its bytes begin in the bundle's tar. */
export const evidenceItemSchema = z.strictObject({
  name: z.string(),
  /** The exact call that gave it. */
  request: z.string(),
  outcome: z.string(),
  started_at: timeSchema,
  took_ms: z.number(),
  size: z.int().min(0),
  sha256: sha256Schema,
  offset: z.int().min(0),
  /** What was masked before it was kept, by rule. */
  masked: z.array(z.strictObject({ rule: z.string(), count: z.int() })),
  /** The true size in bytes where only a part was kept, null where nothing is missing (-1: larger, size unknown). */
  truncated_of: z.int().nullable(),
})

/** A bundle was put into the evidence store, under the sha256 of its bytes. */
export const evidenceKeptKind = kindOf(
  'evidence-kept',
  z.strictObject({
    bundle: sha256Schema,
    size: z.int(),
    title: z.string(),
    source: z.string(),
    collector: z.string(),
    tool: z.string(),
    items: z.array(evidenceItemSchema),
  }),
)

/** A bundle was hashed again when somebody opened or exported it. */
export const evidenceCheckedKind = kindOf(
  'evidence-checked',
  z.strictObject({ bundle: sha256Schema, result: z.enum(['match', 'mismatch', 'missing']), because: z.string() }),
)

export const evidenceKinds = [evidenceKeptKind, evidenceCheckedKind] as const

export type EvidenceItem = z.infer<typeof evidenceItemSchema>
export type EvidenceEntry = EntryOf<(typeof evidenceKinds)[number]>

/** A bundle as the state knows it: what was kept, when, and how its last check came out. */
export interface EvidenceBundle {
  readonly bundle: string
  readonly size: number
  readonly title: string
  readonly source: string
  readonly collector: string
  readonly tool: string
  readonly keptAt: string
  readonly items: readonly EvidenceItem[]
  readonly lastCheck: { readonly at: string; readonly result: 'match' | 'mismatch' | 'missing' } | null
}

export type EvidenceRegister = readonly EvidenceBundle[]

export const emptyRegister: EvidenceRegister = []

export function stepEvidence(register: EvidenceRegister, entry: EvidenceEntry): EvidenceRegister {
  if (entry.kind === 'evidence-kept') return [...register, { ...entry.body, keptAt: entry.at, lastCheck: null }]
  const { bundle, result } = entry.body
  return register.map((known) => (known.bundle === bundle ? { ...known, lastCheck: { at: entry.at, result } } : known))
}
