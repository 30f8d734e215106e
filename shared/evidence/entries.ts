import { z } from 'zod'
import { sha256Schema, timeSchema, ulidSchema } from '../journal/header.ts'
import { type EntryOf, type Kind, kindOf } from '../journal/kind.ts'
import { dockerVolatility, volatilitySchema } from './volatility.ts'

/** One item inside a bundle. `offset` is where its bytes begin in the bundle's original bytes. */
export const evidenceItemSchema = z.strictObject({
  name: z.string(),
  /** `answer`: a target gave it. `derived`: made by Muster from the answers beside it. `attachment`: a person gave it. */
  kind: z.enum(['answer', 'derived', 'attachment']),
  /** The exact call that gave it, or how a person gave it. */
  request: z.string(),
  outcome: z.string(),
  started_at: timeSchema,
  took_ms: z.number(),
  size: z.int().min(0),
  sha256: sha256Schema,
  offset: z.int().min(0),
  volatility: volatilitySchema,
  /** Media type of an attachment, null where it is not known or not asked for. */
  media_type: z.string().nullable(),
  /** Of an attachment: the file's own name and its size before masking. */
  original: z.strictObject({ name: z.string(), size: z.int() }).nullable(),
  /** The period that it tells of, where that is known. */
  covers: z.strictObject({ from: timeSchema, to: timeSchema }).nullable(),
  /** What was masked before it was kept, by rule. */
  masked: z.array(z.strictObject({ rule: z.string(), count: z.int() })),
  /** The true size in bytes where only a part was kept, null where nothing is missing (-1: larger, size unknown). */
  truncated_of: z.int().nullable(),
})

const keptSchema = z.strictObject({
  bundle: sha256Schema,
  /** Of the original bytes: those that the hash is of. */
  size: z.int(),
  /** `tar`: of items with their index. `file`: one file as it is. */
  form: z.enum(['tar', 'file']),
  /** How it lay in the store when it was kept, and what it took there. */
  stored: z.strictObject({ encoding: z.enum(['plain', 'zstd']), size: z.int() }),
  title: z.string(),
  source: z.string(),
  collector: z.string(),
  tool: z.string(),
  /** What a person said with it. */
  note: z.string().nullable(),
  items: z.array(evidenceItemSchema),
  /** Of a sealed raw form: which vault opens it, and whose raw form it is; `of` null where nothing unsealed was kept. */
  sealed: z
    .strictObject({
      vault: ulidSchema,
      of: z.strictObject({ bundle: sha256Schema, item: z.string() }).nullable(),
    })
    .optional(),
})

export type EvidenceItem = z.infer<typeof evidenceItemSchema>
export type KeptBody = z.infer<typeof keptSchema>

/**
 * A bundle was put into the evidence store, under the sha256 of its original bytes. Version 1 knew sweeps of Docker engines
 * only, kept as plain tars.
 */
export const evidenceKeptKind: Kind<'evidence-kept', KeptBody> = {
  kind: 'evidence-kept',
  version: 2,
  body: keptSchema,
  upcast: (body) => liftedFrom1(body),
}

const from1Schema = z.looseObject({ size: z.unknown(), items: z.array(z.looseObject({ name: z.string() })) })

/** What version 1 did not say is filled with what was so then; what it did not know (a period) stays unknown. */
function liftedFrom1(body: unknown): unknown {
  const old = from1Schema.safeParse(body)
  if (!old.success) return body
  return {
    ...old.data,
    form: 'tar',
    stored: { encoding: 'plain', size: old.data.size },
    note: null,
    items: old.data.items.map((item) => ({
      ...item,
      kind: item.name === 'snapshot.json' ? 'derived' : 'answer',
      volatility: dockerVolatility(item.name),
      media_type: null,
      original: null,
      covers: null,
    })),
  }
}

const resultSchema = z.enum(['match', 'mismatch', 'missing'])

