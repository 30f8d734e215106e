import { z } from 'zod'
import { sha256Schema, timeSchema, ulidSchema } from '../journal/header.ts'
import { type EntryOf, type Kind, kindOf } from '../journal/kind.ts'

/** Which runbook an incident follows, pinned by the sha256 of the pack's bytes. */
export const pinnedPackSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  hash: sha256Schema,
})

/** How an organisation fills its runbooks, pinned by the sha256 of the overlay's bytes. */
export const pinnedOverlaySchema = z.strictObject({ id: z.string(), title: z.string(), hash: sha256Schema })

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

const declaredSchema = z.strictObject({
  number: z.string(),
  title: z.string().min(1).max(300),
  pack: pinnedPackSchema,
  /** Since version 2; left out where none was in force. */
  overlay: pinnedOverlaySchema.optional(),
  unconfirmed: z.boolean(),
  detected_at: timeSchema,
  /** Since version 3: who noticed it, a person or a system; left out where nobody said. */
  reported_by: z.string().min(1).max(200).optional(),
})

/** An incident begins. `unconfirmed`: looked at before anyone was sure that it is one. */
export const declaredKind: Kind<'declared', z.infer<typeof declaredSchema>> = {
  kind: 'declared',
  version: 3,
  body: declaredSchema,
  upcast: (body) => body,
}

/** The pack's own bytes, so that the incident can be read where the pack is not. */
export const packPinnedKind = kindOf('pack-pinned', z.strictObject({ hash: sha256Schema, text: z.string() }))

/** The overlay's own bytes: with them the incident's clocks are the same on every desk. It names people, so it may be erased. */
export const overlayPinnedKind = kindOf('overlay-pinned', z.strictObject({ hash: sha256Schema, text: z.string() }))

/** An unconfirmed incident is a real one. */
export const confirmedKind = kindOf('confirmed', z.strictObject({}))

/** One side of the grid of impact and urgency; `unsure`: the worst that it may be. */
const gridSideSchema = z.strictObject({ id: z.string(), title: z.string(), unsure: z.boolean() })

/** Where in the grid of impact and urgency it was seen, and the code of the level that stands there. */
export const gridChoiceSchema = z.strictObject({ impact: gridSideSchema, urgency: gridSideSchema, led: z.string() })

const severitySetSchema = z.strictObject({
  severity: severitySchema,
  assumed: z.boolean(),
  reason: text,
  path: z.array(triageAnswerSchema),
  /** Since version 2; left out where the grid was not used. */
  grid: gridChoiceSchema.optional(),
  /** Since version 3: the severity holds now, why is said later by `severity-explained`. */
  owed: z.literal(true).optional(),
})

/** `assumed`: taken because somebody was unsure and the higher level holds. `path` is empty where none was asked. */
export const severitySetKind: Kind<'severity-set', z.infer<typeof severitySetSchema>> = {
  kind: 'severity-set',
  version: 3,
  body: severitySetSchema,
  upcast: (body) => body,
}

/** Why a severity was set (by the hash of its entry), said once there was time for it. */
export const severityExplainedKind = kindOf('severity-explained', z.strictObject({ entry: sha256Schema, reason: text }))

/** An item of the pack by its id, with what people call it. */
const namedItemSchema = z.strictObject({ id: z.string().min(1).max(64), title: z.string().min(1).max(300) })

const classifiedSchema = z.strictObject({
  types: z.array(namedItemSchema).max(100),
  priority: z.strictObject({ id: z.string().min(1).max(64), code: z.string(), title: z.string() }).nullable(),
  /** Since version 2: the systems that are affected, as people call them. */
  systems: z.array(z.string().min(1).max(200)).max(100).default([]),
})

/** What sort of incident it is, what it hits, in what order it is worked on; beside how bad it is. Each says all of it anew. */
export const classifiedKind: Kind<'classified', z.infer<typeof classifiedSchema>> = {
  kind: 'classified',
  version: 2,
  body: classifiedSchema,
  upcast: (body) => body,
}

/** How an incident stands to another. */
export const relationSchema = z.enum(['related', 'duplicate-of', 'caused-by'])

/** It belongs to another incident, or (`how` null) not after all. `number` is what this desk called that one. */
export const relatedKind = kindOf(
  'related',
  z.strictObject({ incident: ulidSchema, number: z.string().min(1).max(64), how: relationSchema.nullable() }),
)

