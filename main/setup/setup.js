import { fileURLToPath } from 'node:url'
import { howToGetNode, isNodeNewEnough } from './node-version.js'

/*
 * The head of the npm scripts: finds what is missing on this machine, brings what it may, says the rest.
 *
 *   node main/setup/setup.js start     a display, and a shell for the window
 *   node main/setup/setup.js test      what the tests can use
 *   node main/setup/setup.js electron  forgets that Electron could not be fetched, and tries again
 *
 * Exit 0: the next step can run. Exit 1: it cannot, and what was printed says what to do.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * @param {string | undefined} wanted
 * @returns {Promise<string | null>} null when all is there, else what to do
 */
async function missing(wanted) {
  if (!isNodeNewEnough(process.version)) return howToGetNode(process.version)
  if (wanted === 'start') return missingForStart()
  if (wanted === 'test') return missingForTests()
  if (wanted === 'electron') return missingForElectron()
  return 'Usage: node main/setup/setup.js start | test | electron'
}

async function missingForStart() {
  const { hasDisplay } = await import('./display.js')
  if (!hasDisplay(process.env, process.platform)) {
    return [
      'Muster has no display to open its window on: neither DISPLAY nor WAYLAND_DISPLAY is set.',
      'Next: start it from a desktop session. Without one, the practice story runs in the terminal:',
      '  npx muster practice --out practice',
    ].join('\n')
  }
  const { chooseShell } = await import('./choose-shell.js')
  const choice = await chooseShell(root)
  return choice.kind === null ? choice.line : null
}

async function missingForTests() {
  const { packagesFor, testParts } = await import('./test-parts.js')
  const { install, lineToType, mayInstall } = await import('./debian.js')
  const packages = packagesFor(await testParts(root))
  if (packages.length === 0) return null
  if (mayInstall()) await install(packages)
  else console.log(`Some tests need parts that are not here. They are left out; to bring them: ${lineToType(packages)}`)
  return null
}

async function missingForElectron() {
  const { remember } = await import('./memory.js')
  const { findElectron } = await import('./choose-shell.js')
  remember(root, { electronFetch: undefined, electronProbe: undefined })
  const electron = await findElectron(root)
  if ('problem' in electron) return `Electron cannot be used: ${electron.problem}.`
  console.log(`Electron ${electron.version} is here and starts.`)
  return null
}

const problem = await missing(process.argv[2])
if (problem !== null) {
  console.error(problem)
  process.exitCode = 1
}