/** A bundle was hashed again when somebody opened it, exported its incident, or handed over. */
export const evidenceCheckedKind = kindOf(
  'evidence-checked',
  z.strictObject({ bundle: sha256Schema, result: resultSchema, because: z.string() }),
)

/** An item left the desk as a file. Its bundle was hashed again first; `sha256` and `size` are of the file as it left. */
export const evidenceReleasedKind = kindOf(
  'evidence-released',
  z.strictObject({
    bundle: sha256Schema,
    item: z.string(),
    /** To whom, and why, as the person said. */
    to: z.string().min(1).max(300),
    because: z.string().min(1).max(20_000),
    /** How: 'saved as cart.log'. */
    how: z.string(),
    size: z.int(),
    sha256: sha256Schema,
    result: resultSchema,
  }),
)

export const evidenceKinds = [evidenceKeptKind, evidenceCheckedKind, evidenceReleasedKind] as const

export type CheckResult = z.infer<typeof resultSchema>
export type ReleasedBody = z.infer<(typeof evidenceReleasedKind)['body']>
export type EvidenceEntry = EntryOf<(typeof evidenceKinds)[number]>

/** One line of a bundle's custody log, oldest first. `item`: null where it is about all of the bundle. Times are ISO UTC. */
export interface CustodyStep {
  /** The hash of the entry that says so. */
  readonly entry: string
  readonly at: string
  readonly by: string
  readonly what: 'collected' | 'checked' | 'released'
  readonly item: string | null
  readonly result: CheckResult | null
  readonly because: string | null
  readonly to: string | null
  readonly how: string | null
}

/** A bundle as the state knows it: what was kept, when, and whose hands it went through. */
export interface EvidenceBundle extends KeptBody {
  /** The hash of the entry that kept it: two entries may have kept the same bytes. */
  readonly entry: string
  readonly keptAt: string
  readonly custody: readonly CustodyStep[]
  readonly lastCheck: { readonly at: string; readonly result: CheckResult } | null
}

export type EvidenceRegister = readonly EvidenceBundle[]

export const emptyRegister: EvidenceRegister = []

export function stepEvidence(register: EvidenceRegister, entry: EvidenceEntry): EvidenceRegister {
  const step = custodyStep(entry)
  if (entry.kind === 'evidence-kept') {
    return [...register, { ...entry.body, entry: entry.hash, keptAt: entry.at, custody: [step], lastCheck: null }]
  }
  const { bundle, result } = entry.body
  return register.map((known) =>
    known.bundle === bundle
      ? { ...known, custody: [...known.custody, step], lastCheck: { at: entry.at, result } }
      : known,
  )
}

function custodyStep(entry: EvidenceEntry): CustodyStep {
  const told = { entry: entry.hash, at: entry.at, by: entry.actor.name }
  switch (entry.kind) {
    case 'evidence-kept': {
      const { note } = entry.body
      return { ...told, what: 'collected', item: null, result: null, because: note, to: null, how: null }
    }
    case 'evidence-checked': {
      const { result, because } = entry.body
      return { ...told, what: 'checked', item: null, result, because, to: null, how: null }
    }
    case 'evidence-released': {
      const { item, result, because, to, how } = entry.body
      return { ...told, what: 'released', item, result, because, to, how }
    }
  }
}

/** The sealed raw form of an item; undefined where none was kept. */
export function rawFormOf(register: EvidenceRegister, bundle: string, item: string): EvidenceBundle | undefined {
  return register.findLast(({ sealed }) => sealed?.of?.bundle === bundle && sealed.of.item === item)
}

/** The sealed raw forms of a bundle's items: what must go when it goes. */
export function rawFormsOf(register: EvidenceRegister, bundle: string): readonly EvidenceBundle[] {
  return register.filter(({ sealed }) => sealed?.of?.bundle === bundle)
}

/** Bundles whose last check did not match: what a commander must know of. */
export function doubtfulEvidence(register: EvidenceRegister): EvidenceBundle[] {
  return register.filter(({ lastCheck }) => lastCheck !== null && lastCheck.result !== 'match')
}
