import { z } from 'zod'
import { ulidSchema } from '../journal/header.ts'
import { contactSchema } from '../people/contact.ts'
import { paperSchema } from '../people/contact-card.ts'
import { reachSchema } from '../people/reach.ts'
import {
  credentialKindSchema,
  credentialNameSchema,
  credentialTestSchema,
  listedCredentialSchema,
} from './credential.ts'
import { idleMinutesSchema } from './idle.ts'

/** What anybody may know of the vault. `sealedBy` is empty where there is none yet. */
export const vaultStatusSchema = z.strictObject({
  sealedBy: z.array(z.enum(['system', 'passphrase', 'recovery'])),
  /** `credentials`: only they are locked, the contacts can be read. */
  locked: z.enum(['nothing', 'credentials', 'all']),
  /** Whether this machine has a store for secrets, in words. */
  system: z.strictObject({ has: z.boolean(), why: z.string() }),
  /** The window's vault locks itself when nobody did anything for so long. */
  idleMinutes: idleMinutesSchema,
})

/** A secret on its one way in: typed in the window, never sent back. */
const secret = z.string().min(1).max(65_536)
const nothing = z.null()
const none = z.strictObject({})
const readContactSchema = contactSchema.omit({ id: true, confirmedAt: true })

/** The window's calls about the vault. Values go in and never come out: what comes out are names and masks. */
export const vaultCalls = {
  status: { argument: none, result: vaultStatusSchema },
  /** Begins a vault. The recovery key is answered this once. */
  create: {
    argument: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('system') }),
      z.strictObject({ by: z.literal('passphrase'), passphrase: secret }),
    ]),
    result: z.strictObject({ recovery: z.string() }),
  },
  unlock: {
    argument: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('system') }),
      z.strictObject({ by: z.literal('passphrase'), secret }),
      z.strictObject({ by: z.literal('recovery'), secret }),
    ]),
    result: nothing,
  },
  lock: { argument: none, result: nothing },
  list: { argument: none, result: z.array(listedCredentialSchema) },
  set: {
    argument: z.strictObject({ name: credentialNameSchema, kind: credentialKindSchema, value: secret }),
    result: nothing,
  },
  forget: { argument: z.strictObject({ name: credentialNameSchema }), result: nothing },
  /**
   * Tells what can be told of a value without sending it anywhere. `typed`: for what is compared with something that a person
   * types; three wrong ones in a row lock the credentials.
   */
  test: {
    argument: z.strictObject({ name: credentialNameSchema, typed: secret.nullable() }),
    result: credentialTestSchema,
  },
  setIdle: { argument: z.strictObject({ minutes: idleMinutesSchema }), result: nothing },
  changePassphrase: { argument: z.strictObject({ passphrase: secret }), result: nothing },
  /** Writes the recovery key as a page to print, where the person chooses. */
  saveRecoverySheet: {
    argument: z.strictObject({ recovery: z.string().max(100) }),
    result: z.strictObject({ path: z.string() }),
  },
} as const

/** The window's calls about the people who can be called. */
export const peopleCalls = {
  list: { argument: none, result: z.array(contactSchema) },
  /** Adds a contact, or changes the one of that id. */
  keep: {
    argument: z.strictObject({ id: ulidSchema.nullable(), contact: readContactSchema }),
    result: z.strictObject({ id: ulidSchema }),
  },
  forget: { argument: z.strictObject({ id: ulidSchema }), result: nothing },
  /** Takes in a CSV or vCard file that the person chose or dropped: its name and its text. */
  import: {
    argument: z.strictObject({ file: z.string().max(300), text: z.string().max(3_000_000) }),
    result: z.strictObject({
      added: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      notUnderstood: z.array(z.string()),
    }),
  },
  /** Who stands behind the roles of an incident's runbook. With the vault locked their names alone. */
  reach: { argument: z.strictObject({ incident: ulidSchema }), result: reachSchema },
  /**
   * Writes a card to print, where the person chooses, with numbers in the clear; as HTML where PDF cannot be printed here.
   * Refused while the vault is locked.
   */
  saveCard: {
    argument: z.strictObject({ pack: z.string().max(100), paper: paperSchema, format: z.enum(['pdf', 'html']) }),
    result: z.strictObject({ path: z.string(), format: z.enum(['pdf', 'html']), contacts: z.int() }),
  },
} as const

export type VaultStatus = z.infer<typeof vaultStatusSchema>
