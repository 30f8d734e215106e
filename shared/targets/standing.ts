import { z } from 'zod'

/** How the desk treats an engine, whoever's runbook speaks of it. */
export const standingSchema = z.strictObject({
  /** A protected one looks different wherever it is shown. */
  protection: z.enum(['open', 'protected']),
  /** Muster only reads there until a person allows changes. */
  changes: z.enum(['read-only', 'allowed']),
})
export type Standing = z.infer<typeof standingSchema>

/** Those that a person has set, by the engine's host: one engine under two names is treated as one. */
export const standingsSchema = z.record(z.string().max(500), standingSchema)
export type Standings = z.infer<typeof standingsSchema>

const usual: Standing = { protection: 'open', changes: 'read-only' }

/** How an engine is treated; one that nobody has spoken of is open, and only read. */
export function standingOf(standings: Standings, { host }: { readonly host: string }): Standing {
  return Object.hasOwn(standings, host) ? (standings[host] ?? usual) : usual
}
