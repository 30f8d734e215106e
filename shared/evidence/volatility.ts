import { z } from 'zod'

/**
 * How soon a thing is gone if nobody takes it: the ranks of RFC 3227, section 2.1
 * (https://www.rfc-editor.org/rfc/rfc3227#section-2.1), 1 the soonest.
 */
export const volatilitySchema = z.strictObject({ rank: z.int().min(1).max(7), name: z.string().max(100) })

export type Volatility = z.infer<typeof volatilitySchema>

const names = [
  'registers and cache',
  'routing table, process table, kernel statistics, memory',
  'temporary file systems',
  'disk',
  'remote logging and monitoring',
  'physical configuration, network topology',
  'archival media',
] as const

export function volatilityOf(rank: 1 | 2 | 3 | 4 | 5 | 6 | 7): Volatility {
  return { rank, name: names[rank - 1] ?? '' }
}

/**
 * Answers of a Docker engine by the name of their item, the soonest gone first. What runs is in memory; how a container
 * stands lies below /run; what happened is kept until 256 more things have; logs lie on the disk; what the machine is stays.
 */
const ofDocker: readonly (readonly [RegExp, Volatility])[] = [
  [/(^|\/)(stats|top|processes|sockets|published)\.json$/, volatilityOf(2)],
  [/(^|\/)inspect\.json$|^containers\.json$/, volatilityOf(3)],
  [/^events\.json$/, volatilityOf(3)],
  [/^snapshot\.json$/, volatilityOf(3)],
  [/\.log$/, volatilityOf(4)],
  [/^(version|info)\.json$/, volatilityOf(6)],
  [/^(images|volumes)(\/|\.json$)/, volatilityOf(7)],
]

/** The rank of an answer of a Docker engine; what no line names is taken to lie on a disk. */
export function dockerVolatility(item: string): Volatility {
  return ofDocker[placeOf(item)]?.[1] ?? volatilityOf(4)
}

/** What is gone soonest comes first; within a rank in the order of the table above, then by name. */
export function compareByVolatility(a: RankedItem, b: RankedItem): number {
  return (
    a.volatility.rank - b.volatility.rank ||
    placeOf(a.name) - placeOf(b.name) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  )
}

interface RankedItem {
  readonly name: string
  readonly volatility: Volatility
}

function placeOf(item: string): number {
  const place = ofDocker.findIndex(([pattern]) => pattern.test(item))
  return place === -1 ? ofDocker.length : place
}
