import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundledNode, howToGetNode, isNodeNewEnough } from './node-version.js'

/*
 * Runs a file of the project with a Node that is new enough: this one, or the one that npm brought.
 *
 *   node main/setup/node.js workshop/check.ts lint
 *
 * npm 11 and 12 put the Node they brought first on the path of scripts; npm 10.8 does not: it removes the link
 * node_modules/.bin/node together with the package for the other processor, which has a link of the same name.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const [file = '', ...rest] = process.argv.slice(2)
const entry = path.resolve(root, file)
const isEnough = isNodeNewEnough(process.version)
const node = isEnough ? process.execPath : bundledNode(root)

if (file === '') {
  fail('Usage: node main/setup/node.js FILE [ARGUMENTS]')
} else if (!existsSync(path.join(root, 'node_modules', 'zod'))) {
  fail('First fetch the parts with: npm ci')
} else if (node === null) {
  fail(howToGetNode(process.version))
} else if (isEnough) {
  process.argv.splice(1, 2, entry)
  await import(pathToFileURL(entry).href)
} else {
  // What is started from there (vitest, vite) asks the path for its Node.
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(node, [entry, ...rest], { stdio: 'inherit', env })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.once('error', (error) => fail(`${node} could not be started: ${error.message}`))
  child.once('close', (code) => {
    process.exitCode = code ?? 1
  })
}

/** @param {string} text */
function fail(text) {
  console.error(text)
  process.exitCode = 1
}
