import { canonicalJson } from '../../shared/journal/canonical.ts'
import { compareEntries, firstPrev, hashBody, hashHeader } from '../../shared/journal/chain.ts'
import type { SeenHead } from '../../shared/journal/header.ts'
import { erasedKind } from '../../shared/erasure/entries.ts'
import { neverErased } from '../../shared/erasure/rules.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { sha256 } from '../journal/sha256.ts'
import type { Line } from './incident-file.ts'

interface Link {
  readonly hash: string
  readonly lamport: number
}

/** What is wrong with an entry, as a sentence. */
export class UnfitEntry extends Error {}

/**
 * Checks the entries of one incident as they come, in the order of the fold: every chain whole from its first entry, every
 * hash and body as they were written, everything that an entry had seen before it, and a body missing only where an entry
 * says that it was erased, with a reason. A set that passes can be put together with any other that passes. Throws `UnfitEntry`.
 */
export class LineCheck {
  readonly #incident: string
  readonly #chains = new Map<string, Link[]>()
  /** Their kinds, by hash. */
  readonly #kinds = new Map<string, string>()
  /** Entries without a body, of which no `erased` entry has been seen yet. */
  readonly #bare = new Set<string>()
  #last: Line | null = null
  #number = ''
  #entries = 0

  constructor(incident: string) {
    this.#incident = incident
  }

  /** The label under which the incident was declared; empty where that cannot be read. */
  get number(): string {
    return this.#number
  }

  get entries(): number {
    return this.#entries
  }

  get mode(): Line['mode'] | null {
    return this.#last?.mode ?? null
  }

  take(line: Line): void {
    const chain = this.#chains.get(line.chain) ?? []
    const fault =
      this.#faultOfPlace(line) ??
      this.#faultOfLink(line, chain) ??
      this.#faultOfSeen(line, chain) ??
      this.#faultOfBody(line)
    if (fault !== null) throw new UnfitEntry(`Entry ${line.seq} of chain ${line.chain} ${fault}.`)
    this.#chains.set(line.chain, chain)
    chain.push({ hash: line.hash, lamport: line.lamport })
    this.#kinds.set(line.hash, line.kind)
    this.#last = line
    this.#entries += 1
  }

  /** The head of every chain, by chain. Throws where a body is missing and nothing says why. */
  end(): SeenHead[] {
    const [bare] = this.#bare
    if (bare !== undefined) throw new UnfitEntry(`The entry ${bare} has no body, and no entry says that it was erased.`)
    return Array.from(this.#chains, ([chain, links]) => ({
      chain,
      seq: links.length,
      hash: links.at(-1)?.hash ?? '',
    })).toSorted((a, b) => (a.chain < b.chain ? -1 : 1))
  }

  #faultOfPlace(line: Line): string | null {
    if (line.incident !== this.#incident) return `belongs to another incident (${line.incident})`
    if (this.#last === null) return line.kind === 'declared' ? null : `comes first, and is no declaration`
    if (compareEntries(this.#last, line) >= 0) return 'does not stand in the order of the journal'
    return line.mode === this.#last.mode ? null : `is of mode '${line.mode}', and those before it are not`
  }

  #faultOfLink(line: Line, chain: readonly Link[]): string | null {
    if (line.seq !== chain.length + 1) return `comes where entry ${chain.length + 1} belongs`
    if (line.prev !== (chain.at(-1)?.hash ?? firstPrev(line.chain, sha256))) return 'does not follow the one before it'
    const { prev, hash, salt: _salt, body: _body, ...header } = line
    return hashHeader(prev, header, sha256) === hash ? null : 'is not what its hash says'
  }

  /** One more than the highest that was seen, and everything seen is there: so no merge can tear cause and effect apart. */
  #faultOfSeen(line: Line, chain: readonly Link[]): string | null {
    let highest = chain.at(-1)?.lamport ?? 0
    for (const { chain: other, seq, hash } of line.after) {
      const seen = this.#chains.get(other)?.[seq - 1]
      if (seen?.hash !== hash) return `names entry ${seq} of chain ${other}, which is not there`
      highest = Math.max(highest, seen.lamport)
    }
    return line.lamport === highest + 1 ? null : `has the lamport ${line.lamport}, and ${highest + 1} was expected`
  }

  #faultOfBody({ kind, version, hash, salt, body, body_hash }: Line): string | null {
    if (body === null || salt === null) {
      if (body !== salt || neverErased.has(kind)) return 'has lost its body'
      this.#bare.add(hash)
      return null
    }
    if (hashBody(Buffer.from(salt, 'hex'), Buffer.from(body), sha256) !== body_hash)
      return 'has another body than it had'
    const read = readCanonical(body)
    if (read === null) return 'has a body that is not canonical JSON'
    if (kind === erasedKind.kind) return this.#faultOfErasure(version, read)
    if (kind === 'declared' && this.#number === '' && 'number' in read) this.#number = String(read['number'])
    return null
  }

  /** The journal's triggers take the body whoever asks for it: so it must be there, and somebody must have said why. */
  #faultOfErasure(version: number, body: Record<string, unknown>): string | null {
    if (version <= erasedKind.version && !erasedKind.body.safeParse(body).success) return 'erases without saying why'
    const { entry = null } = body
    if (entry === null) return null
    const kind = typeof entry === 'string' ? this.#kinds.get(entry) : undefined
    if (typeof entry !== 'string' || kind === undefined) return 'erases an entry that does not stand before it'
    if (neverErased.has(kind)) return `erases a text that must stay (${kind})`
    this.#bare.delete(entry)
    return null
  }
}

/** The object in a canonical text; null for any other text. */
function readCanonical(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && canonicalJson(value) === text ? (value as Record<string, unknown>) : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof RefusalError) return null
    throw error
  }
}
