import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it, test } from 'vitest'
import { followStream, type ScanOptions, scanFile, scanStream } from '../../../main/logs/scan.ts'
import { run } from '../../../main/run.ts'
import { ripgrepPath } from '../../../main/logs/ripgrep-path.ts'
import { compilePattern, type Pattern } from '../../../shared/patterns/pattern.ts'
import { logs, patternSources, runbookPatterns } from './arbitrary-patterns.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-logs-'))
afterAll(() => rmSync(folder, { recursive: true }))

function compiled(source: string): Pattern {
  const read = compilePattern(source)
  if ('trouble' in read) throw new Error(`${source}: ${read.trouble.happened}`)
  return read.pattern
}

const options = (sources: readonly string[], more: Partial<ScanOptions> = {}): ScanOptions => ({
  patterns: new Map(sources.map((source) => [source, compiled(source)])),
  keep: 1_000,
  limitMs: 60_000,
  capBytes: 1e9,
  ...more,
})

async function* inPieces(bytes: Uint8Array | string, size = 65_536): AsyncGenerator<Uint8Array> {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  for (let at = 0; at < all.byteLength; at += size) yield all.subarray(at, at + size)
}

it('counts by pattern, keeps the newest and numbers the lines', async () => {
  const log = Array.from({ length: 1_000 }, (_, i) => `${i % 10 === 0 ? 'ERROR' : 'INFO'} ${i % 4 === 0 ? 'auth' : ''}`)
  const heard: number[] = []
  const scanned = await scanStream(
    inPieces(`${log.join('\n')}\n`),
    options(['ERROR', '(?i)AUTH'], { keep: 2, onMatch: ({ line }) => heard.push(line) }),
  )
  expect(scanned).toMatchObject({ matched: 300, counts: { ERROR: 100, '(?i)AUTH': 250 }, capped: false })
  expect(scanned.lines).toEqual([
    { line: 993, text: 'INFO auth', cut: false, patterns: ['(?i)AUTH'] },
    { line: 997, text: 'INFO auth', cut: false, patterns: ['(?i)AUTH'] },
  ])
  expect(heard).toHaveLength(300)
})

it('finds in a stream by ripgrep what it finds when following it', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(fc.array(patternSources, { minLength: 1, maxLength: 3 }), logs, async (sources, log) => {
      const able = [...new Set(sources)].filter((source) => 'pattern' in compilePattern(source))
      const wanted = options(able)
      const [byRipgrep, inProcess] = await Promise.all([
        scanStream(inPieces(log), wanted),
        followStream(inPieces(log, 7), wanted),
      ])
      if (able.length === 0) return
      expect(byRipgrep).toEqual(inProcess)
      compared += inProcess.matched
    }),
    { numRuns: 300 },
  )
  expect(compared).toBeGreaterThan(500)
})

it('agrees with what ripgrep finds by itself, for every pattern of the runbooks', async () => {
  const words = [
    'ERROR',
    'warn',
    'Failed password',
    'Accepted',
    'rate limit',
    'AUDIT',
    '401',
    'POST /',
    'notAfter=',
    'Up 3 h',
  ]
  const log = Buffer.from(
    Array.from({ length: 2_000 }, (_, i) => `${words[(i * 7) % words.length]} ${words[(i * 3) % 9]} ${i}`).join('\n'),
  )
  for (const source of runbookPatterns) {
    const plain = await run({
      tried: 'Search by ripgrep alone',
      program: await ripgrepPath(),
      argv: ['--no-config', '--only-matching', '--line-number', '--no-filename', `--regexp=${source}`, '-'],
      stdin: inPieces(log),
      limitMs: 60_000,
      capBytes: 1e7,
      expectedExits: [0, 1],
    })
    const numbers = new Set(
      plain.stdout
        .toString()
        .split('\n')
        .map((line) => Number.parseInt(line, 10)),
    )
    numbers.delete(Number.NaN)
    const scanned = await scanStream(inPieces(log), options([source], { keep: 10_000 }))
    expect(scanned.lines.map(({ line }) => line)).toEqual([...numbers])
  }
})

describe('patterns that stall an engine that backtracks', () => {
  const line = `${'a'.repeat(50_000)}!`
  const hostile = [
    '(a+)+$',
    '(a*)*b',
    '(a|aa)+$',
    '(a|a?)+$',
    '([a-z]+)*[0-9]$',
    '(.*)*=.*',
    '(.*a){20}$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a{1,30}){1,30}b',
    '(?:a?){300}a{300}b',
    Array.from({ length: 150 }, (_, i) => `a*${i}`).join('|'),
    '(a|b)*a(a|b){300}c',
  ]
  test.each(hostile)('%s ends in time', async (source) => {
    const log = `${line}\n${line}\nthe end a0`
    const wanted = options([source], { limitMs: 60_000 })
    const [byRipgrep, inProcess] = [await scanStream(inPieces(log), wanted), await followStream(inPieces(log), wanted)]
    expect(byRipgrep).toEqual(inProcess)
  })
})

