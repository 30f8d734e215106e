import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { finish, programOnPath } from './program.js'

/**
 * The Linux distribution by its own name, 'debian' or 'ubuntu' among others; null where there is none to read.
 * https://www.freedesktop.org/software/systemd/man/latest/os-release.html
 *
 * @param {string} [osRelease] the text of /etc/os-release
 * @returns {string | null}
 */
export function distribution(osRelease = readOsRelease()) {
  const id = /^ID="?([a-z0-9._-]+)"?$/m.exec(osRelease)?.[1]
  return id ?? null
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Whether packages can be installed here without asking: Debian or Ubuntu, and this is root. */
export function mayInstall() {
  const isDebian = distribution() === 'debian' || distribution() === 'ubuntu'
  return isDebian && process.getuid?.() === 0 && programOnPath('apt-get') !== null
}

/**
 * The one line that brings these packages, for a person to type.
 *
 * @param {readonly string[]} packages by Debian's names
 * @returns {string}
 */
export function lineToType(packages) {
  const id = distribution()
  if (id === 'debian' || id === 'ubuntu') return `sudo apt-get install -y ${packages.join(' ')}`
  if (process.platform === 'darwin') return 'brew install --cask chromium'
  if (process.platform === 'win32') return 'winget install Google.Chrome'
  return `install with your package manager what Debian calls ${packages.join(', ')}`
}

/**
 * Installs packages with apt-get; says first what, and shows what apt-get says. A dead network ends it within a
 * minute or so: apt's own limits are set.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether all went well
 */
export async function install(packages) {
  console.log(`Installing with apt-get, as this is root: ${packages.join(' ')}`)
  const apt = ['-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { limitMs: 15 * 60_000, env, show: true }
  const updated = await finish('apt-get', [...apt, 'update'], options)
  if (updated.code !== 0) console.log('apt-get update did not succeed; trying with the lists that are here.')
  const allow = keepServersDown()
  const installed = await finish('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...packages], options)
  allow()
  if (installed.code !== 0) console.log(`apt-get could not install them. Type: ${lineToType(packages)}`)
  return installed.code === 0
}

/**
 * Until the answered function is called, no server that a package brings is started: the tests start their own, on loopback.
 * What the machine says of that already stays. See policy-rc.d in invoke-rc.d(8) of Debian 12.
 *
 * @returns {() => void}
 */
function keepServersDown() {
  const policy = '/usr/sbin/policy-rc.d'
  try {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { flag: 'wx', mode: 0o755 })
    return () => rmSync(policy, { force: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return () => undefined
    throw error
  }
}
