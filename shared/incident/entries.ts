import { z } from 'zod'
import { sha256Schema, timeSchema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

/** Which runbook an incident follows, pinned by the sha256 of the pack's bytes. */
export const pinnedPackSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  hash: sha256Schema,
})

/** A severity as its pack words it; `rank` (1 worst to 4) makes packs comparable. */
export const severitySchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  rank: z.int().min(1).max(4),
})

/** One answered triage question: as it was put, what was answered, and what that led to. */
export const triageAnswerSchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  answer: z.enum(['yes', 'no', 'unsure']),
  led: z.string(),
})

const text = z.string().min(1).max(20_000)

/** An incident begins. `unconfirmed`: looked at before anyone was sure that it is one. */
export const declaredKind = kindOf(
  'declared',
  z.strictObject({
    number: z.string(),
    title: z.string().min(1).max(300),
    pack: pinnedPackSchema,
    unconfirmed: z.boolean(),
    detected_at: timeSchema,
  }),
)

/** The pack's own bytes, so that the incident can be read where the pack is not. */
export const packPinnedKind = kindOf('pack-pinned', z.strictObject({ hash: sha256Schema, text: z.string() }))

/** An unconfirmed incident is a real one. */
export const confirmedKind = kindOf('confirmed', z.strictObject({}))

/** `assumed`: taken because somebody was unsure and the higher level holds. `path` is empty where none was asked. */
export const severitySetKind = kindOf(
  'severity-set',
  z.strictObject({
    severity: severitySchema,
    assumed: z.boolean(),
    reason: text,
    path: z.array(triageAnswerSchema),
  }),
)

/** What customers notice, in a sentence. */
export const impactStatedKind = kindOf('impact-stated', z.strictObject({ text }))

export const resolvedKind = kindOf(
  'resolved',
  z.strictObject({ outcome: z.enum(['resolved', 'false-alarm']), summary: z.string().max(20_000) }),
)

export const reopenedKind = kindOf('reopened', z.strictObject({ reason: text }))

export type PinnedPack = z.infer<typeof pinnedPackSchema>
export type Severity = z.infer<typeof severitySchema>
export type TriageAnswer = z.infer<typeof triageAnswerSchema>

export const incidentKinds = [
  declaredKind,
  packPinnedKind,
  confirmedKind,
  severitySetKind,
  impactStatedKind,
  resolvedKind,
  reopenedKind,
] as const

export type IncidentEntry = EntryOf<(typeof incidentKinds)[number]>

/** The incident's own part of its state: what it is, how bad, how far. Times are ISO UTC. */
export interface IncidentCore {
  readonly number: string
  readonly title: string
  readonly pack: PinnedPack | null
  readonly status: 'unconfirmed' | 'open' | 'resolved' | 'false-alarm'
  readonly declaredAt: string
  readonly detectedAt: string
  readonly resolvedAt: string | null
  readonly summary: string
  readonly severity: Severity | null
  /** Whether the severity in force was assumed rather than known. */
  readonly assumed: boolean
  /** Every severity in the order it came into force. */
  readonly severities: readonly { at: string; severity: Severity; reason: string }[]
  readonly impact: { readonly text: string; readonly at: string; readonly by: string } | null
}

export const emptyCore: IncidentCore = {
  number: '',
  title: '',
  pack: null,
  status: 'open',
  declaredAt: '',
  detectedAt: '',
  resolvedAt: null,
  summary: '',
  severity: null,
  assumed: false,
  severities: [],
  impact: null,
}

/** The step of the fold for the incident's own kinds. */
export function stepCore(core: IncidentCore, entry: IncidentEntry): IncidentCore {
  switch (entry.kind) {
    case 'declared':
      return {
        ...core,
        number: entry.body.number,
        title: entry.body.title,
        pack: entry.body.pack,
        status: entry.body.unconfirmed ? 'unconfirmed' : 'open',
        declaredAt: entry.at,
        detectedAt: entry.body.detected_at,
      }
    case 'pack-pinned':
      return core
    case 'confirmed':
      // Where another desk had ended it meanwhile, it runs on.
      return { ...core, status: 'open', resolvedAt: null }
    case 'severity-set': {
      const { severity, assumed, reason } = entry.body
      return {
        ...core,
        severity,
        assumed,
        severities: [...core.severities, { at: entry.happened_at, severity, reason }],
      }
    }
    case 'impact-stated':
      return { ...core, impact: { text: entry.body.text, at: entry.happened_at, by: entry.actor.name } }
    case 'resolved':
      return { ...core, status: entry.body.outcome, resolvedAt: entry.happened_at, summary: entry.body.summary }
    case 'reopened':
      return { ...core, status: 'open', resolvedAt: null }
  }
}
