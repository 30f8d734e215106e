import { execFileSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createEvidence } from '../../main/evidence/evidence-client.ts'
import { copyHashed } from '../../main/evidence/one-pass.ts'
import { piecesOf } from '../../main/evidence/pieces.ts'
import { ingestApart } from '../main/evidence/ingest.ts'

/**
 * Keeping a file as evidence against `cp` and then `sha256sum` of the same file, in turn; how long the main thread is held
 * up meanwhile; how much memory it takes. The file is in the page cache for both.
 */
const MiB = 1_048_576
const SIZE = 1_024 * MiB
const ROUNDS = 5
const root = mkdtempSync(join(tmpdir(), 'muster-bench-'))

try {
  for (const [what, fill] of [
    ['noise', (block: Buffer) => void randomFillSync(block)],
    ['log lines', fillWithLines],
  ] as const) {
    const file = join(root, 'file')
    writeFile(file, fill)
    await compareIngest(what, file)
    await mainThreadBlock(what, file)
    const { grownBytes, wholeBytes } = await ingestApart(join(root, 'apart'), file)
    console.log(
      `memory for 1 GiB of ${what}: ${(grownBytes / MiB).toFixed(0)} MiB more than before, ${(wholeBytes / MiB).toFixed(0)} MiB in all`,
    )
    rmSync(join(root, 'apart'), { recursive: true })
  }
} finally {
  rmSync(root, { recursive: true, force: true })
}

async function compareIngest(what: string, file: string): Promise<void> {
  const took = {
    copy: [] as number[],
    sum: [] as number[],
    pass: [] as number[],
    passSync: [] as number[],
    copySync: [] as number[],
  }
  const copy = join(root, 'copy')
  for (let round = 0; round < ROUNDS; round += 1) {
    took.copy.push(timed(() => execFileSync('cp', [file, copy])))
    took.sum.push(timed(() => execFileSync('sha256sum', [copy])))
    took.copySync.push(timed(() => execFileSync('sync', [copy])))
    rmSync(copy)
    const [source, sink] = [await open(file, 'r'), await open(copy, 'wx+')]
    const from = performance.now()
    await copyHashed(piecesOf(source, SIZE), sink, () => undefined)
    took.pass.push(performance.now() - from)
    await sink.sync()
    took.passSync.push(performance.now() - from - (took.pass.at(-1) ?? 0))
    await Promise.all([source.close(), sink.close()])
    rmSync(copy)
  }
  const at = (name: keyof typeof took): number =>
    took[name].toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
  const both = at('copy') + at('sum')
  console.log(`ingest of 1 GiB of ${what}, medians of ${ROUNDS}, in ms:`)
  console.log(
    `  cp ${at('copy').toFixed(0)} + sha256sum ${at('sum').toFixed(0)} = ${both.toFixed(0)}; its sync ${at('copySync').toFixed(0)}`,
  )
  console.log(`  one pass ${at('pass').toFixed(0)}; its sync ${at('passSync').toFixed(0)}`)
  const synced = (both + at('copySync')) / (at('pass') + at('passSync'))
  console.log(`  ${(both / at('pass')).toFixed(2)} times as fast without syncs, ${synced.toFixed(2)} with both synced`)
}

async function mainThreadBlock(what: string, file: string): Promise<void> {
  const evidence = createEvidence(join(root, 'data'))
  await evidence.ask('storage', [])
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const from = performance.now()
  await evidence.ask('keepFile', [file, new Date().toISOString()], { onProgress: () => undefined })
  const tookMs = performance.now() - from
  delay.disable()
  const ms = (value: number): string => (value / 1e6).toFixed(1)
  console.log(
    `main thread while 1 GiB of ${what} is kept (${tookMs.toFixed(0)} ms, masked if it is text): p50 ${ms(delay.percentile(50))}, p99 ${ms(delay.percentile(99))}, most ${ms(delay.max)} ms`,
  )
  await evidence.close()
  rmSync(join(root, 'data'), { recursive: true })
}

function writeFile(path: string, fill: (block: Buffer) => void): void {
  const block = Buffer.alloc(16 * MiB)
  const file = openSync(path, 'w')
  for (let written = 0; written < SIZE; written += block.length) {
    fill(block)
    writeSync(file, block)
  }
  closeSync(file)
  if (statSync(path).size !== SIZE) throw new Error('The file is not as large as it should be')
  execFileSync('sha256sum', [path])
}

function fillWithLines(block: Buffer): void {
  let at = 0
  for (let line = 0; at < block.length; line += 1) {
    at += block.write(
      `2026-11-21T13:${String(line % 60).padStart(2, '0')}:11.104Z GET /health ${Math.random()} 200 ${line} ms user=${(line * 7919) % 10_007}\n`,
      at,
      'latin1',
    )
  }
}

function timed(work: () => unknown): number {
  const from = performance.now()
  work()
  return performance.now() - from
}
