import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { finish } from '../main/setup/program.js'
import { wrongArrows } from './layers.ts'
import { root, tool } from './project.ts'

/**
 * `npm run check`: types, lint, layering, cycles, dead code, format, the schema file of packs. The parts run two at a time, longest first;
 * each prints what it found, and the last line sums up. Exit 1 if any part found something.
 *
 * `node workshop/check.ts types lint` runs only the named parts.
 */
interface Part {
  readonly name: string
  /** Everything found, as text for people; empty when all is well. */
  run(): Promise<string>
}

/** For what hangs: the longest part takes three quarters of a minute on two busy cores. */
const limitMs = 10 * 60_000
const folders = ['shared', 'main', 'preload', 'renderer', 'test', 'workshop']

async function complaints(command: string, argv: readonly string[]): Promise<string> {
  const { code, output } = await finish(tool(command), argv, { limitMs, cwd: root })
  return code === 0 ? '' : output.trim() || `${command} ended with ${code} and said nothing.`
}

const lintReport = z.looseObject({
  diagnostics: z.array(
    z.looseObject({
      message: z.string(),
      code: z.string().optional(),
      help: z.string().optional(),
      filename: z.string().optional(),
      labels: z.array(z.looseObject({ span: z.looseObject({ line: z.int().optional(), column: z.int().optional() }) })),
    }),
  ),
})

/** One line for each, with what to do instead: that is what the rules' own words are for. */
async function lint(): Promise<string> {
  const { code, output } = await finish(tool('oxlint'), ['--format', 'json'], { limitMs, cwd: root })
  if (!output.trimStart().startsWith('{')) return output.trim() || `oxlint ended with ${code} and said nothing.`
  const lines = lintReport
    .parse(JSON.parse(output))
    .diagnostics.map(({ filename, labels, message, help, code: rule }) => {
      const { line = 1, column = 1 } = labels[0]?.span ?? {}
      return `${filename ?? 'oxlint'}:${line}:${column} ${message}${help === undefined ? '' : ` ${help}`} [${rule ?? 'error'}]`
    })
  if (lines.length === 0 && code !== 0) return `oxlint ended with ${code} and found nothing.`
  return lines.join('\n')
}

/** Format, cycles and names, a line for each (biome's reporter for GitHub is the one with a line for each). */
async function format(): Promise<string> {
  const argv = ['check', '--max-diagnostics=none', '--reporter=github', '--error-on-warnings']
  const { code, output } = await finish(tool('biome'), argv, { limitMs, cwd: root })
  if (code === 0) return ''
  const lines = [...output.matchAll(/^::\w+ title=([^,]*),file=([^,]*),line=(\d+)[^:]*::(.*)$/gm)].map(
    ([, rule = '', file = '', line = '', message = '']) =>
      `${path.relative(root, path.resolve(root, file))}:${line} ${decodeURIComponent(message).replaceAll(/\s+/g, ' ')} [${rule}]`,
  )
  if (lines.length === 0) return output.trim() || `biome ended with ${code} and said nothing.`
  return [...lines, 'What is only a matter of format is mended by: npm run format'].join('\n')
}

/**
 * Types of one folder, and on the way the arrows: both need the same program. What the compiler found out is kept in
 * .cache, so that the next run reads only what changed.
 */
async function typesOf(folder: string): Promise<string> {
  const kept = path.join(root, '.cache', `types-${folder}.tsbuildinfo`)
  const argv = ['-p', folder, '--listFiles', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', kept]
  const { code, output } = await finish(tool('tsc'), argv, { limitMs, cwd: root })
  const lines = output.split('\n').map((line) => line.trim())
  const isListed = (line: string): boolean => path.isAbsolute(line) && /\.[cm]?[jt]sx?$|\.json$/.test(line)
  const listed = lines.filter(isListed).map((line) => path.relative(root, line).replaceAll(path.sep, '/'))
  const errors = lines.filter((line) => line !== '' && !isListed(line))
  if (code === 0 && listed.length === 0) errors.push(`${folder}/: the compiler read no file.`)
  if (code !== 0 && errors.length === 0) errors.push(`${folder}/: the compiler ended with ${code} and said nothing.`)
  return [...errors, ...wrongArrows(folder, listed)].join('\n')
}

/** Whether the JSON Schema that editors read is that of the packs. */
async function packSchema(): Promise<string> {
  const script = path.join(root, 'workshop', 'schema.ts')
  const { code, output } = await finish(process.execPath, [script, '--check'], { limitMs, cwd: root })
  return code === 0 ? '' : output.trim() || `workshop/schema.ts ended with ${code} and said nothing.`
}

function hasCode(folder: string): boolean {
  const at = path.join(root, folder)
  return existsSync(at) && readdirSync(at, { recursive: true }).some((file) => /\.(ts|tsx)$/.test(String(file)))
}

const parts: readonly Part[] = [
  { name: 'lint', run: lint },
  { name: 'dead code', run: () => complaints('knip', ['--no-progress', '--no-config-hints']) },
  { name: 'format and cycles', run: format },
  ...(existsSync(path.join(root, 'assets', 'packs')) ? [{ name: 'pack schema', run: packSchema }] : []),
  ...folders.filter(hasCode).map((folder) => ({ name: `types ${folder}`, run: () => typesOf(folder) })),
]

const wanted = process.argv.slice(2)
const queue = parts.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
const started = performance.now()
const failed: string[] = []

async function work(): Promise<void> {
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    const from = performance.now()
    const found = await part.run()
    const seconds = ((performance.now() - from) / 1000).toFixed(1)
    if (found === '') {
      console.log(`ok     ${part.name} (${seconds} s)`)
    } else {
      failed.push(part.name)
      console.log(`FOUND  ${part.name} (${seconds} s)\n${found.replaceAll(/^/gm, '       ')}`)
    }
  }
}

await Promise.all([work(), work()])
const seconds = ((performance.now() - started) / 1000).toFixed(1)
if (failed.length > 0) {
  console.log(`Check: ${failed.join(', ')} found something (${seconds} s).`)
  process.exitCode = 1
} else {
  console.log(`Check: all is well (${seconds} s).`)
}
