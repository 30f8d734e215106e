import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extract } from 'tar-stream'
import { z } from 'zod'
import { RefusalError } from '../../shared/refusal.ts'
import type { StoredName } from '../evidence/stored-file.ts'
import {
  INCIDENT_FORMAT,
  type Line,
  limits,
  lineSchema,
  type Manifest,
  manifestSchema,
  memberNames,
  readBundleMember,
  sumLine,
  unfitFile,
} from './incident-file.ts'
import { LineCheck, UnfitEntry } from './line-check.ts'
import { bytesOf } from './tar-bytes.ts'

/** What the first two members hold. Every entry was checked; `sha256` is that of `entries.jsonl`. */
export interface ReadIncident {
  readonly manifest: Manifest
  readonly lines: readonly Line[]
  readonly sha256: string
}

/** Takes one bundle; must read `source` to its end. */
export type TakeBundle = (stored: StoredName, source: AsyncIterable<Uint8Array>, size: number) => Promise<void>

interface Reading {
  /** Told once all entries were checked; what it throws ends the reading. */
  readonly onEntries?: (incident: ReadIncident) => void
  /** Absent: the reading ends before the evidence, and the sums are not looked at. */
  readonly takeBundle?: TakeBundle
}

/**
 * Reads a file of `muster journal export` and believes nothing of it: members in their order and of their size, every
 * line by schema, every chain and body by its hash, at last the sums. Rejects with a refusal where anything is not so.
 */
export async function readIncidentFile(file: string, reading: Reading = {}): Promise<ReadIncident> {
  try {
    if (!(await stat(file)).isFile()) throw unfitFile('bad-input', file, 'It is not a file.')
    return await new Walk(file, reading).run()
  } catch (error) {
    throw asRefusal(file, error)
  }
}

class Walk {
  readonly #file: string
  readonly #reading: Reading
  readonly #sums: string[] = []
  readonly #names = new Set<string>()
  #manifest: Manifest | null = null
  #incident: ReadIncident | null = null
  #areSumsRead = false

  constructor(file: string, reading: Reading) {
    this.#file = file
    this.#reading = reading
  }

  async run(): Promise<ReadIncident> {
    const tar = extract()
    const source = createReadStream(this.#file, { highWaterMark: 1_048_576 })
    source.on('error', (error) => tar.destroy(error))
    source.pipe(tar)
    try {
      for await (const member of tar) {
        const { name, type, size } = member.header
        if (type !== 'file') throw this.#unfit(`It holds '${name.slice(0, 200)}', which is not a plain file.`)
        await this.#take(name, size, bytesOf(member))
        if (this.#incident !== null && this.#reading.takeBundle === undefined) return this.#incident
      }
    } finally {
      source.destroy()
    }
    if (this.#incident === null || !this.#areSumsRead) throw this.#unfit('It ends before its sums: a part is missing.')
    return this.#incident
  }

  async #take(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.#areSumsRead) throw this.#unfit(`'${name.slice(0, 200)}' stands behind the sums.`)
    if (this.#manifest === null) return this.#takeManifest(name, size, source)
    if (this.#incident === null) return this.#takeEntries(this.#manifest, name, source)
    if (name === memberNames.sums) return this.#takeSums(size, source)
    await this.#takeBundle(name, size, source)
  }

  async #takeManifest(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    if (name !== memberNames.manifest) throw this.#unfit(`It does not begin with ${memberNames.manifest}.`, 'bad-input')
    const bytes = await this.#whole(name, size, source, limits.manifestBytes)
    const read = readManifest(bytes.toString('utf8'))
    if (read === 'newer')
      throw this.#unfit('A newer Muster wrote it, in a form that this one does not know.', 'unsupported')
    if (read === null) throw this.#unfit(`Its ${memberNames.manifest} is not of the form ${INCIDENT_FORMAT}.`)
    this.#manifest = read
    this.#add(name, createHash('sha256').update(bytes).digest('hex'))
  }

  async #takeEntries(manifest: Manifest, name: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    if (name !== memberNames.entries) throw this.#unfit(`'${name.slice(0, 200)}' stands where the entries belong.`)
    const hash = createHash('sha256')
    const check = new LineCheck(manifest.incident)
    const lines: Line[] = []
    for await (const text of linesOf(source, hash)) {
      if (lines.length >= limits.entries) throw this.#unfit(`It holds more than ${limits.entries} entries.`)
      const line = readLine(text, lines.length + 1)
      check.take(line)
      lines.push(line)
    }
    const heads = check.end()
    if (
      JSON.stringify(heads) !==
      JSON.stringify(manifest.heads.map(({ chain, seq, hash: head }) => ({ chain, seq, hash: head })))
    ) {
      throw this.#unfit('Its entries do not end in the heads that it names: some were cut off or put in.')
    }
    const { entries, mode, number } = manifest
    if (check.entries !== entries || check.mode !== mode || check.number !== number) {
      throw this.#unfit('Its entries are not those that it announces.')
    }
    this.#incident = { manifest, lines, sha256: hash.digest('hex') }
    this.#add(name, this.#incident.sha256)
    this.#reading.onEntries?.(this.#incident)
  }

  async #takeBundle(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    const stored = readBundleMember(name)
    if (stored === null || this.#names.has(name))
      throw this.#unfit(`It holds '${name.slice(0, 200)}', which does not belong in it.`)
    if (this.#names.size >= limits.bundles)
      throw this.#unfit(`It holds more than ${limits.bundles} bundles of evidence.`)
    const hash = createHash('sha256')
    const hashed = async function* (): AsyncGenerator<Uint8Array> {
      for await (const part of source) {
        hash.update(part)
        yield part
      }
    }
    await this.#reading.takeBundle?.(stored, hashed(), size)
    this.#add(name, hash.digest('hex'))
  }

  async #takeSums(size: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    const expected = this.#sums.join('')
    const bytes = await this.#whole(memberNames.sums, size, source, expected.length)
    if (bytes.toString('utf8') !== expected) throw this.#unfit('Its members are not what its sums say.')
    this.#areSumsRead = true
  }

  async #whole(name: string, size: number, source: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
    if (size > most) throw this.#unfit(`Its ${name} is larger than ${most} bytes.`)
    const parts: Uint8Array[] = []
    for await (const part of source) parts.push(part)
    return Buffer.concat(parts)
  }

  #add(name: string, hash: string): void {
    this.#names.add(name)
    this.#sums.push(sumLine(hash, name))
  }

