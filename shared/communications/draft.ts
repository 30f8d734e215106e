import type { IncidentState } from '../incident/state.ts'
import type { Template } from '../packs/message-shape.ts'
import type { EffectivePack } from '../packs/overlay.ts'
import { visibleText } from '../postmortem/visible.ts'
import { type Facts, factsFor } from './field-values.ts'

/** A field that nobody has said and the record does not tell. `why` is a clause: 'is not one of: down, degraded'. */
export interface MissingField {
  readonly id: string
  readonly title: string
  readonly choices: readonly string[]
  readonly why: string
}

/** A message as it would go out. What is missing stands in it as `‹Title: missing›`, and here: none is to be sent unnoticed. */
export interface Drafted {
  readonly subject: string | null
  readonly text: string
  /** In the order of the template's fields. */
  readonly missing: readonly MissingField[]
}

/** What a person says for fields, by their ids; it goes before what the record tells. */
export type FieldValues = Readonly<Record<string, string | readonly string[]>>

type Field = Template['fields'][number]
type Value = { readonly values: readonly string[] } | { readonly missing: string }

/**
 * Fills a template from the incident's record and what a person says, at `nowMs` (ms since 1970). A field of given choices
 * takes one of them only. A line with `each` stands once for every value; a line that names an optional field without a
 * value is left out. What is filled in is text: nothing in it is read as a field again. An exercise's message says so.
 */
export function draftMessage(
  template: Template,
  {
    effective,
    state,
    values,
    nowMs,
  }: { effective: EffectivePack; state: IncidentState; values: FieldValues; nowMs: number },
): Drafted {
  const facts = factsFor({ effective, state, nowMs, moment: template.moment })
  const byId = new Map(template.fields.map((field) => [field.id, { field, value: valueOf(field, values, facts) }]))
  const lines = template.lines.flatMap((line) => linesOf(line, byId))
  const isExercise = state.mode === 'exercise'
  const subject = template.subject === undefined ? null : oneLine(filled(template.subject, byId, null))
  return {
    subject: subject === null || !isExercise ? subject : `EXERCISE: ${subject}`,
    text: [...(isExercise ? ['EXERCISE: this is not real.'] : []), ...lines].join('\n'),
    missing: template.fields.flatMap((field): MissingField[] => {
      const value = byId.get(field.id)?.value
      if (value === undefined || 'values' in value || field.optional) return []
      return [{ id: field.id, title: field.title, choices: field.choices, why: value.missing }]
    }),
  }
}

type Filled = ReadonlyMap<string, { readonly field: Field; readonly value: Value }>

function valueOf(field: Field, said: FieldValues, facts: Facts): Value {
  const given = Object.hasOwn(said, field.id) ? said[field.id] : undefined
  const known = given === undefined ? (field.from === undefined ? [] : facts(field.from)) : [given].flat()
  const values = known.map((value) => visibleText(value).trim()).filter((value) => value !== '')
  if (values.length === 0) return { missing: 'is not said' }
  if (field.choices.length === 0) return { values: field.from === 'severity' ? values.slice(0, 1) : values }
  const chosen = field.choices.filter((choice) => values.some((value) => isSame(choice, value)))
  // A level goes by several names, of which one is enough; of what a person said, all has to be there.
  const isEnough = given === undefined ? chosen.length > 0 : values.every((value) => isAmong(chosen, value))
  if (!isEnough) return { missing: `is not one of: ${field.choices.join(', ')}` }
  return { values: field.list ? chosen : chosen.slice(0, 1) }
}

function isAmong(choices: readonly string[], value: string): boolean {
  return choices.some((choice) => isSame(choice, value))
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function linesOf({ text, each }: Template['lines'][number], filledBy: Filled): string[] {
  const named = [...namesIn(text), ...(each === undefined ? [] : [each])]
  const isLeftOut = named.some((name) => {
    const one = filledBy.get(name)
    return one !== undefined && one.field.optional && 'missing' in one.value
  })
  if (isLeftOut) return []
  const repeated = each === undefined ? undefined : filledBy.get(each)?.value
  if (each === undefined || repeated === undefined || 'missing' in repeated) return [filled(text, filledBy, null)]
  return repeated.values.map((value) => filled(text, filledBy, { name: each, value }))
}

function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map((match) => match[1] ?? '')
}

const placeholder = /\$\{([^{}]*)\}/g

/** `one`: the value that a field has in this repetition of its line. */
function filled(text: string, filledBy: Filled, one: { name: string; value: string } | null): string {
  return text.replaceAll(placeholder, (_, name: string) => {
    if (one?.name === name) return one.value
    const found = filledBy.get(name)
    if (found === undefined) return missingMark(name)
    return 'values' in found.value ? found.value.values.join(', ') : missingMark(found.field.title)
  })
}

/** What stands in a message where something is missing. */
export function missingMark(title: string): string {
  return `‹${title}: missing›`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
