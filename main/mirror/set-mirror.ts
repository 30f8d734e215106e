import { resolve } from 'node:path'
import { changeSettings } from '../desk/settings.ts'
import { runErrand } from '../storage/errand.ts'

const PREPARE_WITHIN_MS = 20_000

/**
 * Sets a folder as the mirror of a data folder, or none. Answers its whole path. Rejects with the refusal of
 * `prepareMirror`, and where the folder does not answer in 20 s. Whoever mirrors takes it up from the settings.
 */
export async function setMirror(dataFolder: string, named: string | null): Promise<string | null> {
  const folder = named === null ? null : await prepare(dataFolder, resolve(named))
  await changeSettings(dataFolder, { mirror: folder })
  return folder
}

function prepare(dataFolder: string, folder: string): Promise<string> {
  const own = import.meta.url
  return runErrand<string>(new URL(own.endsWith('.ts') ? './prepare-thread.ts' : './prepare-thread.js', own), {
    data: { dataFolder, folder },
    tried: `Use ${folder} as the mirror`,
    withinMs: PREPARE_WITHIN_MS,
  })
}
