import { type ConflictField, fieldWords } from '../../shared/incident/conflicts.ts'

/* Words of conflicts: what two desks said without having seen each other. */
export const conflictWords = {
  group: 'Conflicts between desks',
  title: (field: ConflictField) => `Desks disagree on ${fieldWords(field)}.`,
  meanwhile: (what: string) => `Until you settle it, '${what}' holds.`,
  said: (by: string, time: string) => `${by}, ${time}`,
  choose: (what: string) => `Choose '${what}'`,
  settle: (field: ConflictField, what: string, by: string) => `Settle ${fieldWords(field)}: '${what}', as ${by} said`,
  onBoard: (what: readonly string[]) => `conflict: ${what.join(', ')}`,
}
