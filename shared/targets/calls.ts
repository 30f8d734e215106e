import { z } from 'zod'
import { placeBindingSchema, targetBindingSchema } from './binding.ts'

const packId = z.string().max(100)
const itemId = z.string().max(100)

/** What of a pack is bound, by the ids that it has in the pack. Never a secret: credentials stand here by their names. */
export const packBindingsSchema = z.strictObject({
  places: z.record(z.string(), placeBindingSchema),
  targets: z.record(z.string(), targetBindingSchema),
})
export type PackBindings = z.infer<typeof packBindingsSchema>

/**
 * How the test of a target came out. `bad`: what was tested did not hold; `not-tested`: nothing was sent, and `said` is
 * why. `said` and `untested` are sentences.
 */
export const targetTestSchema = z.strictObject({
  outcome: z.enum(['good', 'bad', 'not-tested']),
  /** Where it went: 'db.example.com:5432'; null where nothing was sent. */
  reached: z.string().nullable(),
  said: z.array(z.string()).min(1),
  /** What a good outcome does not say. */
  untested: z.array(z.string()),
  tookMs: z.int().min(0),
})
export type TargetTest = z.infer<typeof targetTestSchema>

const bindSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('place'), pack: packId, id: itemId, binding: placeBindingSchema }),
  z.strictObject({ is: z.literal('target'), pack: packId, id: itemId, binding: targetBindingSchema }),
])
export type Bind = z.infer<typeof bindSchema>

const unbindSchema = z.strictObject({ is: z.enum(['place', 'target']), pack: packId, id: itemId })
export type Unbind = z.infer<typeof unbindSchema>

/** The window's calls about places and targets. */
export const targetCalls = {
  /** `machine`: the name of the machine that Muster runs on, as the consent to run a place's steps on it names it. */
  list: {
    argument: z.strictObject({ pack: packId }),
    result: z.strictObject({ machine: z.string(), bindings: packBindingsSchema }),
  },
  /** Binds, or binds anew. Refused what the pack does not hold, this machine without consent, and an address with a password. */
  bind: { argument: bindSchema, result: z.null() },
  unbind: { argument: unbindSchema, result: z.null() },
  /** Looks whether a target answers where it is bound to. Reads only, sends no credential, and ends within seconds. */
  test: { argument: z.strictObject({ pack: packId, target: itemId }), result: targetTestSchema },
} as const