/** What customers notice, in a sentence. */
export const impactStatedKind = kindOf('impact-stated', z.strictObject({ text }))

/** Where people meet or look: one of each. */
export const linkSchema = z.enum(['bridge', 'channel', 'status-page', 'ticket', 'pager'])

/** Where the incident's bridge, channel and so on are (https, mailto, tel or sms); `url` null: nowhere any more. */
export const linkedKind = kindOf(
  'linked',
  z.strictObject({
    link: linkSchema,
    title: z.string().min(1).max(200).nullable(),
    url: z.string().min(1).max(2_000).nullable(),
  }),
)

/** The work is in this phase of the runbook from here on, whatever the time says. */
export const phaseEnteredKind = kindOf(
  'phase-entered',
  z.strictObject({ phase: namedItemSchema, reason: text.nullable() }),
)

export const resolvedKind = kindOf(
  'resolved',
  z.strictObject({ outcome: z.enum(['resolved', 'false-alarm']), summary: z.string().max(20_000) }),
)

export const reopenedKind = kindOf('reopened', z.strictObject({ reason: text }))

export type PinnedPack = z.infer<typeof pinnedPackSchema>
export type PinnedOverlay = z.infer<typeof pinnedOverlaySchema>
export type Severity = z.infer<typeof severitySchema>
export type TriageAnswer = z.infer<typeof triageAnswerSchema>
export type GridChoice = z.infer<typeof gridChoiceSchema>
export type Relation = z.infer<typeof relationSchema>
export type LinkKind = z.infer<typeof linkSchema>

export const incidentKinds = [
  declaredKind,
  packPinnedKind,
  overlayPinnedKind,
  confirmedKind,
  severitySetKind,
  impactStatedKind,
  resolvedKind,
  reopenedKind,
  classifiedKind,
  relatedKind,
  severityExplainedKind,
  linkedKind,
  phaseEnteredKind,
] as const

export type IncidentEntry = EntryOf<(typeof incidentKinds)[number]>

export type Status = 'unconfirmed' | 'open' | 'resolved' | 'false-alarm'

/** `types` are the ids and titles of the pack's, none where nobody said. */
export interface Classification {
  readonly at: string
  readonly types: readonly { readonly id: string; readonly title: string }[]
  readonly priority: { readonly id: string; readonly code: string; readonly title: string } | null
  /** As people call them. */
  readonly systems: readonly string[]
  readonly entry: string
}

/** A phase that somebody moved the work to. */
export interface PhaseEntered {
  /** Its id in the pack. */
  readonly phase: string
  readonly title: string
  readonly at: string
  readonly by: string
  readonly entry: string
}

/** Where people meet or look; `title` null: the link says it itself. */
export interface Link {
  readonly link: LinkKind
  readonly title: string | null
  readonly url: string
}

/** Another incident that this one belongs to; `number` is its label at the desk that said so. */
export interface RelatedIncident {
  readonly incident: string
  readonly number: string
  readonly how: Relation
  readonly at: string
  readonly by: string
  readonly entry: string
}

/** A severity that came into force; `owed`: its reason is still to be said. */
export interface SeverityHeld {
  readonly at: string
  readonly severity: Severity
  readonly reason: string
  readonly owed: boolean
  readonly entry: string
}

/** The incident's own part of its state: what it is, how bad, how far. Times are ISO UTC. */
export interface IncidentCore {
  readonly number: string
  readonly title: string
  readonly pack: PinnedPack | null
  readonly overlay: PinnedOverlay | null
  /** Whether the overlay's bytes are with the incident: not once they were erased. */
  readonly overlayKept: boolean
  readonly status: Status
  readonly declaredAt: string
  readonly detectedAt: string
  readonly declaredBy: string
  /** Who noticed it; null where nobody said. */
  readonly reportedBy: string | null
  /** Hashes of the entries that declared and ended it. */
  readonly declaredEntry: string | null
  readonly resolvedEntry: string | null
  readonly resolvedAt: string | null
  readonly summary: string
  readonly severity: Severity | null
  /** Whether the severity in force was assumed rather than known. */
  readonly assumed: boolean
  /** Every severity in the order it came into force; `entry` is the hash of the entry that set it. */
  readonly severities: readonly SeverityHeld[]
  /** Every status in the order it came into force. */
  readonly statuses: readonly { readonly at: string; readonly status: Status; readonly entry: string }[]
  /** Every classification in the order it came into force; the last one holds. */
  readonly classifications: readonly Classification[]
  readonly relations: readonly RelatedIncident[]
  /** One of each kind at most, in the order of the kinds. */
  readonly links: readonly Link[]
  /** Phases that somebody moved the work to, in their order. */
  readonly phases: readonly PhaseEntered[]
  readonly impact: { readonly text: string; readonly at: string; readonly by: string } | null
}

