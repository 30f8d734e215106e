/** The names inside `${…}` of a text. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\$\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
}

/** Every text inside a value, and where it stands in it. */
export function textsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): { readonly path: readonly (string | number)[]; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, below]) => textsIn(below, [...path, name]))
}
