import { refuse } from '../../shared/refusal.ts'
import { openConnection, patiently } from '../journal/sqlite.ts'

/** An entry by what stays of it whatever becomes of its text. `at` is ISO UTC. */
export interface FoundEntry {
  readonly hash: string
  readonly seq: number
  readonly kind: string
  readonly at: string
}

/** Fewer digits of a hash would name too much. */
const SHORTEST = 6

/**
 * The one entry of an incident that is named by its number in its chain ('#12' or '12') or by at least six digits of its
 * hash. Refuses a name that fits none, and one that fits several: where two desks wrote, numbers repeat.
 */
export function findEntry(file: string, incident: string, named: string): FoundEntry {
  const [, number] = /^#?(\d{1,9})$/.exec(named.trim()) ?? []
  const prefix = named.trim().toLowerCase()
  const isHash = number === undefined && /^[0-9a-f]{6,64}$/.test(prefix) && prefix.length >= SHORTEST
  const found =
    number === undefined ? (isHash ? byHash(file, incident, prefix) : []) : bySeq(file, incident, Number(number))
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  throw refuse('not-found', {
    tried: `Find the entry '${named}'`,
    happened:
      only === undefined
        ? 'This incident holds no such entry.'
        : `${found.length} entries fit: ${found.map(({ hash }) => hash.slice(0, 12)).join(', ')}.`,
    next: 'Name it by its number (#12), or by six or more digits of its hash, as the timeline shows them.',
  })
}

function bySeq(file: string, incident: string, seq: number): FoundEntry[] {
  return ask(file, 'incident = ? AND seq = ? ORDER BY lamport LIMIT 20', [incident, seq])
}

function byHash(file: string, incident: string, prefix: string): FoundEntry[] {
  // Every hash with this beginning stands between the two in the index, as 'g' follows 'f'.
  return ask(file, 'hash >= ? AND hash < ? AND incident = ? LIMIT 20', [prefix, `${prefix}g`, incident])
}

function ask(file: string, where: string, values: readonly (string | number)[]): FoundEntry[] {
  const db = openConnection(file, 'read')
  try {
    const asked = db.prepare<(string | number)[], FoundEntry>(`SELECT hash, seq, kind, at FROM entry WHERE ${where}`)
    return patiently(() => asked.all(...values))
  } finally {
    db.close()
  }
}
