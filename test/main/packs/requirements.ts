import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { readPack } from '../../../main/packs/pack-file.ts'
import type { Pack } from '../../../shared/packs/pack.ts'

const packFile = join(import.meta.dirname, '../../../assets/packs/infinity.yaml')

/** The shipped pack's text, as it is on disk. */
export const infinityText: string = readFileSync(packFile, 'utf8')

/** The shipped pack. */
export function infinity(): Pack {
  return readPack(readFileSync(packFile), 'infinity.yaml').pack
}

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
