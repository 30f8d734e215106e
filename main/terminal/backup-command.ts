import { join } from 'node:path'
import { runBackup } from '../backup/run-backup.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import type { Speaker } from './face.ts'
import { counted, plain } from './text.ts'

/** `muster backup --out FOLDER`. Ctrl C cancels it, and leaves nothing. */
export async function backupCommand(
  { say, remark }: Speaker,
  dataFolder: string,
  { out }: { out: string },
): Promise<boolean> {
  const cancelling = new AbortController()
  const cancel = (): void => cancelling.abort()
  process.once('SIGINT', cancel)
  let step = ''
  try {
    const made = await runBackup({
      dataFolder,
      target: out,
      signal: cancelling.signal,
      onProgress: (progress) => {
        if (progress.step === step) return
        step = progress.step
        remark(stepWords[progress.step])
      },
    })
    say(made, [
      `Backed up ${counted(made.incidents, 'incident')}, ${counted(made.entries, 'entry', 'entries')} and ${counted(made.files, 'file')} of evidence to ${plain(made.folder)}.`,
      ...made.problems.map((problem) => `- ${plain(problem)}`),
      `Check it without Muster: (cd ${shellWord(made.folder)} && sha256sum -c SHA256SUMS)`,
      `Try it: muster restore ${shellWord(made.folder)} --to ${shellWord(join(dataFolder, '..', 'restored'))}`,
    ])
    return true
  } finally {
    process.off('SIGINT', cancel)
  }
}

/** `muster restore BACKUP --to FOLDER` */
export async function restoreCommand(
  { say, remark }: Speaker,
  backup: string,
  { to }: { to: string },
): Promise<boolean> {
  const restored = await restoreBackup({ backup, to, onStep: remark })
  say(restored, [
    `Restored ${counted(restored.incidents, 'incident')}, ${counted(restored.entries, 'entry', 'entries')} and ${counted(restored.files, 'file')} of evidence to ${plain(restored.folder)}, as of ${restored.at}.`,
    'Tried: every sum, chain, body and piece of evidence is as it was written, and it opens.',
    ...restored.problems.map((problem) => `- ${plain(problem)}`),
    ...restored.heads.map(({ number, seq, hash }) => `Head of ${number}: #${seq} ${hash}`),
    `Open it: muster open ${shellWord(restored.folder)}`,
  ])
  return true
}

const stepWords = {
  entries: 'Copying entries…',
  evidence: 'Copying evidence…',
  syncing: 'Writing sums and waiting for the disk…',
} as const

/** As a person would type it in a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${plain(text).replaceAll("'", String.raw`'\''`)}'`
}
