import type { KnownEntry } from './kinds.ts'

const work: ReadonlySet<KnownEntry['kind']> = new Set([
  'confirmed',
  'responded',
  'severity-set',
  'impact-stated',
  'classified',
  'noted',
  'severity-explained',
  'phase-entered',
  'task-given',
  'task-extended',
  'task-ended',
  'decided',
  'update-given',
  'role-taken',
  'called',
  'notified',
  'team-set',
  'handover-offered',
  'handover-accepted',
  'command-taken',
  'swept',
])

/** Whether an entry shows that somebody works on the incident: what postpones a second call. */
export function showsWork({ kind }: Pick<KnownEntry, 'kind'>): boolean {
  return work.has(kind)
}
