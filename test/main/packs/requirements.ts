import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { readPack } from '../../../main/packs/pack-file.ts'
import { itemsOf } from '../../../shared/packs/items.ts'
import type { Pack } from '../../../shared/packs/pack.ts'
import { itemKindsFor } from '../../../shared/packs/requirement-kinds.ts'

const packFileOf = (id: string) => join(import.meta.dirname, `../../../assets/packs/${id}.yaml`)

/** The shipped pack's text, as it is on disk. */
export const infinityText: string = readFileSync(packFileOf('infinity'), 'utf8')

/** A shipped pack, by its id. */
export function shippedPack(id: string): Pack {
  return readPack(readFileSync(packFileOf(id)), `${id}.yaml`).pack
}

/** The shipped pack. */
export const infinity = (): Pack => shippedPack('infinity')

/** One requirement of a runbook: its id, what it is of, and its facts. */
export interface Requirement {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly detail: string
  /** What it speaks with: docker, postgres, make, manual, … */
  readonly target: string
  readonly mutates: string
}

const inventory = parse<Requirement>(readFileSync(join(import.meta.dirname, 'fixtures/inventory.csv')), {
  columns: true,
})

/** The requirements whose ids begin with `prefix`, of one kind or all of them. */
export function requirementsOf(prefix: string, kind?: string): Requirement[] {
  return inventory.filter((one) => one.id.startsWith(prefix) && (kind === undefined || one.kind === kind))
}

/** Those of the Infinity playbook. */
export const requirements = (kind?: string): Requirement[] => requirementsOf('INF-', kind)

/**
 * What is wrong with a pack's claims, a sentence each: a requirement of the prefix that nothing covers, one that two items
 * cover or an item of a kind that may not, and a claim to something that is no requirement of it.
 */
export function claimProblems(pack: Pack, prefix: string): string[] {
  const items = itemsOf(pack)
  const known = new Map(requirementsOf(prefix).map((one) => [one.id, one.kind]))
  const strange = items
    .flatMap(({ covers }) => covers)
    .filter((id) => !known.has(id))
    .map((id) => `${id} is no requirement`)
  return [...known]
    .flatMap(([id, kind]) => {
      const claiming = items.filter(({ covers }) => covers.includes(id))
      if (claiming.length !== 1) return [`${id} is covered by ${claiming.length} items`]
      return claiming
        .filter((item) => itemKindsFor[kind]?.includes(item.kind) !== true)
        .map((item) => `${id} (${kind}) is covered by ${item.path}, which is a ${item.kind}`)
    })
    .concat(strange)
}

/** A command in one line, however it was broken. */
export function inOneLine(command: string): string {
  return command.replaceAll(/\s*\\\n\s*|\s+/g, ' ').trim()
}

/** Every item of a pack that says what it covers, wherever it stands. */
export function coveringItems(value: unknown): { covers: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(coveringItems)
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(coveringItems)
  return 'covers' in value ? [value, ...inside] : inside
}

/** The one item of `list` that covers `id`. Throws where none or several do. */
export function covering<Item extends { covers: string[] }>(list: readonly Item[], id: string): Item {
  const found = list.filter((item) => item.covers.includes(id))
  const [one] = found
  if (one === undefined || found.length > 1) throw new Error(`${id} is covered by ${found.length} items`)
  return one
}

/** The words of a fact in lower case, without punctuation and the little words that a sentence is joined with. */
export function factWords(fact: string): string[] {
  const joining = new Set(['a', 'an', 'the', 'and', 'or', 'is', 'to', 'of', 'for', 'with', 'by'])
  const words = fact.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.filter((word) => !joining.has(word))
}

/** Words of the fact that the text does not hold. */
export function lostWords(fact: string, text: string): string[] {
  const held = new Set(factWords(text))
  return factWords(fact).filter((word) => !held.has(word))
}
