import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { scanStream } from '../../main/logs/scan.ts'
import { lintApart } from '../../main/packs/lint.ts'
import { lintPack } from '../../main/packs/pack-file.ts'
import { loadPacks } from '../../main/packs/packs.ts'
import { compilePattern } from '../../shared/patterns/pattern.ts'
import { largePack } from './large-pack.ts'

/**
 * Loading and linting the shipped packs (goal: 300 ms for all, the first time in a process), linting a pack of 1 MB (goal: 1 s),
 * how long the thread that asks for such a lint is held (goal: 16 ms), how patterns that stall other engines grow with
 * the text (goal: twice the text, about twice the time), and how fast a log is searched. Asserts nothing.
 */
const shipped = join(import.meta.dirname, '../../assets/packs')
const mebibyte = 1_048_576

await loading()
await linting()
await patterns()
await logs()

async function loading(): Promise<void> {
  const took: number[] = []
  for (let round = 0; round < 12; round++) {
    const begun = performance.now()
    const { packs } = await loadPacks(shipped)
    took.push(performance.now() - begun)
    if (round === 0) console.log(`load and lint of ${packs.length} packs, the first time: ${ms(took[0] ?? 0)}`)
  }
  console.log(`load and lint of all packs, median of the others: ${ms(median(took.slice(1)))}`)
}

async function linting(): Promise<void> {
  const whole = largePack(mebibyte)
  const texts = {
    'without a problem': whole,
    'with 100 problems': spoilt(whole, 100),
    'with 10,000 problems': spoilt(whole, 10_000),
  }
  for (const [what, text] of Object.entries(texts)) {
    const bytes = new TextEncoder().encode(text)
    const took = await timed(5, async () => void lintPack(bytes, 'large.yaml'))
    const linted = lintPack(bytes, 'large.yaml')
    const found = 'problems' in linted ? `${linted.problems.length} told` : 'none'
    console.log(
      `lint of ${bytes.length.toLocaleString('en')} bytes ${what} (${found}): first ${ms(took.first)}, then ${ms(took.median)}`,
    )
  }
  const bytes = new TextEncoder().encode(whole)
  for (let round = 0; round < 3; round++) {
    await pause(50)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const begun = performance.now()
    await lintApart(bytes, 'large.yaml')
    const took = performance.now() - begun
    await pause(20)
    delay.disable()
    console.log(`lint apart: ${ms(took)}, and the asking thread was late by at most ${ms(delay.max / 1e6)}`)
  }
}

/** The same text with a wrong word in as many lines. */
function spoilt(text: string, count: number): string {
  let left = count
  return text.replaceAll('kind: http-get', (word) => (left-- > 0 ? 'kind: http-gt' : word))
}

async function patterns(): Promise<void> {
  const sources = ['(a+)+$', '(a|aa)+$', '(.*)*=.*', '(.*a){20}$', '(?:a?){300}a{300}b', '(a|b)*a(a|b){300}c']
  for (const source of sources) {
    const compiled = compilePattern(source)
    if ('trouble' in compiled) throw new Error(compiled.trouble.happened)
    const { pattern } = compiled
    const half = Math.floor(pattern.reach / 2) - 1
    // A text that keeps as many states alive as can be, and does not match.
    const text = (length: number) => `c=0${randomLetters(length - 4)}!`
    const [one, two] = [text(half), text(2 * half)]
    const once = await timed(3, async () => void pattern.test(one))
    const twice = await timed(3, async () => void pattern.test(two))
    console.log(`${source}: ${ms(once.median)} for ${half} characters, ${ms(twice.median)} for twice as many`)
  }
}

function randomLetters(length: number): string {
  let seed = 12_345
  return Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 16) & 1 ? 'a' : 'b'
  }).join('')
}

async function logs(): Promise<void> {
  const lines = Array.from(
    { length: 8_000 },
    (_, n) =>
      `2026-11-21T03:00:00Z ${n % 50 === 0 ? 'ERROR' : 'INFO'} request=${n} status=${n % 400 === 0 ? 503 : 200}\n`,
  ).join('')
  const piece = Buffer.from(lines)
  const count = Math.ceil((256 * mebibyte) / piece.length)
  const source = async function* () {
    for (let i = 0; i < count; i++) yield piece
  }
  for (const wanted of [['status=503'], ['ERROR', 'status=5\\d\\d'], ['(?i)error.*status=\\d+$']]) {
    const able = wanted.flatMap((one) => {
      const read = compilePattern(one)
      return 'pattern' in read ? [[one, read.pattern] as const] : []
    })
    const begun = performance.now()
    const { matched, bytes } = await scanStream(source(), {
      patterns: new Map(able),
      keep: 200,
      limitMs: 600_000,
      capBytes: 1e12,
    })
    const took = performance.now() - begun
    console.log(
      `a log of ${Math.round(bytes / mebibyte)} MiB for ${wanted.join(', ')}: ${ms(took)}, ` +
        `${Math.round(bytes / mebibyte / (took / 1_000))} MiB/s, ${matched.toLocaleString('en')} lines`,
    )
  }
}

async function timed(rounds: number, work: () => Promise<void>): Promise<{ first: number; median: number }> {
  const took: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
  }
  return { first: took[0] ?? 0, median: median(took.slice(1)) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`
}
