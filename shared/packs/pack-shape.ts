import { z } from 'zod'
import { incidentTypeSchema, prioritySchema, severitySchema, thresholdSchema, triageSchema } from './level-shape.ts'
import { templateSchema } from './message-shape.ts'
import { parameterSchema } from './parameter-shape.ts'
import {
  approvalSchema,
  calloutsSchema,
  commanderSchema,
  contactMethodSchema,
  contactSchema,
  escalationSchema,
  notificationSchema,
  roleSchema,
} from './people-shape.ts'
import { placeSchema, targetSchema } from './place-shape.ts'
import { evidenceRuleSchema, postIncidentSchema, postMortemSchema, reportSchema, reviewSchema } from './review-shape.ts'
import { stagesSchema } from './stage.ts'
import { coversSchema, lineSchema, packIdSchema, placePathSchema } from './text.ts'
import {
  businessHoursSchema,
  cadenceSchema,
  drillSchema,
  phaseSchema,
  regulatorySchema,
  routineSchema,
} from './time-shape.ts'

/** A sentence of the runbook that is only to be read: its audience, a principle, a sign of a breach. */
const remarkSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  text: lineSchema.optional(),
  covers: coversSchema,
})

/** What breaks, how it shows, and what to do: diagnosis, evidence, options, verification, each a stage. */
const scenarioSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  summary: lineSchema,
  /** Heads several scenarios. */
  group: lineSchema.optional(),
  incidentTypes: z.array(packIdSchema).max(50).default([]),
  /** Words that findings carry when this scenario fits; see `signs` of shared/findings/finding.ts. */
  signs: z.array(packIdSchema).max(50).default([]),
  /** What people notice, as the runbook states it. */
  symptoms: z
    .array(z.strictObject({ id: packIdSchema, text: lineSchema, covers: coversSchema }))
    .max(20)
    .default([]),
  stages: stagesSchema,
  covers: coversSchema,
})

/** How the news arrives. */
const detectionSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  automated: z.boolean().nullable().default(null),
  /** Null where the runbook does not say. */
  arrivesBy: lineSchema.nullable().default(null),
  covers: coversSchema,
})

/** A place to look something up: a log, a dashboard, a page. */
const resourceSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  kind: z.enum(['log', 'dashboard', 'page', 'document']),
  where: lineSchema,
  place: packIdSchema.optional(),
  covers: coversSchema,
})

/** What is watched, and what calls somebody. */
const alertSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  rule: lineSchema,
  thresholds: z.array(packIdSchema).max(10).default([]),
  covers: coversSchema,
})

const list = <Item extends z.ZodType>(item: Item, most: number) => z.array(item).max(most).default([])

/** The form of a pack, before its items are checked against each other (pack.ts does both). */
export const packShapeSchema = z.strictObject({
  apiVersion: z.literal('muster.dev/v1'),
  id: packIdSchema,
  title: lineSchema,
  version: z
    .string()
    .max(32)
    .regex(/^\d+\.\d+\.\d+$/, 'is not a version such as 1.0.0'),
  /** Which system or organisation it is for. */
  scope: lineSchema,
  source: z.strictObject({
    document: lineSchema,
    category: lineSchema.nullable().default(null),
    /** The control of a standard that it answers. */
    control: lineSchema.nullable().default(null),
    updated: z.iso.date().nullable().default(null),
    covers: coversSchema,
  }),
  about: list(remarkSchema, 20),
  principles: list(remarkSchema, 50),
  /** Worst first. */
  severities: z.array(severitySchema).min(1).max(4),
  /**
   * The severities are those of another pack, written out here again, since a pack travels alone; where both are loaded
   * they must be the same.
   */
  severitiesOf: packIdSchema.optional(),
  priorities: list(prioritySchema, 6),
  incidentTypes: list(incidentTypeSchema, 100),
  triage: triageSchema,
  indicators: list(remarkSchema, 100),
  thresholds: list(thresholdSchema, 200),
  metrics: list(remarkSchema, 100),
  alerts: list(alertSchema, 100),
  roles: list(roleSchema, 100),
  commander: list(commanderSchema, 10),
  contacts: list(contactSchema, 100),
  contactMethods: list(contactMethodSchema, 20),
  escalation: list(escalationSchema, 200),
  callouts: calloutsSchema.optional(),
  notifications: list(notificationSchema, 100),
  approvals: list(approvalSchema, 50),
  detection: list(detectionSchema, 50),
  /** In their order. */
  phases: list(phaseSchema, 20),
  places: list(placeSchema, 50),
  targets: list(targetSchema, 100),
  parameters: list(parameterSchema, 100),
  scenarios: list(scenarioSchema, 100),
  routines: list(routineSchema, 100),
  drills: list(drillSchema, 50),
  templates: list(templateSchema, 100),
  cadence: list(cadenceSchema, 50),
  regulatory: list(regulatorySchema, 50),
  businessHours: businessHoursSchema.optional(),
  evidenceRules: list(evidenceRuleSchema, 100),
  /** The folder that the runbook keeps an incident's evidence in; Muster's own store takes its place. */
  evidenceFolder: placePathSchema.optional(),
  reports: list(reportSchema, 50),
  postIncident: list(postIncidentSchema, 100),
  postMortem: postMortemSchema,
  review: reviewSchema.optional(),
  resources: list(resourceSchema, 100),
})

export type PackShape = z.infer<typeof packShapeSchema>
