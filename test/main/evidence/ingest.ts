import { spawn } from 'node:child_process'
import { closeSync, openSync, truncateSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { finish } from '../../../main/setup/program.js'

const program = fileURLToPath(new URL('./ingest-process.ts', import.meta.url))

/** Keeps a file as evidence in a process of its own; answers its hash and by how many bytes the process grew. */
export async function ingestApart(folder: string, file: string, form: 'open' | 'sealed' = 'open') {
  const { code, output } = await finish(process.execPath, [program, folder, file, form], { limitMs: 600_000 })
  const [, bundle = '', grown = '', whole = ''] = /^([0-9a-f]{64}) (\d+) (\d+)$/m.exec(output) ?? []
  if (code !== 0 || bundle === '') throw new Error(`The ingest ended with ${code}: ${output.slice(-2000)}`)
  return { bundle, grownBytes: Number(grown), wholeBytes: Number(whole) }
}

/** Begins to keep a file and kills the process with no word of warning so many ms after it began. */
export function killedIngest(
  folder: string,
  file: string,
  afterMs: number,
  form: 'open' | 'sealed' = 'open',
): Promise<{ said: string }> {
  const child = spawn(process.execPath, [program, folder, file, form], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  let timer: NodeJS.Timeout | undefined
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString()
    timer ??= setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(timer)
      resolve({ said })
    })
  })
}

/** A file of so many bytes that is no text, and of which nothing is stored but its beginning where the file system can do so. */
export function sparseFile(path: string, bytes: number): void {
  const file = openSync(path, 'w')
  writeSync(file, '\u007fELF\0')
  closeSync(file)
  truncateSync(path, bytes)
}

/** A log of at least so many bytes, of lines that are all different, with a secret in some. */
export function textFile(path: string, bytes: number): void {
  const file = openSync(path, 'w')
  for (let written = 0, line = 0; written < bytes; ) {
    const lines = Array.from({ length: 10_000 }, () => {
      line += 1
      const said = line % 1_000 === 0 ? 'postgres://app:geheim99@db/app' : `GET /health ${Math.random()} 200`
      return `2026-11-21T13:11:11.104Z ${line} ${said}\n`
    })
    written += writeSync(file, lines.join(''))
  }
  closeSync(file)
}

/** A file of a text again and again, some MiB of it. */
export function repeatedFile(path: string, text: string, mebibytes: number): void {
  const file = openSync(path, 'w')
  const piece = text.repeat(1_048_576 / text.length)
  for (let written = 0; written < mebibytes; written += 1) writeSync(file, piece)
  closeSync(file)
}
