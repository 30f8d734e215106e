import { readFileSync } from 'node:fs'
import { z } from 'zod'

// One folder up in the source tree, two in the built one (dist/main): whichever holds the project's package.json.
const candidates = ['../package.json', '../../package.json']

function readVersion(): string {
  for (const candidate of candidates) {
    try {
      const text = readFileSync(new URL(candidate, import.meta.url), 'utf8')
      const parsed = z.looseObject({ name: z.literal('muster'), version: z.string() }).safeParse(JSON.parse(text))
      if (parsed.success) return parsed.data.version
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw new Error('The package.json of Muster was not found beside its code')
}

/** This Muster's version, from package.json. */
export const version = readVersion()
/** How this Muster names itself as the tool that collected something. */
export const toolName = `Muster ${version}`
