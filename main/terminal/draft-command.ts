import { draftMessage, type FieldValues } from '../../shared/communications/draft.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { plain, table } from './text.ts'

/**
 * `muster draft ID [TEMPLATE]`: a message of the runbook, filled from the record; without a template it lists them. What
 * is missing stands in the text, and on standard error.
 */
export async function draftCommand(
  { services, say, remark }: Face,
  named: string,
  id: string | undefined,
  options: { set?: readonly string[] },
): Promise<void> {
  const { id: incident } = await services.desk.ask('find', named)
  const { state } = await services.desk.ask('open', incident)
  const effective = await services.desk.ask('effective', incident)
  const tried = `Draft '${(id ?? '').slice(0, 100)}' for ${state.core.number}`
  if (effective === null) {
    throw refuse('not-found', {
      tried,
      happened: 'The runbook of this incident cannot be read here.',
      next: 'Write the message by hand.',
    })
  }
  const { templates } = effective.pack
  if (id === undefined) {
    const rows = templates.map((one) => [one.id, one.moment, one.audience, one.title])
    say(
      { templates },
      rows.length === 0 ? ['The runbook has no templates.'] : table([['ID', 'WHEN', 'FOR', 'TITLE'], ...rows]),
    )
    return
  }
  const ids = templates.map((one) => one.id)
  const template = templates.find((one) => one.id === id)
  if (template === undefined) throw unknown(tried, 'template', id, ids)
  const fields = template.fields.map((field) => field.id)
  const values = readValues(options.set ?? [], fields, tried)
  const { subject, text, missing } = draftMessage(template, { effective, state, values, nowMs: Date.now() })
  say({ incident, template: id, subject, text, missing }, [
    ...(subject === null ? [] : [plain(`Subject: ${subject}`), '']),
    plain(text),
  ])
  for (const field of missing) {
    const choices = field.choices.length === 0 ? '' : ` (${field.choices.join(' | ')})`
    remark(`Missing: ${field.title} ${field.why}. --set ${field.id}=…${choices}`)
  }
}

/** `name=value`; a name that is given again makes a list. */
function readValues(set: readonly string[], fields: readonly string[], tried: string): FieldValues {
  const values = new Map<string, string[]>()
  for (const one of set) {
    const at = one.indexOf('=')
    const name = at < 0 ? one : one.slice(0, at)
    if (at < 0) {
      throw refuse('bad-input', { tried, happened: `'${one}' gives no value.`, next: 'Write it as name=value.' })
    }
    if (!fields.includes(name)) throw unknown(tried, 'field', name, fields)
    values.set(name, [...(values.get(name) ?? []), one.slice(at + 1)])
  }
  return Object.fromEntries(values)
}

function unknown(tried: string, what: string, named: string, valid: readonly string[]) {
  const meant = nearest(named, valid)
  return refuse('not-found', {
    tried,
    happened: `There is no ${what} '${named.slice(0, 100)}'.`,
    next: meant === null ? `There are: ${valid.join(', ')}.` : `Did you mean '${meant}'?`,
  })
}
