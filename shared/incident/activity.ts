import type { KnownEntry } from './kinds.ts'

const work: ReadonlySet<KnownEntry['kind']> = new Set([
  'confirmed',
  'responded',
  'severity-set',
  'impact-stated',
  'classified',
  'noted',
  'task-given',
  'decided',
  'update-given',
  'role-taken',
  'called',
  'notified',
  'swept',
])

/** Whether an entry shows that somebody works on the incident: what postpones a second call. */
export function showsWork({ kind }: Pick<KnownEntry, 'kind'>): boolean {
  return work.has(kind)
}
