import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type Order, run } from '../../main/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const node = (script: string, ...argv: string[]): Order => ({
  tried: 'Try a program',
  program: process.execPath,
  argv: ['-e', script, '--', ...argv],
  limitMs: 60_000,
  capBytes: 1_000_000,
})

async function* pieces(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield new Uint8Array(bytes)
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

it('hands over the arguments as they are, and no shell reads them', async () => {
  const argv = ['$(id)', '; echo b', '*', "'", '"', '\n', '-e']
  const { exit, stdout } = await run(node('process.stdout.write(JSON.stringify(process.argv.slice(1)))', ...argv))
  expect(exit).toBe(0)
  expect(JSON.parse(text(stdout))).toEqual(argv)
})

it('gives only the environment and the folder that the order names', async () => {
  const order = node('process.stdout.write(JSON.stringify([process.env.A, process.env.HOME, process.cwd()]))')
  const { stdout } = await run({ ...order, environment: { A: 'b' }, folder })
  expect(JSON.parse(text(stdout))).toEqual(['b', null, folder])
})

it('streams its input, and waits for who takes the output', async () => {
  let size = 0
  const { stdout } = await run({
    ...node('process.stdin.pipe(process.stdout)'),
    capBytes: 30_000_000,
    stdin: pieces(100, 200_000),
    onOutput: async (bytes) => {
      await Promise.resolve()
      size += bytes.byteLength
    },
  })
  expect(size).toBe(20_000_000)
  expect(stdout.byteLength).toBe(0)
})

it('reads nothing where no input is given', async () => {
  const { stdout } = await run(node('process.stdin.on("data", () => {}).on("end", () => process.stdout.write("end"))'))
  expect(text(stdout)).toBe('end')
})

it('does not mind a program that ends before it has read all', async () => {
  const endless = (async function* () {
    for (;;) yield new Uint8Array(65_536)
  })()
  expect((await run({ ...node('process.exit(0)'), stdin: endless })).exit).toBe(0)
  const silent = (async function* () {
    await new Promise(() => {})
    yield new Uint8Array()
  })()
  expect((await run({ ...node('process.exit(0)'), stdin: silent })).exit).toBe(0)
})

it('refuses an exit that was not expected, with what was said', async () => {
  const order = node('console.error("broken pipe of dreams"); process.exit(3)')
  await expect(run(order)).rejects.toMatchObject({
    refusal: { code: 'bad-answer', happened: expect.stringContaining('ended with 3: broken pipe of dreams') },
  })
  expect((await run({ ...order, expectedExits: [0, 3] })).exit).toBe(3)
})

it('refuses a program that is not there', async () => {
  await expect(run({ ...node(''), program: join(folder, 'none') })).rejects.toMatchObject({
    refusal: { code: 'unsupported' },
  })
})

it('stops a program and its children when the time is over', async () => {
  const script = `const { spawn } = require('node:child_process')
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    setInterval(() => {}, 1000)`
  await expect(run({ ...node(script), limitMs: 500 })).rejects.toMatchObject({ refusal: { code: 'timed-out' } })
})

it('stops on abort, before and in the middle', async () => {
  await expect(run({ ...node(''), signal: AbortSignal.abort() })).rejects.toMatchObject({
    refusal: { code: 'cancelled' },
  })
  const abort = new AbortController()
  const running = run({
    ...node('console.log("here"); setInterval(() => {}, 1000)'),
    signal: abort.signal,
    onOutput: () => abort.abort(),
  })
  await expect(running).rejects.toMatchObject({ refusal: { code: 'cancelled' } })
})

it('stops a program that floods', async () => {
  const order = node('const b = Buffer.alloc(65536); for (;;) require("node:fs").writeSync(1, b)')
  await expect(run(order)).rejects.toMatchObject({ refusal: { code: 'too-large' } })
  const flood = await run({ ...node('process.stderr.write("x".repeat(3e6))') })
  expect(flood.stderr.length).toBe(65_536)
})

it('throws what its input or the taker of its output threw', async () => {
  const broken = (async function* () {
    yield new Uint8Array(1)
    throw new Error('the disk is gone')
  })()
  await expect(run({ ...node('process.stdin.resume()'), stdin: broken })).rejects.toThrow('the disk is gone')
  const order = node('console.log(1); setInterval(() => {}, 1000)')
  const taker = () => {
    throw new Error('no room')
  }
  await expect(run({ ...order, onOutput: taker })).rejects.toThrow('no room')
})
