/**
 * The folder of a container's evidence: its name as far as it makes a safe one, and the first of its id, or its place in the
 * list where the id is none that tells containers apart. ASCII, at most 64 characters, no separator but the one.
 */
export function containerFolder(name: string, id: string, place: number): string {
  const tail = /^[0-9a-f]{12,}$/.test(id) ? id.slice(0, 12) : String(place + 1)
  return `containers/${safe(name)}-${tail}`
}

function safe(text: string): string {
  const kept = text.replaceAll(/[^A-Za-z0-9_.-]/g, '_').replace(/^[.-]+/, '_')
  return kept.slice(0, 40) || '_'
}
