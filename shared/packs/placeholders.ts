/** The names inside `${…}` of a text. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\$\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
}

/** Every text inside a value, with the key that it stands under. */
export function textsIn(value: unknown, key = ''): { readonly key: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ key, text: value }]
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, below]) => textsIn(below, name))
}
