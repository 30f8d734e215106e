import { writeFile } from 'node:fs/promises'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'

/** Writes a file that must not be there yet. Refuses (`storage`) one that is there, and what the disk would not take. */
export async function writeNewFile(
  file: string,
  text: string,
  { tried, mode = 0o600 }: { readonly tried: string; readonly mode?: number },
): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode, flush: true })
  } catch (cause) {
    const isThere = codeOf(cause) === 'EEXIST'
    throw refuse('storage', {
      tried,
      happened: isThere ? `${file} is there already.` : messageOf(cause),
      next: 'Name a new file in a folder that you may write to: --out FILE.',
      cause,
    })
  }
}
