import type { MirrorHealth } from '../../shared/storage/health.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { readSettings } from '../desk/settings.ts'
import { runErrand } from '../storage/errand.ts'

/**
 * What is done: `look` reads how the mirror stands; `copy` first copies all that waits. Several may copy at once: each
 * batch begins where the mirror ends.
 */
export type CatchUp = 'look' | 'copy'

const LOOK_WITHIN_MS = 15_000

/**
 * How the mirror of a data folder stands once that is done; null where none is set. A folder that does not answer is
 * trouble, no failure: in 15 s for a look, in `withinMs` for a copy (without it, however long it takes).
 */
export async function catchUp(dataFolder: string, how: CatchUp, withinMs?: number): Promise<MirrorHealth | null> {
  const { mirror } = await readSettings(dataFolder)
  if (mirror === null) return null
  const own = import.meta.url
  const limit = how === 'look' ? LOOK_WITHIN_MS : withinMs
  try {
    return await runErrand<MirrorHealth>(
      new URL(own.endsWith('.ts') ? './catch-up-thread.ts' : './catch-up-thread.js', own),
      {
        data: { dataFolder, folder: mirror, how },
        tried: `Look into the mirror ${mirror}`,
        ...(limit === undefined ? {} : { withinMs: limit }),
      },
    )
  } catch (error) {
    if (!(error instanceof RefusalError && error.refusal.code === 'timed-out')) throw error
    const { happened, next } = error.refusal
    return { ...unknown, remarks: [], folder: mirror, trouble: { happened, next } }
  }
}

const unknown = { state: 'behind', since: null, entries: 0, files: 0 } as const