export const emptyCore: IncidentCore = {
  number: '',
  title: '',
  pack: null,
  overlay: null,
  overlayKept: false,
  status: 'open',
  declaredAt: '',
  detectedAt: '',
  declaredBy: '',
  reportedBy: null,
  declaredEntry: null,
  resolvedEntry: null,
  resolvedAt: null,
  summary: '',
  severity: null,
  assumed: false,
  severities: [],
  statuses: [],
  classifications: [],
  relations: [],
  links: [],
  phases: [],
  impact: null,
}

/** The step of the fold for the incident's own kinds. */
export function stepCore(core: IncidentCore, entry: IncidentEntry): IncidentCore {
  const { hash, happened_at: at } = entry
  switch (entry.kind) {
    case 'declared': {
      // An incident keeps the runbook that it began with: a second declaration, which only another desk's file can bring, is none.
      if (core.declaredEntry !== null && core.declaredEntry !== hash) return core
      const { number, title, pack, overlay = null, unconfirmed, detected_at: detectedAt } = entry.body
      const reportedBy = entry.body.reported_by ?? null
      const said = { number, title, pack, overlay, detectedAt, declaredBy: entry.actor.name, reportedBy }
      const declared = { ...core, ...said, declaredAt: entry.at, declaredEntry: hash }
      return become(declared, unconfirmed ? 'unconfirmed' : 'open', { at: entry.at, entry: hash })
    }
    case 'pack-pinned':
      return core
    case 'overlay-pinned':
      return { ...core, overlayKept: true }
    case 'confirmed':
    case 'reopened':
      // Where another desk had ended it meanwhile, it runs on.
      return become({ ...core, resolvedAt: null, resolvedEntry: null }, 'open', { at, entry: hash })
    case 'severity-set': {
      const { severity, assumed, reason, owed = false } = entry.body
      return {
        ...core,
        severity,
        assumed,
        severities: [...core.severities, { at, severity, reason, owed, entry: hash }],
      }
    }
    case 'severity-explained': {
      const { entry: explained, reason } = entry.body
      const severities = core.severities.map((held) =>
        held.entry === explained ? { ...held, reason, owed: false } : held,
      )
      return { ...core, severities }
    }
    case 'linked': {
      const { link, title, url } = entry.body
      const said = url === null ? [] : [{ link, title, url }]
      const place = (one: Link) => linkSchema.options.indexOf(one.link)
      const links = [...core.links.filter((one) => one.link !== link), ...said].toSorted((a, b) => place(a) - place(b))
      return { ...core, links }
    }
    case 'phase-entered':
      return {
        ...core,
        phases: [
          ...core.phases,
          { phase: entry.body.phase.id, title: entry.body.phase.title, at, by: entry.actor.name, entry: hash },
        ],
      }
    case 'impact-stated':
      return { ...core, impact: { text: entry.body.text, at, by: entry.actor.name } }
    case 'resolved': {
      const { outcome, summary } = entry.body
      return become({ ...core, resolvedAt: at, resolvedEntry: hash, summary }, outcome, { at, entry: hash })
    }
    case 'classified': {
      const { types, priority, systems } = entry.body
      return { ...core, classifications: [...core.classifications, { at, types, priority, systems, entry: hash }] }
    }
    case 'related': {
      const { incident, number, how } = entry.body
      const others = core.relations.filter((one) => one.incident !== incident)
      const said = how === null ? [] : [{ incident, number, how, at, by: entry.actor.name, entry: hash }]
      return { ...core, relations: [...others, ...said] }
    }
  }
}

function become(core: IncidentCore, status: Status, { at, entry }: { at: string; entry: string }): IncidentCore {
  return { ...core, status, statuses: [...core.statuses, { at, status, entry }] }
}
