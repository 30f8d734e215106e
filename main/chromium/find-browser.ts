import { spawn } from 'node:child_process'
import { open, realpath, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import { explainLastWords } from './last-words.ts'

const PROBE_WITHIN_MS = 15_000

/** A place where a browser may lie. */
export interface BrowserCandidate {
  readonly path: string
  /** How it came to be looked at: 'MUSTER_BROWSER', 'PATH', 'usual place'. */
  readonly from: string
}

/** The browser to start, or one line for each candidate that says why it is none. */
export type FoundBrowser =
  | { readonly path: string; readonly problems: readonly string[] }
  | { readonly path: null; readonly problems: readonly string[] }

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
]

const macApps = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const windowsPrograms = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** Where browsers that Muster can use may lie, best first. A browser named in MUSTER_BROWSER is the only candidate. */
export function findBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): BrowserCandidate[] {
  const named = env.MUSTER_BROWSER
  if (named !== undefined && named !== '') return [{ path: named, from: 'MUSTER_BROWSER' }]
  if (platform === 'win32') return places(windowsPrograms, windowsRoots(env), (...parts) => win32.join(...parts))
  if (platform === 'darwin') {
    return places(
      macApps,
      ['/Applications', ...(env.HOME === undefined ? [] : [`${env.HOME}/Applications`])],
      (...parts) => posix.join(...parts),
    )
  }
  const folders = (env.PATH ?? '/usr/bin:/bin').split(':').filter((each) => each.startsWith('/'))
  return namesOnPath.flatMap((name) => folders.map((folder) => ({ path: posix.join(folder, name), from: 'PATH' })))
}

function windowsRoots(env: NodeJS.ProcessEnv): string[] {
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
  return roots.filter((each) => each !== undefined && each !== '').map(String)
}

function places(names: readonly string[], roots: readonly string[], join: (...parts: string[]) => string) {
  return names.flatMap((name) => roots.map((root) => ({ path: join(root, name), from: 'usual place' })))
}

/**
 * The first candidate that is a program and no stub. It is not run: `probeBrowser` does that. Candidates that are
 * simply not there are told of only where the user named them.
 */
export async function chooseBrowser(candidates: readonly BrowserCandidate[]): Promise<FoundBrowser> {
  const problems: string[] = []
  for (const candidate of candidates) {
    const problem = await problemOf(candidate)
    if (problem === null) return { path: candidate.path, problems }
    if (problem !== 'absent') problems.push(`${candidate.path}: ${problem}`)
    else if (candidate.from === 'MUSTER_BROWSER') problems.push(`${candidate.path}: there is no such file.`)
  }
  if (problems.length === 0) problems.push('No Chromium, Chrome or Edge is installed in a usual place.')
  return { path: null, problems }
}

async function problemOf({ path }: BrowserCandidate): Promise<string | null> {
  const real = await realpath(path).catch(absent)
  if (real === null) return 'absent'
  // A snap sees neither Muster's profile folder nor its pipe (snapd's home interface leaves out hidden folders).
  if (real === '/usr/bin/snap' || real.startsWith('/snap/')) return 'is a snap, which cannot use a profile of Muster’s.'
  const found = await stat(real)
  if (!found.isFile()) return 'is no program.'
  if (process.platform !== 'win32' && (found.mode & 0o111) === 0) return 'may not be executed.'
  return (await isSnapStub(real)) ? 'only starts or offers a snap.' : null
}

/** Ubuntu's chromium-browser package is a shell script that hands over to the snap. */
async function isSnapStub(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(absent)
  if (file === null) return false
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16_384), 0, 16_384, 0)
    const text = buffer.toString('latin1', 0, bytesRead)
    return text.startsWith('#!') && /\/snap\/bin\/|snap install/.test(text)
  } finally {
    await file.close()
  }
}

/** Runs a browser once with `--version`: null when it runs, otherwise one sentence that says why it does not. */
export function probeBrowser(path: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const child = spawn(path, ['--version'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), PROBE_WITHIN_MS)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-8_192)
  })
  child.on('error', (error) => {
    clearTimeout(timer)
    resolve(`It could not be started: ${error.message}.`)
  })
  child.on('close', (code) => {
    clearTimeout(timer)
    if (code === 0) resolve(null)
    else resolve(explainLastWords(said) ?? (code === null ? 'It gave no answer.' : `It ended with ${code}.`))
  })
  return promise
}

function absent(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(error.code ?? '')) return null
  throw error
}
