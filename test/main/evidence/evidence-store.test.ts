import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { sha256 } from '../../../main/journal/sha256.ts'
import { refuse } from '../../../shared/refusal.ts'
import { ingestApart, killedIngest, repeatedFile, sparseFile, textFile } from './ingest.ts'

let root = ''
let store: EvidenceStore

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-store-'))
  store = new EvidenceStore(join(root, 'data'))
})

afterEach(() => rmSync(root, { recursive: true }))

const text = Buffer.from(Array.from({ length: 20_000 }, (_, line) => `${line} all is well\n`).join(''))
/** Of several frames, and none of them full at its end. */
const long = Buffer.concat(Array.from({ length: 10 }, () => text))
const files = (): string[] =>
  readdirSync(join(root, 'data', 'evidence'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  )

async function* inParts(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function whole(bundle: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of store.stream(bundle)) parts.push(part)
  return Buffer.concat(parts)
}

test('the same bytes have the same name, however they come, and come out as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200_000, size: 'max' }),
      fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (noise, sizes, isText) => {
        const bytes = isText ? Buffer.concat([text, noise, long]) : noise
        const { bundle, size } = await store.keep(inParts(bytes, sizes))
        expect([bundle, size, await store.check(bundle)]).toEqual([sha256(bytes), bytes.length, 'match'])
        expect(sha256(await whole(bundle))).toBe(bundle)
      },
    ),
    { numRuns: 25 },
  )
})

test('what pays is compressed: any zstd gives the bytes back, and a stretch is read without the rest', async () => {
  const { bundle, stored } = await store.keep(text, { form: 'file' })
  expect(files()).toEqual([join(bundle.slice(0, 2), `${bundle}.bin.zst`)])
  expect(stored.size).toBeLessThan(text.length / 4)
  const script = 'process.stdout.write(require("zlib").zstdDecompressSync(require("fs").readFileSync(process.argv[1])))'
  const file = store.find(bundle)?.path ?? ''
  const given = execFileSync(process.execPath, ['-e', script, file], { maxBuffer: 10_000_000 })
  expect(sha256(given)).toBe(bundle)
  expect(await store.read(bundle, 123_456, 1_000)).toEqual(text.subarray(123_456, 124_456))
  expect(await store.read(bundle, text.length - 5, 1_000)).toEqual(text.subarray(-5))
})

test('a plain tar of version 0.1 is read and checked as before', async () => {
  const bytes = Buffer.concat([Buffer.alloc(512, 'x'), text])
  const bundle = sha256(bytes)
  mkdirSync(join(root, 'data', 'evidence', bundle.slice(0, 2)), { recursive: true })
  writeFileSync(join(root, 'data', 'evidence', bundle.slice(0, 2), `${bundle}.tar`), bytes)
  expect([await store.check(bundle), await store.read(bundle, 512, 20)]).toEqual(['match', text.subarray(0, 20)])
  expect(store.list()).toMatchObject([{ bundle, form: 'tar', encoding: 'plain', size: bytes.length }])
})

test.each([
  ['changed', (bytes: Buffer) => bytes.fill(bytes[3000] === 7 ? 8 : 7, 3000, 3001)],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, -9)],
  ['emptied', () => Buffer.alloc(0)],
  ['longer by another frame', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
  ['longer by a word', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('more')])],
])('a compressed bundle that was %s is a mismatch', async (_what, damage) => {
  const { bundle } = await store.keep(text)
  const { path } = store.find(bundle) ?? { path: '' }
  writeFileSync(path, damage(readFileSync(path)))
  expect(await store.check(bundle)).toBe('mismatch')
})

test('a folder in place of a bundle is a mismatch, nothing is missing, and erased is missing', async () => {
  const { bundle } = await store.keep(text)
  const { path } = store.find(bundle) ?? { path: '' }
  expect([store.erase(bundle), store.erase(bundle), await store.check(bundle)]).toEqual([true, false, 'missing'])
  mkdirSync(path)
  expect(await store.check(bundle)).toBe('mismatch')
})

