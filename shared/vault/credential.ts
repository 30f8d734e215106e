import { z } from 'zod'

/** What a credential is, so that it is asked for and shown fittingly. */
export const credentialKindSchema = z.enum([
  'token',
  'password',
  'database-url',
  'webhook',
  'certificate-key',
  'ssh-passphrase',
  'one-time-code-seed',
  'pin',
  'signing-key',
])

/** A name by which packs, targets and people speak of a credential: `pagerduty/api`, `shop-db`. */
export const credentialNameSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._/-]{0,98}[a-z0-9])?$/, 'is 1 to 100 of a-z, 0-9, dot, dash, underscore and slash')

/** Something that names a credential: a target bound with it, or a secret parameter that the overlay gives it to. */
export const credentialUseSchema = z.strictObject({
  credential: z.string(),
  pack: z.string(),
  is: z.enum(['target', 'parameter']),
  /** In the pack. */
  id: z.string(),
  title: z.string(),
})

/** A credential as it may be shown anywhere: never its value. Times are ISO UTC. */
export const keptCredentialSchema = z.strictObject({
  name: credentialNameSchema,
  kind: credentialKindSchema,
  /** How long it is, and nothing else of it. */
  mask: z.string(),
  setAt: z.string(),
  usedAt: z.string().nullable(),
  /** For what it was taken last, in a few words, and by whom. */
  usedFor: z.string().nullable(),
  usedBy: z.string().nullable(),
})

/** As it is listed: with what names it; null where that cannot be read. */
export const listedCredentialSchema = keptCredentialSchema.extend({ where: z.array(credentialUseSchema).nullable() })

/**
 * How the test of a credential came out; nothing is sent anywhere by it. `good` and `bad` are about what can be told here;
 * `not-tested`: nothing can. `said` are sentences without a word of the value.
 */
export const credentialTestSchema = z.strictObject({
  outcome: z.enum(['good', 'bad', 'not-tested']),
  said: z.array(z.string()).min(1),
})

/** Kinds that are tested against what a person types: the PIN itself, or the code that their device shows now. */
export function isTypedToTest(kind: CredentialKind): boolean {
  return kind === 'pin' || kind === 'one-time-code-seed'
}

export type CredentialKind = z.infer<typeof credentialKindSchema>
export type KeptCredential = z.infer<typeof keptCredentialSchema>
export type ListedCredential = z.infer<typeof listedCredentialSchema>
export type CredentialUse = z.infer<typeof credentialUseSchema>
export type CredentialTest = z.infer<typeof credentialTestSchema>

/** A fixed number of dots for whatever is short, so that a PIN's length is not told. */
export function maskOf(value: string): string {
  return value.length < 16 ? '••••••••' : `•••••••• (${value.length} characters)`
}
