import { z } from 'zod'
import { chainIdSchema, sha256Schema, ulidSchema } from '../journal/header.ts'
import { kindOf } from '../journal/kind.ts'

/**
 * The ledger chain of a data folder remembers the heads of all its other chains: at each chain's first entry, when an
 * incident ends, and at each export. A chain that is shorter than the ledger remembers, or gone, has been tampered with.
 */
export const headRecordedKind = kindOf(
  'head-recorded',
  z.strictObject({
    incident: ulidSchema,
    chain: chainIdSchema,
    seq: z.int().min(1),
    hash: sha256Schema,
    because: z.string(),
  }),
)

/** Every kind that a ledger's chain may hold. */
export const ledgerKinds = [headRecordedKind] as const
