import { RunnerLease } from '../journal/lease.ts'
import { catchUp } from '../mirror/catch-up.ts'
import type { Services } from '../services.ts'

/** A command waits so long for the mirror, and no longer. */
const WITHIN_MS = 3_000

/**
 * Brings the mirror along after a command that wrote: no window is open that would. Says so where it could not; what was
 * written is kept all the same.
 */
export async function mirrorAfter(
  { dataFolder, settings }: Pick<Services, 'dataFolder' | 'settings'>,
  remark: (line: string) => void,
): Promise<void> {
  if (settings.mirror === null || !new RunnerLease(dataFolder).isFree()) return
  const health = await catchUp(dataFolder, 'copy', WITHIN_MS)
  if (health === null || health.trouble === null) return
  const { happened, next } = health.trouble
  remark(`The mirror ${health.folder} is behind: ${happened.replace(/\.$/, '')}. ${next}`)
}
