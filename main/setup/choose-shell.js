import { statSync } from 'node:fs'
import { distribution, install, lineToType, mayInstall } from './debian.js'
import { electronHere, electronKey, fetchElectron, probeElectron } from './electron-binary.js'
import { remember, remembered } from './memory.js'

const stallMs = 15_000

/**
 * @typedef {{ kind: 'electron', binary: string, line: string }
 *   | { kind: 'chromium', binary: string, line: string }
 *   | { kind: null, line: string }} Choice
 *   `line` is for the person: which shell and why, or what to do
 */

/**
 * Electron's binary where it is here, or can be fetched, and starts. What was found out is remembered: neither the
 * attempt to fetch nor the probe is repeated at each start (`npm ci` forgets, `npm run fetch-electron` asks again).
 *
 * @param {string} root the folder of the project
 * @returns {Promise<{ binary: string, version: string } | { problem: string }>}
 */
export async function findElectron(root) {
  const electron = electronHere(root)
  if (electron === null) return { problem: 'Electron is not installed' }
  const { version } = electron
  let { binary } = electron
  if (binary === null) {
    const failed = remembered(root).electronFetch
    if (failed !== undefined) return { problem: `its binary could not be fetched: ${failed}` }
    console.log(`Fetching Electron ${version}, once. This gives up after ${stallMs / 1000} s without progress.`)
    const problem = await fetchElectron(electron, { stallMs })
    binary = electronHere(root)?.binary ?? null
    if (binary === null) {
      const why = problem ?? 'it was not where it should be'
      remember(root, { electronFetch: why })
      return { problem: `its binary could not be fetched: ${why}` }
    }
  }
  const key = electronKey(binary)
  const known = remembered(root).electronProbe
  if (known?.key === key && known.problem === null) return { binary, version }
  const problem = await probeElectron(binary)
  remember(root, { electronProbe: { key, problem } })
  return problem === null ? { binary, version } : { problem: `its binary does not start: ${problem}` }
}

/**
 * An installed Chromium, Chrome or Edge that starts.
 *
 * @param {string} root
 * @returns {Promise<{ binary: string } | { problem: string }>}
 */
export async function findChromium(root) {
  // TypeScript, so loaded only now that the Node running this is known to take it.
  const { chooseBrowser, findBrowser, probeBrowser } = await import('../chromium/find-browser.ts')
  const found = await chooseBrowser(findBrowser(process.env, process.platform))
  if (found.path === null) return { problem: found.problems.join(' ') }
  const { size, mtimeMs } = statSync(found.path)
  const key = `${found.path} ${size} ${Math.round(mtimeMs)}`
  const known = remembered(root).browserProbe
  if (known?.key === key && known.problem === null) return { binary: found.path }
  const problem = await probeBrowser(found.path)
  remember(root, { browserProbe: { key, problem } })
  return problem === null ? { binary: found.path } : { problem: `${found.path} does not start. ${problem}` }
}

/**
 * Which shell opens the window: Electron, else a Chromium, installed first where this is root on Debian.
 *
 * @param {string} root
 * @returns {Promise<Choice>}
 */
export async function chooseShell(root) {
  const electron = await findElectron(root)
  if ('binary' in electron) {
    return { kind: 'electron', binary: electron.binary, line: `Muster opens in Electron ${electron.version}.` }
  }
  let chromium = await findChromium(root)
  // Ubuntu's package is a stub that fetches a snap, which cannot use a profile of Muster's.
  if ('problem' in chromium && mayInstall() && distribution() === 'debian' && (await install(['chromium']))) {
    chromium = await findChromium(root)
  }
  if ('binary' in chromium) {
    const line = `Muster opens in ${chromium.binary}: Electron is the usual window, but ${electron.problem}.`
    return { kind: 'chromium', binary: chromium.binary, line }
  }
  return {
    kind: null,
    line: [
      `Muster has nothing to open its window with. Electron: ${electron.problem}. Browser: ${chromium.problem}`,
      `Next: ${browserLine()}, or try Electron again with: npm run fetch-electron`,
      'Without a window: npx muster practice --out practice',
    ].join('\n'),
  }
}

/** The line that brings a browser Muster can use. */
function browserLine() {
  if (distribution() === 'ubuntu') {
    return 'install Chrome or Edge from its maker (Ubuntu has Chromium only as a snap, which Muster cannot use)'
  }
  return `type: ${lineToType(['chromium'])}`
}
