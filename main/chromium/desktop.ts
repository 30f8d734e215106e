import { type ChildProcess, spawn } from 'node:child_process'
import { access, constants, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, delimiter, extname, join } from 'node:path'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { namedLink, openByHand } from '../external-links.ts'

const DIALOG_WITHIN_MS = 30 * 60_000
const MAX_OUTPUT_CHARACTERS = 16_384

export interface DesktopOptions {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  /** Where files are saved without asking; null asks by a dialog where the desktop has one. */
  readonly saveFolder: string | null
  readonly log: (what: string) => void
}

const shortly = { deadlineMs: 10_000, isDone: 'ended' } as const
/** How long a notification can be clicked on. */
const clickable = { deadlineMs: 10 * 60_000, isDone: 'clicked' } as const

interface Ran {
  readonly code: number | null
  readonly output: string
}

/** What a Chromium cannot do for the app, done by the desktop's own small programs where they are. */
export class Desktop {
  readonly #options: DesktopOptions
  /** Programs that wait for a person who may never come. */
  readonly #waiting = new Set<ChildProcess>()

  constructor(options: DesktopOptions) {
    this.#options = options
  }

  /**
   * Opens an address that `readExternalLink` gave. Rejects with a refusal where the system has no opener. The address is an
   * argument of a program, so other users of the machine can see it (`docs/security.md`).
   */
  async open(url: string): Promise<void> {
    const [program, ...rest] = openers[this.#options.platform] ?? ['xdg-open']
    const path = await this.#find(program)
    const next = openByHand(url)
    const tried = `Open ${namedLink(url)}`
    if (path === null) throw refuse('unsupported', { tried, happened: `This system has no ${program}.`, next })
    const { code } = await this.#run([path, ...rest, url], { deadlineMs: 10_000, isDone: 'started' })
    if (code !== null && code !== 0) throw refuse('unsupported', { tried, happened: `${program} gave ${code}.`, next })
  }

  /**
   * Shows a notification where the desktop has a program for it. `onClick`: a person clicked it; only notify-send from libnotify
   * 0.8 on tells (`--action`), an older one shows it without.
   */
  async notify(title: string, body: string, onClick?: () => void): Promise<void> {
    const { platform } = this.#options
    const name = platform === 'darwin' ? 'osascript' : 'notify-send'
    const path = platform === 'win32' ? null : await this.#find(name)
    if (path === null) return
    if (platform === 'darwin') {
      const script = ['on run {t, b}', 'display notification b with title t', 'end run']
      await this.#run([path, ...script.flatMap((line) => ['-e', line]), title, body], shortly)
      return
    }
    const text = ['--app-name=Muster', '--', title, body]
    if (onClick !== undefined) {
      // It waits until the notification is clicked or gone, and writes the name of the action.
      const { code, output } = await this.#run([path, '--action=default=Open', ...text], clickable)
      if (output.trim() === 'default') onClick()
      if (code === 0 || code === null) return
    }
    await this.#run([path, ...text], shortly)
  }

  /** Nobody waits for a click any more. */
  close(): void {
    for (const child of this.#waiting) child.kill('SIGKILL')
  }

  /** Where to save; null when the person cancels. Without a dialog it is a free name in the downloads folder. */
  async chooseSaveFile(suggestedName: string): Promise<string | null> {
    const name = basename(suggestedName)
    const folder = this.#options.saveFolder
    if (folder !== null) return freeName(folder, name)
    const answered = await this.#askByDialog(saveDialogs(name, this.#options.platform))
    if (answered !== null) return answered.path
    return freeName(this.#options.env.XDG_DOWNLOAD_DIR ?? join(homedir(), 'Downloads'), name)
  }

  /** Which folder; null when the person cancels. Rejects with a refusal where the desktop has no dialog for it. */
  async chooseFolder(title: string): Promise<string | null> {
    if (this.#options.saveFolder !== null) return this.#options.saveFolder
    const answered = await this.#askByDialog(folderDialogs(title, this.#options.platform))
    if (answered !== null) return answered.path
    throw noDialog('Ask for a folder')
  }

  /** Which file to read; null when the person cancels. Rejects with a refusal where the desktop has no dialog for it. */
  async chooseOpenFile(title: string): Promise<string | null> {
    const answered = await this.#askByDialog(openDialogs(title, this.#options.platform))
    if (answered !== null) return answered.path
    throw noDialog('Ask for a file')
  }

  /** Asks by the first dialog that is here; null where none is. */
  async #askByDialog(dialogs: readonly Dialog[]): Promise<{ readonly path: string | null } | null> {
    for (const [program, argv] of dialogs) {
      const path = await this.#find(program)
      if (path === null) continue
      const { code, output } = await this.#run([path, ...argv], { deadlineMs: DIALOG_WITHIN_MS, isDone: 'ended' })
      const chosen = output.replace(/\r?\n$/, '')
      return { path: code === 0 && chosen !== '' ? chosen : null }
    }
    return null
  }

  async #find(program: string): Promise<string | null> {
    for (const folder of (this.#options.env.PATH ?? '').split(delimiter)) {
      if (folder === '') continue
      const path = join(folder, program)
      if (await isExecutable(path)) return path
    }
    return null
  }

  /** Runs one program to its end, or, for an opener that may stay, until it has run for a second. */
  #run(argv: readonly string[], until: { deadlineMs: number; isDone: 'started' | 'ended' | 'clicked' }): Promise<Ran> {
    const { promise, resolve, reject } = Promise.withResolvers<Ran>()
    const [program = '', ...rest] = argv
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'ignore'], detached: until.isDone === 'started' })
    if (until.isDone === 'clicked') this.#waiting.add(child)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(0, MAX_OUTPUT_CHARACTERS)
    })
    const timer = setTimeout(
      () => {
        if (until.isDone !== 'started') child.kill('SIGKILL')
        child.unref()
        resolve({ code: null, output })
      },
      until.isDone === 'started' ? 1_000 : until.deadlineMs,
    )
    child.on('error', (error) => {
      clearTimeout(timer)
      const next = 'Do it by hand.'
      reject(refuse('unsupported', { tried: `Run ${program}`, happened: error.message, next, cause: error }))
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      this.#waiting.delete(child)
      resolve({ code, output })
    })
    return promise
  }
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
}

