import type { PackShape } from './pack-shape.ts'
import type { Problem } from './problem.ts'
import type { Path } from './steps-of.ts'

/** A problem for each id that stands twice in its list, whatever the list; and for a second contact of one role. */
export function reportedIds(pack: PackShape): Problem[] {
  return [...inLists(pack, []), ...ofLevels(pack)]
}

function inLists(value: unknown, path: Path): Problem[] {
  if (Array.isArray(value)) {
    const seen = new Set<string>()
    return value.flatMap((one: unknown, i) => {
      const id = idOf(one)
      const twice = id !== null && seen.has(id)
      if (id !== null) seen.add(id)
      const inside = inLists(one, [...path, i])
      return twice ? [{ path: [...path, i, 'id'], message: 'stands twice in its list' }, ...inside] : inside
    })
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, below]) => inLists(below, [...path, key]))
}

function idOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null
}

/** Codes are what people say: two levels with one code could not be told apart. */
function ofLevels({ severities }: PackShape): Problem[] {
  return severities.flatMap(({ code }, i) =>
    severities.findIndex((other) => other.code === code) < i
      ? [{ path: ['severities', i, 'code'], message: 'stands twice in its list' }]
      : [],
  )
}
