import { restoreBackup } from '../../../main/backup/restore-backup.ts'
import { runBackup } from '../../../main/backup/run-backup.ts'

/** A process that backs up or restores, and says when it begins and ends. */
const [act, from = '', to = ''] = process.argv.slice(2)
process.stdout.write('begin\n')
if (act === 'backup') await runBackup({ dataFolder: from, target: to })
else await restoreBackup({ backup: from, to, onStep: () => undefined })
process.stdout.write('end\n')
