import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { finish } from '../../../../main/setup/program.js'
import type { Job } from './job.ts'
import { writerFile } from './kill.ts'

/** One call of a recorded run, as far as it matters to what is on the disk. Paths are absolute. */
export type Call =
  | { readonly call: 'create' | 'make-folder' | 'unlink'; readonly path: string }
  | { readonly call: 'rename'; readonly path: string; readonly to: string }
  | { readonly call: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly call: 'truncate'; readonly file: number; readonly size: number }
  | { readonly call: 'sync'; readonly file: number }
  | { readonly call: 'sync-folder'; readonly path: string }
  | { readonly call: 'say'; readonly line: string }

export interface Recording {
  /** The folder under which everything was followed. */
  readonly root: string
  /** In the order in which they were done. `create` gives files their numbers: 0, 1, 2 … */
  readonly calls: readonly Call[]
}

const traced =
  'openat,open,creat,close,dup,dup2,dup3,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fsync,fdatasync,' +
  'sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat,' +
  'copy_file_range,sendfile,splice,fallocate'

/** Runs a writer of journals and reads what it did to the files under `root`. */
export function record(job: Job, root: string): Promise<Recording> {
  return recordProgram([writerFile, JSON.stringify(job)], root)
}

/**
 * Runs a program of ours under strace (6.1 or newer) and reads what it did to the files under `root`. Shared memory beside
 * the journal (`-shm`) is left out: it does not outlive a machine.
 */