  #unfit(happened: string, code: 'bad-input' | 'damaged' | 'unsupported' = 'damaged'): RefusalError {
    return unfitFile(code, this.#file, happened)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The lines of a member, each within its cap, hashed as they pass. A last line without its end is refused. */
async function* linesOf(
  source: AsyncIterable<Uint8Array>,
  hash: { update(part: Uint8Array): unknown },
): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let held = 0
  let size = 0
  for await (const part of source) {
    hash.update(part)
    size += part.length
    if (size > limits.entriesBytes) throw new UnfitEntry(`Its entries take more than ${limits.entriesBytes} bytes.`)
    let from = 0
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
      yield utf8.decode(Buffer.concat([...parts, part.subarray(from, end)]))
      parts = []
      held = 0
      from = end + 1
    }
    parts.push(part.subarray(from))
    held += part.length - from
    if (held > limits.lineBytes) throw new UnfitEntry(`One of its lines is longer than ${limits.lineBytes} bytes.`)
  }
  if (held > 0) throw new UnfitEntry('Its last line does not end.')
}

function readLine(text: string, number: number): Line {
  const parsed = lineSchema.safeParse(readJson(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UnfitEntry(`Line ${number} of its entries is none: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
}

function readManifest(text: string): Manifest | 'newer' | null {
  const value = readJson(text)
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const other = z.looseObject({ format: z.string().regex(/^muster\.dev\/incident\/\d+$/) }).safeParse(value)
  return other.success && other.data.format !== INCIDENT_FORMAT ? 'newer' : null
}

/** Undefined for what is not JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function asRefusal(file: string, error: unknown): unknown {
  if (error instanceof RefusalError) return error
  if (error instanceof UnfitEntry) return unfitFile('damaged', file, error.message)
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return unfitFile('damaged', file, 'Its entries are not UTF-8.')
  if (code === 'ENOENT') return unfitFile('bad-input', file, 'There is no such file.')
  if (code !== '') return unfitFile('bad-input', file, `It cannot be read: ${error.message}.`)
  // tar-stream 3.2 throws plain errors for what is no tar: 'Invalid tar header', 'Unexpected end of data' and the like.
  return tarFaults.test(error.message)
    ? unfitFile('bad-input', file, `It is not a whole tar: ${error.message}.`)
    : error
}

const tarFaults = /tar header|end of data|Invalid header|max size|pax|Invalid|octal|Premature close/i
