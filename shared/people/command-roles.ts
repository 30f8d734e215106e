import type { Pack, Role as PackRole } from '../packs/pack.ts'
import type { Role } from './entries.ts'

const names: Readonly<Record<Role, RegExp>> = {
  commander: /\b(incident commander|incident lead)\b/i,
  deputy: /\bdeputy\b/i,
  scribe: /\b(scribe|recorder|documentation)\b/i,
  communications: /\bcommunications?\b/i,
}

/**
 * The roles of a runbook that one of the four command roles stands for: who may command at a severity (its id; null: none set),
 * and those that are called so. Empty where the runbook names none. Pure.
 */
export function rolesBehind(pack: Pack, role: Role, severity: string | null): PackRole[] {
  const named = pack.roles.filter(({ title }) => names[role].test(title))
  if (role !== 'commander' || named.length > 0) return named
  const rule = pack.commander.find(({ severities }) => severity !== null && severities.includes(severity))
  const may = new Set((rule === undefined ? pack.commander : [rule]).flatMap(({ roles }) => roles))
  return pack.roles.filter(({ id }) => may.has(id))
}