export async function recordProgram(program: readonly string[], root: string): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-trace-'))
  const trace = join(folder, 'trace')
  try {
    const how = ['-f', '-qq', '-xx', '-s', '16777216', '-e', `trace=${traced}`, '-e', 'signal=none', '-o', trace]
    const argv = [...how, process.execPath, ...program]
    const { code, output } = await finish('strace', argv, { limitMs: 120_000, env: { PATH: process.env['PATH'] } })
    if (code !== 0) throw new Error(`The recorded run ended with ${code}: ${output.slice(-2000)}`)
    return { root, calls: new TraceReader(root).read(readFileSync(trace, 'latin1')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface OpenFile {
  readonly path: string
  /** Null for a folder. */
  readonly file: number | null
  /** Whether each write goes to the end, wherever that is by then. */
  readonly appends: boolean
  at: number
}

/** Follows names, descriptors and places in files, and complains about any call on the folder that it does not know. */
class TraceReader {
  readonly #root: string
  readonly #calls: Call[] = []
  readonly #names = new Map<string, number>()
  readonly #open = new Map<number, OpenFile>()
  readonly #sizes = new Map<number, number>()
  #files = 0
  #said = ''

  constructor(root: string) {
    this.#root = root
  }

  read(trace: string): readonly Call[] {
    const unfinished = new Map<string, string>()
    for (const line of trace.split('\n')) {
      const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
      const begun = / <unfinished \.\.\.>$/.exec(text)
      const resumed = /^<\.\.\. \w+ resumed>/.exec(text)
      if (begun !== null) unfinished.set(thread, text.slice(0, begun.index))
      else if (resumed === null) this.#take(text)
      else this.#take((unfinished.get(thread) ?? '') + text.slice(resumed[0].length))
    }
    return this.#calls
  }

  #take(text: string): void {
    const [, name = '', given = '', answer = ''] = /^(\w+)\((.*)\) += (-?\d+)/.exec(text) ?? []
    const result = Number(answer)
    if (name === '' || result < 0) return
    const args = given.split(', ')
    const paths = args.filter((arg) => arg.startsWith('"')).map((arg) => textOf(arg))
    if (name === 'openat' || name === 'open') return this.#opened(paths[0] ?? '', given, result)
    if (name === 'close') return void this.#open.delete(Number(args[0]))
    if (/^(mkdir|rename|unlink|rmdir|link|symlink|creat|truncate)/.test(name)) return this.#named(name, paths)
    if (name === 'write' && args[0] === '1') return this.#say(textOf(args[1] ?? ''))
    this.#done(name, args, result)
  }

  #opened(path: string, given: string, descriptor: number): void {
    this.#open.delete(descriptor)
    if (!this.#isOurs(path)) return
    const appends = given.includes('O_APPEND')
    if (given.includes('O_DIRECTORY') || !given.includes('O_CREAT')) {
      const file = this.#names.get(path) ?? null
      this.#open.set(descriptor, { path, file, appends, at: 0 })
      return
    }
    let file = this.#names.get(path)
    if (file === undefined) {
      file = this.#files
      this.#files += 1
      this.#names.set(path, file)
      this.#calls.push({ call: 'create', path })
    } else if (given.includes('O_TRUNC')) {
      this.#truncated(file, 0)
    }
    this.#open.set(descriptor, { path, file, appends, at: 0 })
  }

  #named(name: string, [path = '', to = '']: readonly string[]): void {
    if (!this.#isOurs(path)) return
    if (name.startsWith('mkdir')) {
      this.#calls.push({ call: 'make-folder', path })
    } else if (name.startsWith('rename')) {
      // A folder takes along what is in it.
      for (const [known, file] of Array.from(this.#names)) {
        if (known !== path && !known.startsWith(`${path}/`)) continue
        this.#names.delete(known)
        this.#names.set(to + known.slice(path.length), file)
      }
      this.#calls.push({ call: 'rename', path, to })
    } else if (name.startsWith('unlink')) {
      this.#names.delete(path)
      this.#calls.push({ call: 'unlink', path })
    } else {
      throw new Error(`The replay does not know ${name} of ${path}`)
    }
  }

  #say(text: string): void {
    this.#said += text
    const lines = this.#said.split('\n')
    this.#said = lines.pop() ?? ''
    this.#calls.push(...lines.map((line): Call => ({ call: 'say', line })))
  }

  #done(name: string, args: readonly string[], result: number): void {
    const open = this.#open.get(Number(args[0]))
    if (open === undefined) return
    const { file, path } = open
    if (file === null) {
      if (!name.endsWith('sync')) throw new Error(`The replay does not know ${name} of the folder ${path}`)
      this.#calls.push({ call: 'sync-folder', path })
    } else if (name === 'pwrite64') {
      this.#wrote(file, Number(args[3]), bytesOf(args[1] ?? '').subarray(0, result))
    } else if (name === 'write') {
      const at = open.appends ? (this.#sizes.get(file) ?? 0) : open.at
      this.#wrote(file, at, bytesOf(args[1] ?? '').subarray(0, result))
      open.at = at + result
    } else if (name === 'ftruncate') {
      this.#truncated(file, Number(args[1]))
    } else if (name === 'fsync' || name === 'fdatasync') {
      this.#calls.push({ call: 'sync', file })
    } else {
      throw new Error(`The replay does not know ${name} of ${path}`)
    }
  }

  #wrote(file: number, at: number, bytes: Buffer): void {
    this.#calls.push({ call: 'write', file, at, bytes })
    this.#sizes.set(file, Math.max(this.#sizes.get(file) ?? 0, at + bytes.length))
  }

  #truncated(file: number, size: number): void {
    this.#calls.push({ call: 'truncate', file, size })
    this.#sizes.set(file, size)
  }

  #isOurs(path: string): boolean {
    return (path === this.#root || path.startsWith(`${this.#root}/`)) && !path.endsWith('-shm')
  }
}

/** A string as strace -xx writes it. */
function bytesOf(quoted: string): Buffer {
  const end = quoted.lastIndexOf('"')
  if (quoted.slice(end + 1) !== '') throw new Error('strace cut what was written')
  return Buffer.from(quoted.slice(1, end).replaceAll('\\x', ''), 'hex')
}

function textOf(quoted: string): string {
  return bytesOf(quoted).toString('utf8')
}

export function parentOf(path: string): string {
  return dirname(resolve(path))
}
