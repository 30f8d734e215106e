import { canonicalJson } from './canonical.ts'
import type { Entry, Header } from './header.ts'

/** sha256 over the concatenation of the parts, as lower-case hex; text parts are taken as UTF-8. */
export type Sha256 = (...parts: readonly (Uint8Array | string)[]) => string

/** The `prev` of a chain's first entry: the sha256 of the chain's id (its 32 hex digits as text). */
export function firstPrev(chain: string, sha256: Sha256): string {
  return sha256(chain)
}

/** `sha256(salt ‖ bytes)`, the bytes exactly as stored. */
export function hashBody(salt: Uint8Array, bytes: Uint8Array, sha256: Sha256): string {
  return sha256(salt, bytes)
}

/** `sha256(prev ‖ canonical JSON of the header)`: `prev` as its 64 hex digits in ASCII, the header as UTF-8. */
export function hashHeader(prev: string, header: Header, sha256: Sha256): string {
  return sha256(prev, canonicalJson(header))
}

/** Where an entry stands in the order of the fold. */
export type Place = Pick<Entry, 'lamport' | 'chain' | 'seq'>

/**
 * The order of the fold, the same on every desk whatever the clocks say: by lamport, then chain, then seq.
 * Usable with `Array.prototype.sort`.
 */
export function compareEntries(a: Place, b: Place): number {
  if (a.lamport !== b.lamport) return a.lamport - b.lamport
  if (a.chain !== b.chain) return a.chain < b.chain ? -1 : 1
  return a.seq - b.seq
}
