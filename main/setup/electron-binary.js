import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { finish } from './program.js'

/**
 * Electron 45 has no install script of its own: the binary comes with the first start.
 *
 * @param {string} root the folder of the project
 * @returns {{ version: string, folder: string, binary: string | null } | null} null where the package is not
 *   installed; `binary` is null where it has not been fetched
 */
export function electronHere(root) {
  const folder = packageFolder(root)
  if (folder === null) return null
  const about = /** @type {{ version: string }} */ (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')))
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = path.join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const binary = path.join(override ?? path.join(folder, 'dist'), name)
  return { version: about.version, folder, binary: existsSync(binary) ? binary : null }
}

/** @param {string} root */
function packageFolder(root) {
  try {
    return path.dirname(createRequire(path.join(root, 'package.json')).resolve('electron/package.json'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

/**
 * Fetches Electron's binary through Electron's own downloader (its cache, mirrors and checksums hold) and unpacks it.
 *
 * @param {{ version: string, folder: string }} electron
 * @param {{ stallMs: number }} limits how long nothing may arrive before it gives up
 * @returns {Promise<string | null>} null when it is there, else why not, as a clause
 */
export async function fetchElectron({ version, folder }, { stallMs }) {
  const require = createRequire(path.join(folder, 'package.json'))
  const downloader = /** @type {{ downloadArtifact: (details: object) => Promise<string> }} */ (
    await import(pathToFileURL(require.resolve('@electron/get')).href)
  )
  const stalled = new AbortController()
  const stall = new Error(`nothing arrived for ${stallMs / 1000} s`)
  const giveUp = () => stalled.abort(stall)
  let timer = setTimeout(giveUp, stallMs)
  const onProgress = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, stallMs)
  }
  try {
    const download = downloader.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: /** @type {unknown} */ (require('./checksums.json')),
      downloadOptions: { signal: stalled.signal, getProgressCallback: onProgress, quiet: true },
    })
    // The signal ends the transfer; the race ends what the downloader does beside it.
    await Promise.race([download, rejection(stalled.signal, stall)])
  } catch (error) {
    return reasonOf(error)
  } finally {
    clearTimeout(timer)
  }
  const unpacked = await finish(process.execPath, [path.join(folder, 'install.js')], { limitMs: 120_000 })
  return unpacked.code === 0 ? null : `it could not be unpacked: ${unpacked.output.trim().split('\n').at(-1)}`
}

/**
 * @param {AbortSignal} signal
 * @param {Error} reason
 * @returns {Promise<never>}
 */
function rejection(signal, reason) {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(reason), { once: true }))
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.message}${cause}`
}

/** What tells this binary from another, for remembering how it started. */
export function electronKey(/** @type {string} */ binary) {
  const { mtimeMs, size } = statSync(binary)
  return `${binary} ${size} ${Math.round(mtimeMs)} ${process.getuid?.() === 0 ? 'root' : 'user'}`
}

/** Chromium's sandbox does not take root: https://crbug.com/638180. For anybody else it stays on. */
export function electronFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * Starts the binary once: a hidden, sandboxed window, then the end.
 *
 * @param {string} binary
 * @returns {Promise<string | null>} null when it started, else why not, as a clause
 */
export async function probeElectron(binary) {
  const probe = fileURLToPath(new URL('../electron/start-probe.js', import.meta.url))
  try {
    const { code, output } = await finish(binary, [...electronFlags(), probe], { limitMs: 20_000 })
    return code === 0 && output.includes('muster-probe-ready') ? null : explainStart(output, code)
  } catch (error) {
    return reasonOf(error)
  }
}

/**
 * Why a browser-like binary did not start, from its last words.
 *
 * @param {string} output
 * @param {number} code
 * @returns {string}
 */
export function explainStart(output, code) {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(output)?.[1]
  if (library !== undefined) return `it needs the library ${library}, which is not installed`
  if (/SUID sandbox helper|No usable sandbox|setuid sandbox/i.test(output)) {
    return 'the system forbids its sandbox (see kernel.unprivileged_userns_clone and apparmor_restrict_unprivileged_userns)'
  }
  if (/Missing X server|cannot open display|Missing .?DISPLAY|ozone_platform/i.test(output)) {
    return 'it found no display'
  }
  const last = output.trim().split('\n').at(-1)?.slice(0, 200)
  return last === undefined || last === '' ? `it ended with ${code}` : `it ended with ${code}: ${last}`
}
