import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

/**
 * @typedef {object} Finished
 * @property {number} code the exit code; -1 where a signal or the time limit ended it
 * @property {string} output what it printed to both streams, the last `capBytes` of it
 * @property {number} ms
 */

/**
 * Runs a program to its end. It is stopped with its children after `limitMs`, and when this process is told to stop.
 * Rejects only where it cannot be started at all.
 *
 * @param {string} command
 * @param {readonly string[]} argv
 * @param {{ limitMs: number, cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} options
 *   `show` hands the output through to the person instead of keeping it
 * @returns {Promise<Finished>}
 */
export function finish(command, argv, { limitMs, cwd, env, show = false }) {
  const started = performance.now()
  const capCharacters = 16 * 1024 * 1024
  // A group of its own, so that stopping reaches the children too; Windows has no such groups.
  const isGrouped = process.platform !== 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, {
      cwd,
      env: env ?? process.env,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      detached: isGrouped,
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    })
    let output = ''
    let isLate = false
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      if (isGrouped) process.kill(-child.pid, signal)
      else child.kill(signal)
    }
    const limit = setTimeout(() => {
      isLate = true
      stop('SIGKILL')
    }, limitMs)
    /** @type {readonly NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      stop(signal)
      process.exitCode = 1
    }
    for (const signal of signals) process.on(signal, onSignal)
    const settle = () => {
      clearTimeout(limit)
      for (const signal of signals) process.removeListener(signal, onSignal)
    }
    const keep = (/** @type {string} */ text) => {
      output = (output + text).slice(-capCharacters)
    }
    child.stdout?.setEncoding('utf8').on('data', keep)
    child.stderr?.setEncoding('utf8').on('data', keep)
    child.once('error', (error) => {
      settle()
      reject(error)
    })
    child.once('close', (code) => {
      settle()
      if (isLate) output += `\nStopped: no end within ${limitMs / 1000} s.\n`
      resolve({ code: isLate ? -1 : (code ?? -1), output, ms: performance.now() - started })
    })
  })
}

/**
 * Where a program of this name is, looking through PATH and the folders of system programs.
 *
 * @param {string} name
 * @param {string} [searched] the folders, as in PATH
 * @returns {string | null}
 */
export function programOnPath(name, searched = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`) {
  for (const folder of searched.split(path.delimiter)) {
    const file = path.join(folder, name)
    if (path.isAbsolute(folder) && isProgram(file)) return file
  }
  return null
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}
