import { z } from 'zod'
import { ulidSchema } from '../journal/header.ts'
import { placeBindingSchema, targetBindingSchema } from '../targets/binding.ts'
import { credentialNameSchema } from '../vault/credential.ts'
import { meansSchema } from './people-shape.ts'
import { lineSchema, minutesSchema, packIdSchema, parameterIdSchema } from './text.ts'
import { businessHoursSchema, everySchema, regulatorySchema } from './time-shape.ts'

/**
 * Somebody of the organisation. `contact` names them in the vault, where their numbers stay; addresses written here can
 * be read by whoever reads the file, and go into the record of each incident.
 */
const personSchema = z.strictObject({
  id: packIdSchema,
  name: lineSchema,
  contact: ulidSchema.optional(),
  addresses: z
    .array(z.strictObject({ means: meansSchema, value: lineSchema }))
    .max(10)
    .default([]),
})

const people = z.array(packIdSchema).max(20)
const list = <Item extends z.ZodType>(item: Item, most: number) => z.array(item).max(most).default([])

/** Business hours, waiting for answers and duties to authorities: for all packs, or for one. */
const general = {
  businessHours: businessHoursSchema.optional(),
  callouts: z
    .strictObject({
      answerWithinMinutes: minutesSchema.optional(),
      tries: z.int().min(1).max(20).optional(),
      againAfterMinutes: minutesSchema.optional(),
    })
    .optional(),
  regulatory: list(regulatorySchema, 50),
}

/** What is filled of one pack. Each row names an item of the pack by its id. */
const packPartSchema = z.strictObject({
  pack: packIdSchema,
  ...general,
  contacts: list(z.strictObject({ role: packIdSchema, people: people.min(1) }), 100),
  /** Who says yes: roles as in the pack (each inner list gives one yes), and people by name. */
  approvers: list(
    z.strictObject({
      approval: packIdSchema,
      roles: z.array(z.array(packIdSchema).min(1)).max(5).optional(),
      people: people.default([]),
    }),
    50,
  ),
  severities: list(
    z.strictObject({
      severity: packIdSchema,
      acknowledgeWithinMinutes: minutesSchema.optional(),
      respondWithinMinutes: minutesSchema.optional(),
    }),
    4,
  ),
  /** Of one of the pack's rules, by `cadence`; or a rule of your own for some `severities`. */
  cadence: list(
    z.strictObject({
      cadence: packIdSchema.optional(),
      severities: z.array(packIdSchema).min(1).max(4).optional(),
      updateWithinMinutes: minutesSchema,
    }),
    50,
  ),
  thresholds: list(
    z.strictObject({ threshold: packIdSchema, above: z.number().optional(), below: z.number().optional() }),
    200,
  ),
  notifications: list(
    z.strictObject({ notification: packIdSchema, withinMinutes: z.number().min(0).max(5_256_000) }),
    100,
  ),
  postMortem: z.strictObject({ dueWithinHours: z.number().positive().max(87_600) }).optional(),
  drills: list(z.strictObject({ drill: packIdSchema, every: everySchema }), 50),
  routines: list(z.strictObject({ routine: packIdSchema, every: everySchema }), 100),
  /** `value` of one, `values` of a list; a secret one is never written down but names a `credential` of the vault. */
  parameters: list(
    z.strictObject({
      parameter: parameterIdSchema,
      value: lineSchema.optional(),
      values: z.array(lineSchema).min(1).max(100).optional(),
      credential: credentialNameSchema.optional(),
    }),
    100,
  ),
  places: list(z.strictObject({ place: packIdSchema, is: placeBindingSchema }), 50),
  targets: list(z.strictObject({ target: packIdSchema, is: targetBindingSchema }), 100),
})

/** The form of an overlay, before it is checked against the packs that it fills. */
export const overlayShapeSchema = z.strictObject({
  apiVersion: z.literal('muster.dev/v1'),
  kind: z.literal('overlay'),
  id: packIdSchema,
  /** The organisation. */
  title: lineSchema,
  people: list(personSchema, 500),
  ...general,
  packs: list(packPartSchema, 50),
})

export type Overlay = z.infer<typeof overlayShapeSchema>
export type OverlayPart = Overlay['packs'][number]
export type OverlayPerson = Overlay['people'][number]
