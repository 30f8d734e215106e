import type { Pack } from './pack.ts'
import type { StepType } from './step.ts'

/** What an item of a pack is, by where it stands. Steps say their own type. */
export type ItemKind = (typeof kindsByPath)[keyof typeof kindsByPath] | `step:${StepType}`

/** Something in a pack that can say what it covers. */
export interface PackItem {
  readonly kind: ItemKind
  /** Its place, from the pack downwards: `scenarios[2].stages[0].steps[1]`. */
  readonly path: string
  readonly id: string | null
  readonly title: string
  readonly covers: readonly string[]
}

const kindsByPath = {
  source: 'about',
  about: 'about',
  principles: 'principle',
  severities: 'severity',
  priorities: 'priority',
  incidentTypes: 'incident-type',
  'triage.questions': 'triage-question',
  'triage.grid': 'triage-grid',
  indicators: 'indicator',
  thresholds: 'threshold',
  metrics: 'metric',
  alerts: 'alert',
  roles: 'role',
  'roles.duties': 'duty',
  'roles.onCall': 'on-call',
  commander: 'commander',
  contacts: 'contact',
  contactMethods: 'contact-method',
  escalation: 'escalation',
  notifications: 'notification',
  approvals: 'approval',
  'approvals.rules': 'approval-rule',
  detection: 'detection',
  phases: 'phase',
  'phases.stages': 'stage',
  'phases.stages.options': 'option',
  places: 'place',
  targets: 'target',
  parameters: 'parameter',
  scenarios: 'scenario',
  'scenarios.symptoms': 'symptom',
  'scenarios.stages': 'stage',
  'scenarios.stages.options': 'option',
  routines: 'routine',
  'routines.stages': 'stage',
  'routines.stages.options': 'option',
  drills: 'drill',
  templates: 'template',
  'templates.lines': 'template-line',
  'templates.fields': 'template-field',
  cadence: 'cadence',
  regulatory: 'regulatory',
  evidenceRules: 'evidence-rule',
  reports: 'report',
  postIncident: 'post-incident',
  postMortem: 'post-mortem',
  'postMortem.sections': 'post-mortem-section',
  'postMortem.sections.fields': 'post-mortem-field',
  review: 'review',
  'review.agenda': 'agenda',
  'review.agenda.points': 'agenda-point',
  resources: 'resource',
} as const

/** Every item of a pack, in the pack's order, those above before those inside. */
export function itemsOf(pack: Pack): PackItem[] {
  return walk(pack, '', '')
}

function walk(value: unknown, path: string, bare: string): PackItem[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => walk(one, `${path}[${index}]`, bare))
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([key, below]) =>
    walk(below, path === '' ? key : `${path}.${key}`, bare === '' ? key : `${bare}.${key}`),
  )
  return isItem(value) ? [itemOf(value, path, bare), ...inside] : inside
}

type Coverer = { readonly covers: readonly string[] } & Readonly<Record<string, unknown>>

function isItem(value: object): value is Coverer {
  return 'covers' in value && Array.isArray(value.covers)
}

function itemOf(value: Coverer, path: string, bare: string): PackItem {
  const title = [value['title'], value['text'], value['name'], value['id'], value['role']].find(
    (one) => typeof one === 'string',
  )
  const id = value['id']
  return {
    kind: kindOf(value, bare),
    path,
    id: typeof id === 'string' ? id : null,
    title: typeof title === 'string' ? title : bare,
    covers: value.covers,
  }
}

function kindOf(value: Coverer, bare: string): ItemKind {
  // Only steps stand in a list of this name, and the schema has read their type.
  if (bare.endsWith('.steps')) return `step:${value['type'] as StepType}`
  const kind = Object.hasOwn(kindsByPath, bare) ? kindsByPath[bare as keyof typeof kindsByPath] : undefined
  if (kind === undefined) throw new Error(`an item at ${bare} has no kind`)
  return kind
}
