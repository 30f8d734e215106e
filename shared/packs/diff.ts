import type { PackDiff } from './calls.ts'
import type { Pack } from './pack.ts'

interface Version {
  readonly pack: Pack
  readonly hash: string
}

/** An item of a pack, as far as two versions of it are compared. */
interface Item {
  readonly title: string
  /** What it says itself, field by field, without the items inside it. */
  readonly fields: ReadonlyMap<string, string>
}

/**
 * What differs between two versions of a pack. Items are found again by their ids from the top down, so an item that
 * only moved in its list is the same. Of an item that came or went, what is inside is not told again.
 */
export function diffPacks(before: Version, after: Version): PackDiff {
  const old = itemsByPath(before.pack)
  const now = itemsByPath(after.pack)
  return {
    before: { version: before.pack.version, hash: before.hash },
    after: { version: after.pack.version, hash: after.hash },
    added: only(now, old),
    removed: only(old, now),
    changed: [...now].flatMap(([path, item]) => {
      const was = old.get(path)
      const fields = was === undefined ? [] : changedFields(was, item)
      return fields.length === 0 ? [] : [{ path, title: item.title, fields }]
    }),
  }
}

function only(here: ReadonlyMap<string, Item>, there: ReadonlyMap<string, Item>): { path: string; title: string }[] {
  const isAlone = (path: string) => here.has(path) && !there.has(path)
  return [...here].flatMap(([path, { title }]) =>
    isAlone(path) && !above(path).some(isAlone) ? [{ path, title }] : [],
  )
}

/** 'a/b', 'a' for 'a/b/c'. */
function above(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function changedFields(was: Item, is: Item): string[] {
  const names = new Set([...was.fields.keys(), ...is.fields.keys()])
  return [...names].filter((name) => was.fields.get(name) !== is.fields.get(name))
}

/** Every item by the ids that lead to it; the pack itself under ''. */
function itemsByPath(pack: Pack): Map<string, Item> {
  const items = new Map<string, Item>()
  readItem(pack, '', items)
  return items
}

function readItem(item: object, path: string, items: Map<string, Item>): void {
  const fields = new Map<string, string>()
  items.set(path, { title: titleOf(item, path), fields })
  readFields(item, '', { path, fields, items })
}

interface Reading {
  readonly path: string
  readonly fields: Map<string, string>
  readonly items: Map<string, Item>
}

/** Lists of items become items of their own; whatever else an object holds are fields of the item that it is part of. */
function readFields(part: object, prefix: string, reading: Reading): void {
  for (const [key, value] of Object.entries(part) as [string, unknown][]) {
    const name = prefix === '' ? key : `${prefix}.${key}`
    // An empty list says no more than an absent one.
    if (Array.isArray(value) && value.length === 0) continue
    const listed = itemsIn(value)
    if (listed !== null) {
      const within = [reading.path, name.replaceAll('.', '/')].filter((one) => one !== '').join('/')
      for (const [id, item] of listed) readItem(item, `${within}/${id}`, reading.items)
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      readFields(value, name, reading)
    } else reading.fields.set(name, JSON.stringify(value))
  }
}

/** The items of a list by their ids (of contacts: by their roles); null for anything else. */
function itemsIn(value: unknown): [string, object][] | null {
  if (!Array.isArray(value)) return null
  const named = value.flatMap((one: unknown): [string, object][] => {
    if (typeof one !== 'object' || one === null) return []
    const id = 'id' in one ? one.id : 'role' in one ? one.role : null
    return typeof id === 'string' ? [[id, one]] : []
  })
  return named.length === value.length ? named : null
}

function titleOf(item: object, path: string): string {
  const said = ['title', 'text', 'name', 'role', 'id'].map((key) =>
    key in item ? item[key as keyof typeof item] : null,
  )
  return said.find((one) => typeof one === 'string') ?? path
}
