import type { MirrorHealth } from '../../shared/storage/health.ts'
import { readSettings } from '../desk/settings.ts'
import { catchUp, type CatchUp } from '../mirror/catch-up.ts'
import { setMirror } from '../mirror/set-mirror.ts'
import type { Face, Speaker } from './face.ts'
import { counted, plain } from './text.ts'

/** `muster mirror set FOLDER`: copies what is there already, and says how it stands. */
export async function mirrorSetCommand({ services, say }: Face, folder: string): Promise<void> {
  await setMirror(services.dataFolder, folder)
  const health = await catchUp(services.dataFolder, 'copy')
  say({ mirror: health }, linesOf(health))
}

/** `muster mirror off` */
export async function mirrorOffCommand({ say }: Speaker, dataFolder: string): Promise<boolean> {
  const { mirror } = await readSettings(dataFolder)
  if (mirror !== null) await setMirror(dataFolder, null)
  say({ mirror: null }, [
    mirror === null ? 'There was no mirror.' : `No mirror from now on. What is in ${plain(mirror)} stays there.`,
  ])
  return true
}

/** `muster mirror status` copies nothing, `muster mirror now` copies what waits. Both say how the mirror stands then. */
export function mirrorCommand(how: CatchUp) {
  return async ({ say }: Speaker, dataFolder: string): Promise<boolean> => {
    const health = await catchUp(dataFolder, how)
    say({ mirror: health }, linesOf(health))
    return true
  }
}

/** How a mirror stands, a line each. */
export function linesOf(health: MirrorHealth | null): string[] {
  if (health === null)
    return ['No mirror is set. Set one on another disk, a stick or a share: muster mirror set FOLDER']
  const { folder, state, entries, files, since, trouble, remarks } = health
  const waits = [
    ...(entries > 0 ? [counted(entries, 'entry', 'entries')] : []),
    ...(files > 0 ? [`${counted(files, 'file')} of evidence`] : []),
  ].join(' and ')
  const lines = [
    `Mirror: ${plain(folder)}`,
    state === 'whole' && trouble === null ? 'Everything acknowledged is there.' : '',
    waits === '' ? '' : `Not there yet: ${waits}${since === null ? '' : `, the oldest of ${since}`}.`,
    trouble === null
      ? ''
      : `${state === 'stopped' ? 'Not written any more' : 'What stands in the way'}: ${plain(trouble.happened)}`,
    trouble === null ? '' : `Next: ${plain(trouble.next)}`,
    ...remarks.map(plain),
  ]
  return lines.filter((line) => line !== '')
}
