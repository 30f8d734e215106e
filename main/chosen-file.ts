import { refuse } from '../shared/refusal.ts'
import type { Shell } from './shell.ts'

/**
 * Where a person wants a file written. Refuses (`cancelled`) where they choose none. `tried`: 'Write the brief'; `next`: what
 * they can do instead.
 */
export async function chosenFile(
  shell: Pick<Shell, 'chooseSaveFile'>,
  suggestedName: string,
  { tried, next = 'Try again when you know where it should go.' }: { readonly tried: string; readonly next?: string },
): Promise<string> {
  const path = await shell.chooseSaveFile(suggestedName)
  if (path !== null) return path
  throw refuse('cancelled', { tried, happened: 'No file was chosen. Nothing was written.', next })
}
