import { asClaiming, saidBy } from '../incident/conflicts.ts'
import type { FieldChange } from './model.ts'
import type { Told } from './told.ts'

const names: Readonly<Record<string, string>> = {
  severity: 'Severity',
  status: 'Status',
  impact: 'Impact',
  'role:commander': 'Commander',
  'role:deputy': 'Deputy',
  'role:scribe': 'Scribe',
  'role:communications': 'Communications',
}

/** Every change of what can only be one thing at a time, with what it was before, in the order of the fold. */
export function changesOf(told: readonly Told[]): FieldChange[] {
  const before = new Map<string, string>()
  return told.flatMap(({ no, entry, known }) => {
    const claiming = asClaiming(known)
    if (claiming === null) return []
    const { field, words } = saidBy(claiming)
    const from = before.get(field) ?? null
    before.set(field, words)
    const isFirst = claiming.kind === 'declared'
    const change = { no, at: entry.happened_at, by: entry.actor.name, field: names[field] ?? field, from, to: words }
    return isFirst || from === words ? [] : [change]
  })
}
