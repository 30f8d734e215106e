import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Person, personSchema, timeSchema } from '../../shared/journal/header.ts'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { idleMinutesSchema } from '../../shared/vault/idle.ts'
import { packIdSchema } from '../../shared/packs/text.ts'
import { standingsSchema } from '../../shared/targets/standing.ts'
import { writeWhole } from '../whole-file.ts'

/** What a desk remembers besides its journal. Nothing secret, nothing that a post-mortem would quote. */
const settingsSchema = z.object({
  operator: personSchema.nullable().catch(null),
  /** As much as the store of evidence may hold, in bytes; 10 GiB where nothing is said. */
  evidenceQuotaBytes: z.int().positive().optional().catch(undefined),
  /** The overlay in force, by its id; see main/packs/overlay-shelf.ts. */
  overlay: packIdSchema.nullable().catch(null),
  /** How Docker engines are treated, by their hosts; those that are not named are open and only read. */
  engines: standingsSchema.catch({}),
  /** The folder that gets each entry and each piece of evidence too. */
  mirror: z.string().nullable().catch(null),
  /** The folder that gets a line for each anchor too. */
  anchorsFolder: z.string().nullable().catch(null),
  /** After so many minutes without anybody the vault locks itself; absent: the usual ones. */
  vaultIdleMinutes: idleMinutesSchema.optional().catch(undefined),
  /** The newest backup that this desk made. */
  lastBackup: z.strictObject({ at: timeSchema, folder: z.string() }).nullable().catch(null),
})

export type Settings = z.infer<typeof settingsSchema>

/** The settings of a data folder; what is absent or unreadable has its default, as losing it loses no record. */
export async function readSettings(folder: string): Promise<Settings> {
  const text = await readFile(join(folder, 'settings.json'), 'utf8').catch(() => '{}')
  const parsed = settingsSchema.safeParse(jsonOrNull(text))
  return parsed.success ? parsed.data : settingsSchema.parse({})
}

/** The changes of each folder that this process makes, one after the other. */
const changing = new Map<string, Promise<unknown>>()

/** Changes what is named, and keeps what window or terminal have written since. Answers all of it. */
export function changeSettings(folder: string, change: Partial<Settings>): Promise<Settings> {
  const before = changing.get(folder) ?? Promise.resolve()
  const changed = before.then(async () => {
    const settings = { ...(await readSettings(folder)), ...change }
    await writeSettings(folder, settings)
    return settings
  })
  // One that failed keeps nobody behind it from theirs.
  changing.set(
    folder,
    changed.catch(() => undefined),
  )
  return changed
}

async function writeSettings(folder: string, settings: Settings): Promise<void> {
  await writeWhole(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`)
}

/** A person at this desk who has no contact in a vault. */
export function personNamed(name: string): Person {
  return { contact: null, name }
}
