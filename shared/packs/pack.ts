import type { z } from 'zod'
import { packShapeSchema } from './pack-shape.ts'
import { reportReferences } from './references.ts'

/**
 * What a team's runbook says, as data: facts are the runbook's, no value is a guess, and nothing in it is run as code.
 * What parses here has no unknown key, no hidden character, and no reference to something it does not hold.
 */
export const packSchema = packShapeSchema.superRefine(reportReferences)

export type Pack = z.infer<typeof packSchema>
export type PackSeverity = Pack['severities'][number]
export type TriageQuestion = Pack['triage']['questions'][number]
export type Scenario = Pack['scenarios'][number]
export type Phase = Pack['phases'][number]
export type Role = Pack['roles'][number]
export type EscalationEdge = Pack['escalation'][number]
export type Approval = Pack['approvals'][number]
export type Parameter = Pack['parameters'][number]
