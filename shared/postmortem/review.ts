import { spellDuration } from '../clocks/duration.ts'
import type { Pack } from '../packs/pack.ts'
import type { Duration, FieldForm, FindingRecord, KeyTime, Obligation, Review, ReviewField } from './model.ts'
import { spellOutcome } from './times.ts'
import { inUtc, sentence, spellSeverity } from './words.ts'

/** What the review's fields can be filled from. */
export interface ReviewFacts {
  readonly title: string
  readonly reached: { readonly code: string; readonly name: string; readonly rank: number } | null
  readonly commander: string | null
  readonly impact: string | null
  readonly times: readonly KeyTime[]
  readonly durations: readonly Duration[]
  readonly obligations: readonly Obligation[]
  readonly findings: readonly FindingRecord[]
}

interface Field {
  readonly id: string
  readonly title: string
  readonly form: FieldForm
  readonly hint?: string | undefined
}

interface Section {
  readonly id: string
  readonly title: string
  readonly fields: readonly Field[]
}

/** Asked where the runbook cannot be read, so that a review never starts from an empty page. */
const ownSections: readonly Section[] = [
  sectionOf('root-cause', 'Root cause', 'text'),
  sectionOf('went-well', 'What went well', 'list'),
  sectionOf('went-wrong', 'What went wrong', 'list'),
  sectionOf('lucky', 'Where luck helped', 'list'),
  sectionOf('action-items', 'Action items', 'action-items'),
  sectionOf('lessons', 'Lessons learned', 'list'),
]

function sectionOf(id: string, title: string, form: FieldForm): Section {
  return { id, title, fields: [{ id, title, form }] }
}

/** The sections that the pack asks for, filled where the journal knows the answer. */
export function reviewOf(pack: Pack | null, facts: ReviewFacts): Review {
  const sections: readonly Section[] = pack?.postMortem.sections ?? ownSections
  return {
    title: pack?.postMortem.title ?? 'Review',
    fromPack: pack !== null,
    sections: sections.map(({ id, title, fields }) => ({
      id,
      title,
      fields: fields.map((field) => fill(field, facts)),
    })),
  }
}

function fill(field: Field, facts: ReviewFacts): ReviewField {
  const { id, title, form, hint } = field
  return { id, title, form, hint: hint ?? null, value: valueOf(field, facts), leads: leadsFor(field, facts) }
}

/** Only what an entry says, and only for fields whose meaning their id and form leave no doubt of. */
function valueOf({ id, form }: Field, { title, reached, commander, times, durations }: ReviewFacts): string | null {
  const at = (moment: KeyTime['id']) => times.find((time) => time.id === moment)?.at ?? null
  switch (`${form} ${id}`) {
    case 'text title':
      return title
    case 'date date':
      return at('detected')?.slice(0, 10) ?? null
    case 'duration duration':
      return spellKnown(durations, 'to-resolve', 'from detection to resolution')
    case 'severity severity':
      return reached === null ? null : spellSeverity(reached)
    case 'person commander':
      return commander
    case 'time reported':
    case 'time detected':
      return spellTime(at('detected'))
    case 'time declared':
      return spellTime(at('declared'))
    case 'time resolved':
      return spellTime(at('resolved'))
    default:
      return null
  }
}

function leadsFor({ id }: Field, { impact, durations, obligations, findings }: ReviewFacts): string[] {
  switch (id) {
    case 'root-cause':
      return findings
        .filter(({ finding }) => finding.tier === 1 && finding.cause !== null)
        .slice(0, 3)
        .map(({ finding: { code, title, cause, sure } }) =>
          sentence(`Finding ${code} '${title}' names a cause (${sure}): ${cause}`),
        )
    case 'impact-duration': {
      const known = spellKnown(durations, 'to-resolve', 'from detection to resolution')
      return known === null ? [] : [`The journal holds ${known}; how long people were affected may differ.`]
    }
    case 'users-affected':
      return impact === null ? [] : [sentence(`Stated during the incident: ${impact}`)]
    case 'went-well':
      return obligations.filter(({ outcome }) => outcome === 'met').map(spellObligation)
    case 'went-wrong':
      return obligations.filter(({ outcome }) => outcome === 'late' || outcome === 'overdue').map(spellObligation)
    default:
      return []
  }
}

function spellObligation(obligation: Obligation): string {
  return `${obligation.title}: ${spellOutcome(obligation)}.`
}

function spellKnown(durations: readonly Duration[], id: string, basis: string): string | null {
  const found = durations.find((duration) => duration.id === id)
  return found === undefined || found.ms === null || found.running ? null : `${spellDuration(found.ms)} ${basis}`
}

function spellTime(at: string | null): string | null {
  return at === null ? null : inUtc(at)
}