/** A program, and how it is asked. */
type Dialog = readonly [string, readonly string[]]

function folderDialogs(title: string, platform: NodeJS.Platform): readonly Dialog[] {
  if (platform === 'win32') return []
  if (platform === 'darwin') {
    const script = ['on run {t}', 'POSIX path of (choose folder with prompt t)', 'end run']
    return [['osascript', [...script.flatMap((line) => ['-e', line]), title]]]
  }
  return [
    ['zenity', ['--file-selection', '--directory', `--title=${title}`]],
    ['kdialog', ['--title', title, '--getexistingdirectory', homedir()]],
  ]
}

function openDialogs(title: string, platform: NodeJS.Platform): readonly Dialog[] {
  if (platform === 'win32') return []
  if (platform === 'darwin') {
    const script = ['on run {t}', 'POSIX path of (choose file with prompt t)', 'end run']
    return [['osascript', [...script.flatMap((line) => ['-e', line]), title]]]
  }
  return [
    ['zenity', ['--file-selection', `--title=${title}`]],
    ['kdialog', ['--title', title, '--getopenfilename', homedir()]],
  ]
}

function noDialog(tried: string) {
  return refuse('unsupported', {
    tried,
    happened: 'This desktop has no program that asks for one (zenity or kdialog).',
    next: 'Type its path instead.',
  })
}

function saveDialogs(name: string, platform: NodeJS.Platform): readonly Dialog[] {
  if (platform === 'win32') return []
  if (platform === 'darwin') {
    const script = ['on run {n}', 'POSIX path of (choose file name default name n)', 'end run']
    return [['osascript', [...script.flatMap((line) => ['-e', line]), name]]]
  }
  return [
    ['zenity', ['--file-selection', '--save', '--title=Save', `--filename=${name}`]],
    ['kdialog', ['--getsavefilename', name]],
  ]
}

/** A path in `folder` that no file has yet: `name.md`, `name (2).md`, … */
async function freeName(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const end = extname(name)
  const stem = basename(name, end)
  for (let count = 1; count <= 1_000; count += 1) {
    const path = join(folder, count === 1 ? name : `${stem} (${count})${end}`)
    if (!(await exists(path))) return path
  }
  throw refuse('storage', {
    tried: `Save ${name} in ${folder}`,
    happened: 'A thousand files of that name are there.',
    next: 'Move some of them away and save again.',
  })
}

async function isExecutable(path: string): Promise<boolean> {
  return allows(path, constants.X_OK)
}

async function exists(path: string): Promise<boolean> {
  return allows(path, constants.F_OK)
}

async function allows(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** The refusal in an error, or the error again where it is a bug. */
export function refusalIn(error: unknown) {
  if (error instanceof RefusalError) return error.refusal
  throw error
}
