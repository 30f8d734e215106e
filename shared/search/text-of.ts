import type { GridChoice } from '../incident/entries.ts'
import { type KnownEntry, readEntry } from '../incident/kinds.ts'
import { sentenceOf } from '../incident/sentence.ts'
import type { Entry } from '../journal/header.ts'

/** As much of an entry's text as is searched, in characters. */
const CAP = 2_097_152

/**
 * What an entry says, for search: its sentence and the other texts of its body. Empty once its body was erased. Of a
 * kind that this Muster does not know: every text in its body.
 */
export function textOf(entry: Pick<Entry, 'kind' | 'version' | 'body'>): string {
  if (entry.body === null) return ''
  // A kind reads nothing else of an entry.
  const known = readEntry(entry as Entry)
  const texts = known === null ? textsIn(entry.body) : [sentenceOf(known), ...furtherTexts(known)]
  return texts.join('\n').slice(0, CAP)
}

/** The texts of a body that its sentence leaves out. */
function furtherTexts(entry: KnownEntry): string[] {
  switch (entry.kind) {
    case 'declared':
      return [entry.body.pack.id, entry.body.reported_by ?? '']
    case 'severity-set':
      return [
        ...entry.body.path.flatMap(({ question, answer, led }) => [question, answer, led]),
        ...gridTexts(entry.body.grid),
      ]
    case 'evidence-kept': {
      const { collector, tool, items } = entry.body
      return [collector, tool, ...items.flatMap(({ name, request, outcome }) => [name, request, outcome])]
    }
    case 'swept':
      return sweptTexts(entry.body)
    case 'alarm-given':
      return [entry.body.clock]
    case 'clock-paused':
    case 'clock-resumed':
    case 'clock-met':
      return [entry.body.clock.id]
    case 'clock-snoozed':
      return [entry.body.clock.id]
    case 'duty-held':
      return [entry.body.regulatory.id]
    case 'called':
      return [entry.body.role.id, entry.body.edge ?? '']
    case 'notified':
      return [entry.body.notification.id]
    case 'handover-offered':
      return [entry.body.brief]
    case 'finding-waived':
    case 'waiver-ended':
      return [entry.body.finding.key]
    case 'phase-entered':
      return [entry.body.phase.id]
    case 'classified':
      return entry.body.types.map(({ id }) => id)
    case 'checked':
      return [entry.body.list.id, entry.body.item.id]
    case 'overlay-pinned':
    case 'pack-pinned': // The runbook stands in each of its incidents: its words would find them all.
    case 'confirmed':
    case 'impact-stated':
    case 'resolved':
    case 'reopened':
    case 'related':
    case 'noted':
    case 'corrected':
    case 'starred':
    case 'severity-explained':
    case 'linked':
    case 'team-set':
    case 'handover-accepted':
    case 'handover-withdrawn':
    case 'command-released':
    case 'command-taken':
    case 'task-given':
    case 'task-extended':
    case 'task-ended':
    case 'decided':
    case 'update-given':
    case 'erased':
    case 'role-taken':
    case 'responded':
    case 'evidence-checked':
    case 'evidence-released':
    case 'exported':
      return []
  }
}

function gridTexts(grid: GridChoice | undefined): string[] {
  return grid === undefined ? [] : [grid.impact.title, grid.urgency.title, grid.led]
}

function sweptTexts({ summary, findings }: (KnownEntry & { kind: 'swept' })['body']): string[] {
  return [
    summary.endpoint.host,
    ...findings.flatMap(({ code, title, why, cause, next, object, effects, changed }) => [
      `${code} ${title}`,
      why,
      cause ?? '',
      next,
      [object.name, object.project, object.service].filter((name) => name !== null).join(' '),
      ...effects.map((effect) => `${effect.code} ${effect.title}`),
      ...changed.map(({ what }) => what),
    ]),
    ...summary.couldNotRead.flatMap(({ what, why }) => [what, why]),
  ]
}

/** Every text in a value of JSON, in its order; without recursion, as a body may be nested deeply. */
function textsIn(body: Entry['body']): string[] {
  const texts: string[] = []
  const open: unknown[] = [body]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'object' && value !== null) {
      const inner: unknown[] = Object.values(value)
      for (let at = inner.length - 1; at >= 0; at -= 1) open.push(inner[at])
    }
  }
  return texts
}
