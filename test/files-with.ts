import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder that holds the words, as UTF-8 or as UTF-16 in either order. Sockets and the like are left out. */
export function filesWith(folder: string, words: string): string[] {
  const swapped = Buffer.from(words, 'utf16le').swap16()
  const forms = [Buffer.from(words), Buffer.from(words, 'utf16le'), swapped]
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const bytes = readOrNull(join(folder, name))
    return bytes !== null && forms.some((form) => bytes.includes(form))
  })
}

/** Null for what is no file, and for one that went away meanwhile. */
export function readOrNull(path: string): Buffer | null {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