describe('logs that mean harm', () => {
  it('cuts a line without an end, in bounded memory, and marks it', async () => {
    const long = async function* () {
      yield Buffer.from('ERROR one\nERROR ')
      for (let i = 0; i < 200; i++) yield Buffer.alloc(1_048_576, 'x')
      yield Buffer.from('ERROR\nERROR two')
    }
    const scanned = await scanStream(long(), options(['ERROR']))
    expect(scanned.lines.map(({ line, text, cut }) => [line, text.length, cut])).toEqual([
      [1, 9, false],
      [2, 1_048_576, true],
      [3, 9, false],
    ])
    expect(scanned.bytes).toBeGreaterThan(200 * 1_048_576)
  })

  it('leaves a line of exactly the cap whole', async () => {
    for (const over of [-1, 0, 1, 2]) {
      const log = `${'y'.repeat(1_048_576 + over)}\nY\n`
      for (const scan of [scanStream, followStream]) {
        const { lines } = await scan(inPieces(log, 100_000), options(['[yY]']))
        expect(lines.map(({ text, cut }) => [text.length, cut])).toEqual([
          [Math.min(1_048_576, 1_048_576 + over), over > 0],
          [1, false],
        ])
      }
    }
  })

  it('reads zeros, escapes and broken UTF-8 as text', async () => {
    const log = Buffer.concat([Buffer.from('\0ERROR\u001b[2J '), Buffer.of(0xff, 0xfe, 0xc3), Buffer.from('\nok\n')])
    const { lines } = await scanStream(inPieces(log), options(['ERROR.+']))
    expect(lines).toEqual([{ line: 1, text: '\0ERROR\u001b[2J \ufffd\ufffd\ufffd', cut: false, patterns: ['ERROR.+'] }])
  })

  it('takes no byte-order mark for another encoding', async () => {
    const log = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('ERROR\n')])
    expect((await scanStream(inPieces(log), options(['ERROR']))).matched).toBe(1)
  })

  it('stops at the cap and says so', async () => {
    const scanned = await scanStream(inPieces('ERROR\nERROR\nERROR\n'), options(['ERROR'], { capBytes: 12 }))
    expect(scanned).toMatchObject({ matched: 2, bytes: 12, capped: true })
  })

  it('keeps no more text than it may', async () => {
    const lines = async function* () {
      for (let i = 0; i < 60; i++) yield Buffer.from(`${'z'.repeat(1_000_000)}\n`)
    }
    const scanned = await scanStream(lines(), options(['z']))
    expect(scanned.matched).toBe(60)
    expect(scanned.lines).toHaveLength(8)
    expect(scanned.lines.at(-1)?.line).toBe(60)
  })
})

describe('a file', () => {
  it('is searched whatever its name', async () => {
    const path = join(folder, '--pre=id; $(id) -e x.log')
    writeFileSync(path, 'one\nERROR two\n')
    expect((await scanFile(path, options(['ERROR']))).lines).toMatchObject([{ line: 2, text: 'ERROR two' }])
  })

  it('is refused where it is none, or not there', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(scanFile(pipe, options(['a']))).rejects.toMatchObject({ refusal: { code: 'bad-input' } })
    await expect(scanFile(folder, options(['a']))).rejects.toMatchObject({ refusal: { code: 'bad-input' } })
    await expect(scanFile(join(folder, 'none'), options(['a']))).rejects.toMatchObject({
      refusal: { code: 'not-found' },
    })
  })
})

it('stops on abort and when the time is over', async () => {
  const endless = async function* () {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      yield Buffer.from('quiet\n'.repeat(1_000))
    }
  }
  await expect(scanStream(endless(), options(['ERROR'], { limitMs: 300 }))).rejects.toMatchObject({
    refusal: { code: 'timed-out' },
  })
  const abort = new AbortController()
  setImmediate(() => abort.abort())
  await expect(scanStream(endless(), options(['ERROR'], { signal: abort.signal }))).rejects.toMatchObject({
    refusal: { code: 'cancelled' },
  })
  await expect(followStream(endless(), options(['ERROR'], { signal: abort.signal }))).rejects.toMatchObject({
    refusal: { code: 'cancelled' },
  })
})
