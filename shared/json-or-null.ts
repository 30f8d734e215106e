/** What a JSON text holds; null where it is none, which no schema of an object takes either. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
