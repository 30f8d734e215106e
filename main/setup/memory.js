import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * What earlier starts found out and need not find out again. It lies below node_modules, so `npm ci` forgets it.
 *
 * @typedef {object} Memory
 * @property {string} [electronFetch] why Electron's binary could not be fetched
 * @property {{ key: string, problem: string | null }} [electronProbe] how the binary with this key started
 * @property {{ key: string, problem: string | null }} [browserProbe] how the browser with this key started
 */

/** @param {string} root */
const fileOf = (root) => path.join(root, 'node_modules', '.cache', 'muster', 'setup.json')

/**
 * @param {string} root the folder of the project
 * @returns {Memory} empty where nothing, or nothing readable, is kept
 */
export function remembered(root) {
  try {
    const read = /** @type {unknown} */ (JSON.parse(readFileSync(fileOf(root), 'utf8')))
    return typeof read === 'object' && read !== null ? read : {}
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return {}
    throw error
  }
}

/**
 * Adds to what is kept; a value of undefined is forgotten.
 *
 * @param {string} root
 * @param {Memory | { electronFetch: undefined }} news
 */
export function remember(root, news) {
  const file = fileOf(root)
  mkdirSync(path.dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${JSON.stringify({ ...remembered(root), ...news }, null, 2)}\n`)
  renameSync(fresh, file)
}
