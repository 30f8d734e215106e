import { z } from 'zod'
import { sha256Schema, timeSchema, ulidSchema } from '../journal/header.ts'
import { findingSchema } from './finding.ts'
import { containerRowSchema, containerUsageSchema } from './sweep.ts'

const happenedSchema = z.strictObject({
  /** ISO UTC; of several times the newest. */
  at: z.string(),
  /** 'backend was stopped' */
  what: z.string(),
  times: z.int().min(1),
  project: z.string().nullable(),
})

/** Something that changed, whatever finding it may stand before. */
export type Happened = z.infer<typeof happenedSchema>

/** A container with the folder of its answers in the bundle. */
const keptContainerSchema = z.strictObject({ row: containerRowSchema, folder: z.string() })

/** What a kept sweep tells beside its findings, derived from its evidence alone. */
const keptLookSchema = z.strictObject({
  /** When it was taken, ISO UTC. */
  takenAt: z.string(),
  /** What is untidy and no sign of an incident. */
  hygiene: z.array(findingSchema),
  containers: z.array(keptContainerSchema),
  usage: z.array(containerUsageSchema),
  /** What changed lately, newest first. */
  happened: z.array(happenedSchema),
})

export type KeptLook = z.infer<typeof keptLookSchema>

const otherWaiverSchema = z.strictObject({
  /** See `waiverKeyOf`. */
  key: z.string(),
  until: timeSchema,
  reason: z.string(),
  by: z.string(),
  incident: ulidSchema,
  number: z.string(),
})

/** A waiver of another incident of this desk that is in force. */
export type OtherWaiver = z.infer<typeof otherWaiverSchema>

/** The window's calls about findings. */
export const findingsCalls = {
  /**
   * What the newest sweep's kept evidence tells beside its findings: hygiene, containers, what changed lately. `bundle` is
   * the sweep's. Refused (`not-found`) before a sweep was kept, and (`damaged`) where its evidence is not as it was kept.
   */
  hygiene: {
    argument: z.strictObject({ incident: ulidSchema, bundle: sha256Schema }),
    result: keptLookSchema,
  },
  /** Waivers in force in other incidents of the same mode; the same finding may be known there. */
  waivedElsewhere: {
    argument: z.strictObject({ incident: ulidSchema }),
    result: z.array(otherWaiverSchema),
  },
} as const
