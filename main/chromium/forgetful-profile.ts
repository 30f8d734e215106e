import { lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Keeps the browser from writing down, for its next start, what fields of the window hold: a secret that is typed into a
 * note stood in `Default/Sessions/Apps_…` a few seconds later, logged or not (seen with Chromium 156; the format:
 * components/sessions/core/command_storage_backend.cc). No flag and no preference switches that off. A file where the
 * folder would be does, and Muster needs nothing that would stand there. What an earlier start left is removed, and with
 * it the titles that the window had: earlier ones were those of incidents. Call it while no browser uses the profile.
 */
export async function keepNothingSaid(profileFolder: string): Promise<void> {
  const titles = ['History', 'History-journal', 'Top Sites', 'Top Sites-journal']
  await Promise.all(titles.map((name) => rm(join(profileFolder, 'Default', name), { force: true })))
  const sessions = join(profileFolder, 'Default', 'Sessions')
  if ((await lstat(sessions).catch(none))?.isFile() === true) return
  await rm(sessions, { recursive: true, force: true })
  await mkdir(join(profileFolder, 'Default'), { recursive: true, mode: 0o700 })
  await writeFile(sessions, '', { mode: 0o600 })
}

function none(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
