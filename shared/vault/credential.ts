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

/** A credential as it may be shown anywhere: never its value. Times are ISO UTC. */
export const listedCredentialSchema = z.strictObject({
  name: credentialNameSchema,
  kind: credentialKindSchema,
  /** How long it is, and nothing else of it. */
  mask: z.string(),
  setAt: z.string(),
  usedAt: z.string().nullable(),
  /** For what it was used last, in a few words. */
  usedFor: z.string().nullable(),
})

export type CredentialKind = z.infer<typeof credentialKindSchema>
export type ListedCredential = z.infer<typeof listedCredentialSchema>

/** A fixed number of dots for whatever is short, so that a PIN's length is not told. */
export function maskOf(value: string): string {
  return value.length < 16 ? '••••••••' : `•••••••• (${value.length} characters)`
}
