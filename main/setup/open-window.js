import { spawn } from 'node:child_process'
import path from 'node:path'
import { chooseShell } from './choose-shell.js'
import { electronFlags } from './electron-binary.js'

/**
 * Opens the built app in the shell that is here, says which and why, and waits until it ends.
 *
 * @param {string} root the folder of the project
 * @param {readonly string[]} argv goes on to the app
 * @param {(line: string) => void} say
 * @returns {Promise<number>} the exit code
 */
export async function openWindow(root, argv, say) {
  const choice = await chooseShell(root)
  say(choice.line)
  if (choice.kind === null) return 1
  const [command, entry] =
    choice.kind === 'electron'
      ? [choice.binary, [...electronFlags(), root]]
      : [process.execPath, [path.join(root, 'dist', 'main', 'chromium.js')]]
  const env = choice.kind === 'chromium' ? { ...process.env, MUSTER_BROWSER: choice.binary } : process.env
  const child = spawn(command, [...entry, ...argv], { stdio: 'inherit', env })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`${command} could not be started: ${error.message}`)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}
