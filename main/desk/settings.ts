import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Person, personSchema } from '../../shared/journal/header.ts'

/** What a desk remembers besides its journal. Nothing secret, nothing that a post-mortem would quote. */
const settingsSchema = z.object({ operator: personSchema.nullable() })

export type Settings = z.infer<typeof settingsSchema>

/** The settings of a data folder; an absent or unreadable file gives the defaults, as losing them loses no record. */
export async function readSettings(folder: string): Promise<Settings> {
  const text = await readFile(join(folder, 'settings.json'), 'utf8').catch(() => '{}')
  const parsed = settingsSchema.safeParse(parseOrEmpty(text))
  return parsed.success ? parsed.data : { operator: null }
}

export async function writeSettings(folder: string, settings: Settings): Promise<void> {
  const file = join(folder, 'settings.json')
  const temporary = `${file}.${process.pid}.part`
  await writeFile(temporary, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  await rename(temporary, file)
}

/** A person at this desk who has no contact in a vault. */
export function personNamed(name: string): Person {
  return { contact: null, name }
}

function parseOrEmpty(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
