import { z } from 'zod'
import { personSchema, sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

/**
 * A body (`entry`: the hash of its entry) or the bytes of evidence (`bundle`: their sha256) were erased; exactly one of
 * the two. The entry that lost its body stays in its chain, and its hash still fits.
 */
export const erasedKind = kindOf(
  'erased',
  z
    .strictObject({
      entry: sha256Schema.nullable(),
      bundle: sha256Schema.nullable(),
      reason: z.string().min(1).max(20_000),
      approver: personSchema,
    })
    .refine(({ entry, bundle }) => (entry === null) !== (bundle === null), 'names an entry or a bundle, not both'),
)

export type ErasedEntry = EntryOf<typeof erasedKind>

/** What was erased, by the hash of the entry or of the bundle, with the entry that says so. `at` is ISO UTC. */
export type Erasures = Readonly<
  Record<
    string,
    {
      readonly entry: string
      readonly seq: number
      readonly at: string
      readonly by: string
      readonly reason: string
      readonly approver: string
    }
  >
>

export const emptyErasures: Erasures = {}

export function stepErasures(erasures: Erasures, { hash, seq, at, actor, body }: ErasedEntry): Erasures {
  const target = body.entry ?? body.bundle ?? ''
  if (erasures[target] !== undefined) return erasures
  return {
    ...erasures,
    [target]: { entry: hash, seq, at, by: actor.name, reason: body.reason, approver: body.approver.name },
  }
}

/** Evidence was kept again under a hash that had been erased: it is there once more. */
export function stepKeptAgain(erasures: Erasures, bundle: string): Erasures {
  if (erasures[bundle] === undefined) return erasures
  const { [bundle]: _again, ...others } = erasures
  return others
}