test('a source that fails leaves nothing, and its own failure is told', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(3_000_000, 1)
    await Promise.resolve()
    throw refuse('unreachable', { tried: 'Read', happened: 'The line went dead.', next: 'Try again.' })
  }
  await expect(store.keep(broken())).rejects.toMatchObject({ refusal: { code: 'unreachable' } })
  expect(files()).toEqual([])
})

test('a bundle goes to another store as it lies, and only under its own name', async () => {
  const other = new EvidenceStore(join(root, 'other'))
  const { bundle } = await store.keep(text)
  expect(await store.copyTo(bundle, other)).toBe(true)
  expect(await other.check(bundle)).toBe('match')
  expect(other.find(bundle)?.encoding).toBe('zstd')
  const wrong = { bundle: 'ab'.repeat(32), form: 'tar', encoding: 'plain' } as const
  await expect(other.keepStored(wrong, inParts(text, [5_000]))).rejects.toMatchObject({ refusal: { code: 'damaged' } })
  expect(other.list()).toHaveLength(1)
})

test('what a killed writer began is taken away at the next start, and what another is writing stays', () => {
  const folder = join(root, 'data', 'evidence')
  mkdirSync(join(folder, 'ab'), { recursive: true })
  // Linux gives numbers up to 4,194,304 at most.
  const dead = ['5000000.aabbccddeeff.part', join('ab', `${'ab'.repeat(32)}.tar.5000000.part`)]
  const own = `${process.pid}.aabbccddeeff.part`
  const alive = `${process.ppid}.aabbccddeeff.part`
  for (const name of [...dead, own, alive]) writeFileSync(join(folder, name), 'half')
  expect(store.removeLeftovers()).toBe(3)
  expect(files()).toEqual([alive])
})

test.each([
  ['keeps a file', 'open', (file: string) => sparseFile(file, 600 * 1_048_576)],
  ['masks a log and seals it', 'sealed', (file: string) => textFile(file, 100 * 1_048_576)],
] as const)('a process killed while it %s leaves nothing or the whole', async (_what, form, write) => {
  const file = join(root, 'large')
  write(file)
  for (const afterMs of [1, 60, 250]) {
    const { said } = await killedIngest(join(root, 'data'), file, afterMs, form)
    const next = new EvidenceStore(join(root, 'data'))
    next.removeLeftovers()
    for (const { bundle } of next.list()) expect(await next.check(bundle)).toBe('match')
    expect(files().filter((name) => name.endsWith('.part'))).toEqual([])
    expect(said).toContain('ready')
  }
})

test.each([
  ['a file of 256 MiB', (file: string) => sparseFile(file, 256 * 1_048_576)],
  ['a log of 64 MiB', (file: string) => textFile(file, 64 * 1_048_576)],
  ['a line of 64 MiB', (file: string) => repeatedFile(file, 'x', 64)],
  ['a word of 64 MiB that is a secret', (file: string) => repeatedFile(file, 'password=aB3-', 64)],
  ['64 MiB of quotes in quotes', (file: string) => repeatedFile(file, '\\"{\\\\\\"a\\\\\\":\\"b\\"}', 64)],
])('%s is kept in less than 64 MiB of memory', async (_what, write) => {
  const file = join(root, 'large')
  write(file)
  const { bundle, grownBytes } = await ingestApart(join(root, 'data'), file)
  expect(await store.check(bundle)).toBe('match')
  expect(grownBytes).toBeLessThan(64 * 1_048_576)
  expect(existsSync(store.find(bundle)?.path ?? '')).toBe(true)
})

test('a log is masked and its raw form sealed in less than 64 MiB of memory', async () => {
  const file = join(root, 'large')
  textFile(file, 64 * 1_048_576)
  const { bundle, grownBytes } = await ingestApart(join(root, 'data'), file, 'sealed')
  expect(await store.check(bundle)).toBe('match')
  expect(grownBytes).toBeLessThan(64 * 1_048_576)
})
