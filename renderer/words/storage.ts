import type { BackupProgress, MirrorHealth, StorageHealth } from '../../shared/storage/health.ts'
import { ago, bytes, count, span } from './time.ts'

/** A line of the foot: `due` is what somebody should do something about. */
export interface HealthLine {
  readonly text: string
  readonly due: boolean
}

/** What lags less than this is only on its way, in ms. */
const ON_ITS_WAY_MS = 5_000

/** How the mirror stands, with its age: the time since the oldest entry that is not in it. */
export function mirrorLine(mirror: MirrorHealth | null, nowMs: number): HealthLine {
  if (mirror === null) return { text: 'No mirror', due: false }
  if (mirror.state === 'elsewhere') return { text: 'Another Muster keeps the mirror', due: false }
  const lagMs = mirror.since === null ? 0 : Math.max(0, nowMs - Date.parse(mirror.since))
  const age = mirror.state !== 'whole' && mirror.since === null ? 'behind' : `${span(lagMs)} behind`
  if (mirror.state === 'stopped') return { text: `Mirror stopped: ${ofTrouble(mirror, 'look into it')}`, due: true }
  if (mirror.trouble !== null) return { text: `Mirror ${age}: ${ofTrouble(mirror, '')}`, due: true }
  if (mirror.state === 'behind' && mirror.since === null && mirror.entries + mirror.files === 0)
    return { text: 'Mirror: it is looked at', due: false }
  if (lagMs > ON_ITS_WAY_MS) return { text: `Mirror ${age}: it catches up`, due: true }
  return { text: `Mirror ${span(lagMs)}`, due: false }
}

function ofTrouble({ trouble }: MirrorHealth, otherwise: string): string {
  const text = (trouble?.happened ?? otherwise).replace(/\.$/, '')
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** Everything of the storage that a foot has room for, what is due first. */
export function healthLines(health: StorageHealth, nowMs: number): HealthLine[] {
  const lines = [
    mirrorLine(health.mirror, nowMs),
    ...health.warnings.map(({ happened }) => ({ text: happened, due: true })),
  ]
  return lines.toSorted((a, b) => Number(b.due) - Number(a.due))
}

export const storageWords = {
  title: 'Mirror and backup',
  open: 'Mirror, backup and space on the disk',
  foot: 'Storage',
  more: (lines: number) => `· +${lines}`,
  mirror: 'Mirror',
  mirrorWhat:
    'A second folder gets each entry and each piece of evidence within a second: on another disk, a stick or a share. If this machine is lost, Muster goes on there.',
  mirrorNone: 'No mirror is set. What happens to this disk happens to the journal.',
  mirrorFolder: 'Folder of the mirror',
  mirrorSet: 'Mirror into it',
  mirrorOff: 'Stop mirroring',
  choose: 'Choose…',
  chooseMirror: 'Choose the folder of the mirror',
  chooseBackup: 'Choose where the backup goes',
  waiting: (mirror: MirrorHealth) =>
    [
      ...(mirror.entries > 0 ? [count(mirror.entries, 'entry', 'entries')] : []),
      ...(mirror.files > 0 ? [`${count(mirror.files, 'file')} of evidence`] : []),
    ].join(' and '),
  notThere: (what: string) => `Not there yet: ${what}.`,
  allThere: 'Everything acknowledged is there.',
  backup: 'Backup',
  backupWhat: 'A copy of this moment, whole and checked, in a new folder. Others go on writing meanwhile.',
  backupFolder: 'Make it in',
  backupGo: 'Back up now',
  backupCancel: 'Cancel the backup',
  never: 'No backup was made from this desk yet.',
  last: (at: string, folder: string, nowMs: number) => `The newest backup was made ${ago(at, nowMs)}: ${folder}`,
  made: (entries: number, files: number, size: number) =>
    `✓ Backed up: ${count(entries, 'entry', 'entries')} and ${count(files, 'file')} of evidence, ${bytes(size)}`,
  restoreHint: 'To restore one, type in a terminal: muster restore BACKUP --to FOLDER',
  room: 'Space',
  journal: 'Journal',
  evidence: 'Evidence',
  free: 'Free on its disk',
  dataFolder: 'Data folder',
  unknown: 'not known',
  size: (size: number | null) => (size === null ? 'not known yet' : bytes(size)),
  progress: ({ step, part, bytes: done, of }: BackupProgress) =>
    step === 'entries'
      ? `Entries: ${Math.round(part * 100)} %`
      : step === 'evidence'
        ? `Evidence: ${bytes(done)} of ${bytes(of)}`
        : 'Writing sums and waiting for the disk',
}
