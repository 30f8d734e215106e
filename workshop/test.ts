import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { finish } from '../main/setup/program.js'
import { findChromium } from '../main/setup/choose-shell.js'
import { testParts } from '../main/setup/test-parts.js'
import { needsOf } from './needs.ts'
import { root, tool } from './project.ts'

/**
 * `npm test`: unit and integration tests (vitest), then the end-to-end suite on the built app (Playwright). Runs what
 * this machine has the parts for, says at the end what was left out and why, and ends with one line alone:
 * `N passed, N failed, N skipped`. Exit 1 on any failure.
 *
 *   npm test -- --only unit|e2e    one half
 *   npm test -- --complete         leaving out anything but Electron's tests is a failure too
 */
interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface LeftOut {
  readonly what: string
  readonly why: string
  readonly tests: number
  readonly isElectron: boolean
}

/** For what hangs; `.ci/run` has a limit of its own for all of it. */
const unitLimitMs = 45 * 60_000
const endToEndLimitMs = 45 * 60_000

const { values: asked } = parseArgs({
  options: { only: { type: 'string' }, complete: { type: 'boolean', default: false } },
})
const scratch = mkdtempSync(path.join(tmpdir(), 'muster-tests-'))
const parts = await testParts(root)
const browser = await findChromium(root)
// Every test that starts a browser takes this one.
if ('binary' in browser) process.env['MUSTER_BROWSER'] = browser.binary
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const leftOut: LeftOut[] = []

function add(counts: Counts): void {
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

/** A run that left no report, as one failure. */
function addLost(what: string, code: number): void {
  console.log(`${what} ended with ${code} and left no report: they were stopped, or took longer than they may.`)
  add({ passed: 0, failed: 1, skipped: 0 })
}

/** Why these parts cannot be used here, or null where they can. */
function lacking(needs: Iterable<keyof typeof parts>): string | null {
  const reasons = [...needs].map((part) => parts[part]).filter((reason) => reason !== null)
  return reasons.length === 0 ? null : [...new Set(reasons)].join('; ')
}

/** Reads a reporter's file. Where there is none the run died: null. */
function report<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | null {
  return existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

const vitestReport = z.looseObject({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.looseObject({ status: z.string(), assertionResults: z.array(z.looseObject({ status: z.string() })) }),
  ),
})

const playwrightReport = z.looseObject({
  stats: z.looseObject({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
})

async function runUnit(): Promise<void> {
  const files = globSync('test/**/*.test.{ts,tsx}', { cwd: root })
  const unmet = files
    .map((file) => ({ file, why: lacking(needsOf(path.join(root, file))) }))
    .filter((each): each is { file: string; why: string } => each.why !== null)
  for (const { file, why } of unmet) {
    leftOut.push({ what: file, why, tests: await countTests(file), isElectron: false })
  }
  const out = path.join(scratch, 'vitest.json')
  const exclude = unmet.flatMap(({ file }) => ['--exclude', file])
  const argv = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${out}`, ...exclude]
  const { code } = await finish(tool('vitest'), argv, { limitMs: unitLimitMs, cwd: root, show: true })
  const told = report(out, vitestReport)
  if (told === null) return addLost('The unit and integration tests', code)
  // A file that could not even be loaded has no failed test of its own, and is one failure.
  const broken = told.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  ).length
  const failed = told.numFailedTests + broken
  add({
    passed: told.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: told.numPendingTests + told.numTodoTests,
  })
}

async function countTests(file: string): Promise<number> {
  const out = path.join(scratch, 'list.json')
  rmSync(out, { force: true })
  await finish(tool('vitest'), ['list', file, `--json=${out}`], { limitMs: 120_000, cwd: root })
  return report(out, z.array(z.unknown()))?.length ?? 1
}

async function playwright(argv: readonly string[], show: boolean) {
  const out = path.join(scratch, 'playwright.json')
  rmSync(out, { force: true })
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: out }
  const { code } = await finish(tool('playwright'), ['test', '--reporter=list,json', ...argv], {
    limitMs: endToEndLimitMs,
    cwd: root,
    env,
    show,
  })
  return { code, told: report(out, playwrightReport) }
}

/** The real parts that a spec needs in a shell: those of its imports, but the shell's own instead of Chromium's. */
function needsIn(shell: 'chromium' | 'electron', file: string): Set<keyof typeof parts> {
  const needs = needsOf(path.join(root, file))
  needs.delete('chromium')
  return needs.add(shell).add('display')
}

async function runEndToEnd(): Promise<void> {
  const files = globSync('test/e2e/**/*.spec.ts', { cwd: root }).toSorted()
  for (const shell of ['chromium', 'electron'] as const) {
    const specs = files.map((file) => ({ file, why: lacking(needsIn(shell, file)) }))
    for (const reason of new Set(specs.map(({ why }) => why).filter((why) => why !== null))) {
      const without = specs.filter(({ why }) => why === reason).map(({ file }) => file)
      const { told } = await playwright(['--list', `--project=${shell}`, ...without], false)
      const tests = told === null ? 1 : told.stats.expected + told.stats.skipped + told.stats.unexpected
      const named =
        without.length === files.length ? 'every story' : without.map((file) => path.basename(file)).join(', ')
      const what = `end to end in ${shell}, ${named}`
      leftOut.push({ what, why: reason, tests, isElectron: shell === 'electron' })
    }
    const ready = specs.filter(({ why }) => why === null).map(({ file }) => file)
    if (ready.length > 0) await runSpecs(shell, ready)
  }
}

async function runSpecs(shell: 'chromium' | 'electron', files: readonly string[]): Promise<void> {
  const { code, told } = await playwright([`--project=${shell}`, ...files], true)
  if (told === null) return addLost(`The stories in ${shell}`, code)
  const { expected, unexpected, flaky, skipped } = told.stats
  const failed = unexpected + flaky + told.errors.length
  add({ passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed, skipped })
}

let isStopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (isStopped = true))
try {
  if (asked.only !== 'e2e') await runUnit()
  if (asked.only !== 'unit' && !isStopped) await runEndToEnd()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
for (const { what, why, tests } of leftOut) console.log(`Left out: ${what} (${tests}): ${why}.`)
total.skipped += leftOut.reduce((sum, { tests }) => sum + tests, 0)
const forgivable = leftOut.filter(({ isElectron }) => isElectron).reduce((sum, { tests }) => sum + tests, 0)
if (asked.complete && total.skipped > forgivable) {
  console.log('This run was to be complete, and more than Electron’s tests was left out.')
  process.exitCode = 1
}
if (total.failed > 0 || total.passed === 0 || isStopped) process.exitCode = 1
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
