import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseShell } from './choose-shell.js'
import { electronFlags } from './electron-binary.js'

/*
 * The end of `npm start`: opens the built app in the shell that the setup step found, and says which and why.
 * What stands behind `npm start --` goes on to the app.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const choice = await chooseShell(root)
console.log(choice.line)

if (choice.kind === null) process.exitCode = 1
else {
  const argv = process.argv.slice(2)
  const [command, entry] =
    choice.kind === 'electron'
      ? [choice.binary, [...electronFlags(), root]]
      : [process.execPath, [path.join(root, 'dist', 'main', 'chromium.js')]]
  const env = choice.kind === 'chromium' ? { ...process.env, MUSTER_BROWSER: choice.binary } : process.env
  const child = spawn(command, [...entry, ...argv], { stdio: 'inherit', env })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.once('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.once('close', (code) => {
    process.exitCode = code ?? 1
  })
}
