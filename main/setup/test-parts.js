import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { distribution } from './debian.js'
import { findChromium, findElectron } from './choose-shell.js'
import { programOnPath } from './program.js'

/**
 * What the tests can use on this machine. Each part is null where it is here, else why not.
 *
 * @typedef {object} TestParts
 * @property {string | null} chromium a browser for the Chromium shell
 * @property {string | null} display a display of the tests' own (Xvfb), or the machine's where it has no X11
 * @property {string | null} dockerClient the `docker` command
 * @property {string | null} docker a Docker engine of the tests' own: dockerd, its client, busybox, and root
 * @property {string | null} electron
 * @property {string | null} strace records what a process does to its files, and makes calls fail
 * @property {string | null} secrets a secret store of the tests' own: gnome-keyring on a message bus of its own
 * @property {string | null} mounts a file system of the tests' own, which takes root
 * @property {string | null} openssl makes certificates
 * @property {string | null} sshd an ssh server of the tests' own, which takes root
 * @property {string | null} podman a Podman of the tests' own, which takes root
 * @property {string | null} redis a redis-server of the tests' own
 * @property {string | null} nats a nats-server of the tests' own
 * @property {string | null} postgres a PostgreSQL server of the tests' own
 */

/**
 * @param {string} root the folder of the project
 * @returns {Promise<TestParts>}
 */
export async function testParts(root) {
  const chromium = await findChromium(root)
  const electron = await findElectron(root)
  return {
    chromium: 'binary' in chromium ? null : chromium.problem,
    display: displayProblem(),
    dockerClient: programOnPath('docker') === null ? 'docker is not installed' : null,
    docker: dockerProblem(),
    electron: 'binary' in electron ? null : electron.problem,
    strace: straceProblem(),
    secrets: secretsProblem(),
    mounts: mountsProblem(),
    openssl: programOnPath('openssl') === null ? 'openssl is not installed' : null,
    sshd: rootProblem('sshd', ['sshd', 'ssh', 'ssh-keygen']),
    podman: rootProblem('podman', ['podman', 'busybox']),
    redis: programOnPath('redis-server') === null ? 'redis-server is not installed' : null,
    nats: programOnPath('nats-server') === null ? 'nats-server is not installed' : null,
    postgres: postgresPrograms() === null ? 'PostgreSQL is not installed' : null,
  }
}

function displayProblem() {
  if (process.platform !== 'linux') return null
  return programOnPath('Xvfb') === null ? 'Xvfb is not installed' : null
}

function dockerProblem() {
  if (process.platform !== 'linux') return 'the tests start a Docker engine on Linux only'
  const missing = ['dockerd', 'docker', 'busybox'].filter((name) => programOnPath(name) === null)
  if (missing.length > 0) return `${missing.join(', ')} not installed`
  return process.getuid?.() === 0 ? null : 'only root may start a Docker engine'
}

function straceProblem() {
  if (process.platform !== 'linux') return 'strace runs on Linux only'
  return programOnPath('strace') === null ? 'strace is not installed' : null
}

function secretsProblem() {
  if (process.platform !== 'linux') return 'the tests start a secret store on Linux only'
  const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter((name) => programOnPath(name) === null)
  return missing.length === 0 ? null : `${missing.join(', ')} not installed`
}

/**
 * @param {string} what
 * @param {string[]} programs
 */
function rootProblem(what, programs) {
  if (process.platform !== 'linux') return `the tests start ${what} on Linux only`
  const missing = programs.filter((name) => programOnPath(name) === null)
  if (missing.length > 0) return `${missing.join(', ')} not installed`
  return process.getuid?.() === 0 ? null : `only root may start ${what}`
}

function mountsProblem() {
  if (process.platform !== 'linux') return 'the tests make a file system on Linux only'
  return process.getuid?.() === 0 ? null : 'only root may make a file system'
}

/**
 * The folder of PostgreSQL's server programs, which Debian keeps off the path, one folder per version; null where
 * there is none.
 *
 * @returns {string | null}
 */
export function postgresPrograms() {
  const top = '/usr/lib/postgresql'
  try {
    const versions = readdirSync(top)
      .map(Number)
      .filter((version) => version > 0)
    return versions.length === 0 ? null : join(top, String(Math.max(...versions)), 'bin')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * The packages, by Debian's names, that would bring what is missing.
 *
 * @param {TestParts} parts
 * @returns {string[]}
 */
export function packagesFor(parts) {
  const packages = []
  if (parts.chromium !== null && distribution() !== 'ubuntu') packages.push('chromium')
  if (parts.display !== null) packages.push('xvfb')
  if (parts.docker?.includes('not installed') === true) packages.push('docker.io', 'busybox-static')
  else if (parts.dockerClient !== null) packages.push('docker.io')
  if (parts.secrets?.includes('not installed') === true) packages.push('dbus', 'gnome-keyring')
  if (parts.strace?.includes('not installed') === true) packages.push('strace')
  if (parts.openssl !== null) packages.push('openssl')
  if (parts.sshd?.includes('not installed') === true) packages.push('openssh-server', 'openssh-client')
  if (parts.podman?.includes('not installed') === true) packages.push('podman')
  if (parts.redis !== null) packages.push('redis-server')
  if (parts.nats !== null) packages.push('nats-server')
  if (parts.postgres !== null) packages.push('postgresql')
  return packages
}
