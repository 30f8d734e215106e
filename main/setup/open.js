import { fileURLToPath } from 'node:url'
import { openWindow } from './open-window.js'

/*
 * The end of `npm start`: opens the built app in the shell that the setup step found, and says which and why.
 * What stands behind `npm start --` goes on to the app.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
process.exitCode = await openWindow(root, process.argv.slice(2), (line) => console.log(line))
