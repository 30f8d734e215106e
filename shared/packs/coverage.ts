import { type ItemKind, itemsOf } from './items.ts'
import { nearest } from './nearest.ts'
import type { Pack } from './pack.ts'
import { itemKindsFor } from './requirement-kinds.ts'

/** One requirement of a runbook, as a line of the inventory states it. */
export interface Requirement {
  readonly id: string
  /** The runbook that it is of. */
  readonly seed: string
  readonly kind: string
  readonly title: string
}

/** A claim of a pack that does not hold. */
export interface FalseClaim {
  readonly pack: string
  /** Where the item stands in it. */
  readonly path: string
  readonly id: string
  /** 'is claimed by a …', as a clause that goes on from the id. */
  readonly why: string
}

export interface SeedCoverage {
  readonly seed: string
  /** The pack that most of its requirements are claimed by; null where none claims any. */
  readonly pack: string | null
  readonly rows: number
  readonly covered: number
  /** By kind of requirement, in the order of the inventory. */
  readonly kinds: readonly { readonly kind: string; readonly rows: number; readonly covered: number }[]
  readonly uncovered: readonly Requirement[]
}

export interface Coverage {
  readonly rows: number
  readonly covered: number
  readonly seeds: readonly SeedCoverage[]
  readonly falseClaims: readonly FalseClaim[]
}

interface Claim {
  readonly pack: string
  readonly path: string
  readonly kind: ItemKind
  readonly id: string
}

/**
 * Which requirements the packs cover. A claim counts where the item is of a kind that can cover such a requirement, and
 * stands in the pack of its runbook: the one that claims most of that runbook's requirements.
 */
export function coverageOf(packs: readonly Pack[], requirements: readonly Requirement[]): Coverage {
  const known = new Map(requirements.map((row) => [row.id, row]))
  const claims = packs.flatMap(claimsOf)
  const home = homes(claims, known)
  const judged = claims.map((claim) => ({ claim, why: whyFalse(claim, known, home) }))
  const held = new Set(judged.flatMap(({ claim, why }) => (why === null ? [claim.id] : [])))
  const seeds = groups(requirements, ({ seed }) => seed).map(([seed, rows]): SeedCoverage => {
    const uncovered = rows.filter(({ id }) => !held.has(id))
    return {
      seed,
      pack: home.get(seed) ?? null,
      rows: rows.length,
      covered: rows.length - uncovered.length,
      kinds: groups(rows, ({ kind }) => kind).map(([kind, of]) => ({
        kind,
        rows: of.length,
        covered: of.filter(({ id }) => held.has(id)).length,
      })),
      uncovered,
    }
  })
  return {
    rows: requirements.length,
    covered: seeds.reduce((sum, { covered }) => sum + covered, 0),
    seeds,
    falseClaims: judged.flatMap(({ claim: { pack, path, id }, why }) =>
      why === null ? [] : [{ pack, path, id, why }],
    ),
  }
}

function claimsOf(pack: Pack): Claim[] {
  return itemsOf(pack).flatMap(({ kind, path, covers }) => covers.map((id) => ({ pack: pack.id, path, kind, id })))
}

/** The pack of each runbook. */
function homes(claims: readonly Claim[], known: ReadonlyMap<string, Requirement>): Map<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const { pack, id } of claims) {
    const seed = known.get(id)?.seed
    if (seed === undefined) continue
    const ofSeed = counts.get(seed) ?? new Map<string, number>()
    counts.set(seed, ofSeed.set(pack, (ofSeed.get(pack) ?? 0) + 1))
  }
  return new Map([...counts].map(([seed, ofSeed]) => [seed, [...ofSeed].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '']))
}

function whyFalse(
  { pack, kind, id }: Claim,
  known: ReadonlyMap<string, Requirement>,
  home: ReadonlyMap<string, string>,
): string | null {
  const row = known.get(id)
  if (row === undefined) {
    const meant = nearest(id, [...known.keys()])
    return `is not in the inventory${meant === null ? '' : `; did you mean ${meant}?`}`
  }
  const owner = home.get(row.seed)
  if (owner !== pack) return `is of the runbook ${row.seed}, which is the pack ${owner ?? 'none'}`
  const fitting = Object.hasOwn(itemKindsFor, row.kind) ? itemKindsFor[row.kind] : undefined
  if (fitting === undefined) return `is a ${row.kind}, which no kind of item covers`
  if (!fitting.includes(kind)) return `is a ${row.kind}, which a ${kind} cannot cover; ${fitting.join(', ')} can`
  return null
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const found = new Map<string, Item[]>()
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item])
  return [...found]
}
