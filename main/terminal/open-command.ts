import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { refuse } from '../../shared/refusal.ts'
import { summariseJournal } from '../journal/journal-summary.ts'
import { readMark } from '../mirror/mirror-folder.ts'
import type { Speaker } from './face.ts'
import { counted, plain } from './text.ts'

type OpenWindow = (root: string, argv: readonly string[], say: (line: string) => void) => Promise<number>

const openerSchema = z.looseObject({ openWindow: z.custom<OpenWindow>((value) => typeof value === 'function') })

/**
 * `muster open [FOLDER]`: opens the window on a folder (a data folder, a mirror, a copy), and waits until it is closed. A
 * mirror or copy goes on under chains of its own.
 */
export async function openCommand(speaker: Speaker, dataFolder: string, named: string | undefined): Promise<boolean> {
  const folder = resolve(named ?? dataFolder)
  const tried = `Open the window on ${folder}`
  tellWhatIsThere(speaker, folder, named !== undefined, tried)
  const own = import.meta.url
  const root = fileURLToPath(new URL(own.endsWith('.ts') ? '../..' : '../../..', own))
  const open = await openerOf(root, tried)
  const exit = await open(root, ['--data', folder], speaker.remark)
  if (exit === 0) return true
  throw refuse('unsupported', {
    tried,
    happened: `The window ended with ${exit}.`,
    next: 'What it said stands above. In the terminal: muster incidents --data FOLDER',
  })
}

function tellWhatIsThere({ say }: Speaker, folder: string, isNamed: boolean, tried: string): void {
  const found = summariseJournal(folder)
  if (found === null && isNamed) {
    throw refuse('not-found', {
      tried,
      happened: 'There is no journal.db in this folder.',
      next: 'Name a data folder, a mirror or a restored backup. A new desk begins with: muster open --data FOLDER',
    })
  }
  const mark = readMark(folder)
  const incidents = counted(found?.incidents ?? 0, 'incident')
  const age = found?.newestAt === null || found === null ? '' : `; the newest entry is of ${found.newestAt}`
  say({ folder, mirrorOf: mark?.from ?? null, ...(found ?? { incidents: 0, entries: 0, newestAt: null }) }, [
    `${plain(folder)}: ${incidents}${age}.`,
    ...(mark === null
      ? []
      : [
          `It is the mirror of ${plain(mark.from)}. What is written here goes on under chains of its own; the mirror is not written any more then.`,
        ]),
  ])
}

/** What `npm start` opens the window with. It is plain JavaScript that is not built, so it is not there everywhere. */
async function openerOf(root: string, tried: string): Promise<OpenWindow> {
  const file = join(root, 'main', 'setup', 'open-window.js')
  const missing = [file, join(root, 'dist', 'main'), join(root, 'dist', 'renderer')].find((path) => !existsSync(path))
  if (missing !== undefined) {
    throw refuse('unsupported', {
      tried,
      happened: `The window is not built here: ${missing} is not there.`,
      next: 'Build it first: npm run build. (An installed Muster opens it with: muster --data FOLDER.)',
    })
  }
  const loaded: unknown = await import(pathToFileURL(file).href)
  return openerSchema.parse(loaded).openWindow
}
