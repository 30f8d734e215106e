import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { finish } from '../main/setup/program.js'
import { root, tool } from './project.ts'

/**
 * `npm run build`: the window by vite, main and shared by tsc, Electron's preload as one CommonJS file (a sandboxed
 * preload can be nothing else: https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts). What is
 * already built from the same files is left alone, so that the second `npm start` does not wait.
 *
 * `node workshop/build.ts --force` builds all of it.
 */
interface Target {
  readonly name: string
  /** Folders and files that it is made from. */
  readonly from: readonly string[]
  /** Written last: where it is, all of it is. */
  readonly result: string
  make(): Promise<void>
}

const dist = path.join(root, 'dist')
const stampFile = path.join(dist, 'built-from.json')

/** Types are `npm run check`'s: here they are only taken off. */
async function emitMain(): Promise<void> {
  for (const folder of ['main', 'shared']) rmSync(path.join(dist, folder), { recursive: true, force: true })
  const argv = ['-p', 'main/tsconfig.build.json', '--noCheck', '--pretty', 'false']
  const { code, output } = await finish(tool('tsc'), argv, { limitMs: 120_000, cwd: root })
  if (code !== 0) throw new Error(`tsc ended with ${code}:\n${output}`)
}

async function bundleWindow(): Promise<void> {
  const { build } = await import('vite')
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' })
}

async function bundlePreload(): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: path.join(dist, 'preload'),
      emptyOutDir: true,
      target: 'chrome140',
      minify: false,
      lib: { entry: path.join(root, 'preload', 'electron.ts'), formats: ['cjs'], fileName: () => 'electron.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  })
}

const targets: readonly Target[] = [
  { name: 'window', from: ['renderer', 'shared', 'vite.config.ts'], result: 'renderer/index.html', make: bundleWindow },
  { name: 'main', from: ['main', 'shared', 'tsconfig.base.json'], result: 'main/cli.js', make: emitMain },
  { name: 'preload', from: ['preload', 'shared'], result: 'preload/electron.cjs', make: bundlePreload },
]

/** What tells one state of the inputs from another: names, sizes and times. Content would be surer and slower. */
function digest(inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const input of [...inputs, 'package-lock.json', 'workshop/build.ts']) {
    const at = path.join(root, input)
    const files = statSync(at).isFile() ? [''] : readdirSync(at, { recursive: true, encoding: 'utf8' }).toSorted()
    for (const file of files) {
      const { size, mtimeMs } = statSync(path.join(at, file))
      hash.update(`${input}/${file} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

function readStamps(): Record<string, unknown> {
  if (!existsSync(stampFile)) return {}
  try {
    const read: unknown = JSON.parse(readFileSync(stampFile, 'utf8'))
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch (error) {
    // Half written when something died: build again.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

const started = performance.now()
const isForced = process.argv.includes('--force')
const stamps = readStamps()
const current = targets.map((target) => ({ target, stamp: digest(target.from) }))
const due = current.filter(
  ({ target, stamp }) => isForced || stamps[target.name] !== stamp || !existsSync(path.join(dist, target.result)),
)
mkdirSync(dist, { recursive: true })
const outcomes = await Promise.allSettled(due.map(({ target }) => target.make()))
outcomes.forEach((outcome, index) => {
  const done = due[index]
  if (done === undefined) return
  if (outcome.status === 'fulfilled') {
    stamps[done.target.name] = done.stamp
  } else {
    console.error(`Building ${done.target.name} failed: ${String(outcome.reason)}`)
    process.exitCode = 1
  }
})
writeFileSync(stampFile, `${JSON.stringify(stamps, null, 2)}\n`)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
if (due.length > 0) console.log(`Build: ${due.map(({ target }) => target.name).join(', ')} (${seconds} s).`)
