import { isUtf8 } from 'node:buffer'
import { canonicalJson } from '../../shared/journal/canonical.ts'
import { RefusalError } from '../../shared/refusal.ts'

/** A body's JSON as the rows hold it, or why it is none. */
export type StoredBody = { readonly value: unknown; readonly problem: null } | { readonly problem: string }

/** What most entries say: one text. Of this form it is canonical, and nobody needs its value to know that. */
const oneText = /^\{"[a-z_]+":"(?:[^"\\\u0000-\u001f]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]))*"\}$/

/** As `readStoredBody`, for whoever wants to know only what is wrong with a body: null for nothing. */
export function bodyProblem(bytes: Buffer, from: number): string | null {
  const text = bytes.toString('utf8', from)
  return oneText.test(text) && !text.includes('\ufffd') ? null : readStoredBody(bytes, from).problem
}

/** Reads a body from its bytes, which begin at `from`, and checks that they are the canonical form of what they say. */
export function readStoredBody(bytes: Buffer, from: number): StoredBody {
  const text = bytes.toString('utf8', from)
  // What is not UTF-8 was replaced by this character; whether it stood there before is looked at where it stands.
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(from))) return { problem: 'its body is not UTF-8.' }
  try {
    const value: unknown = JSON.parse(text)
    return isCanonical(value, text) ? { value, problem: null } : { problem: 'its body is not canonical.' }
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'its body is not JSON.' }
    if (error instanceof RefusalError) return { problem: `its body is not canonical: ${error.refusal.happened}.` }
    throw error
  }
}

/**
 * The platform's own writer spells everything as RFC 8785 does but for the order of keys and for lone surrogates, and is many
 * times as fast as ours; where it disagrees (keys that are numbers come first in it), ours decides.
 */
function isCanonical(value: unknown, text: string): boolean {
  if (!text.includes(String.raw`\ud`) && JSON.stringify(value) === text && hasKeysInOrder(value)) return true
  return canonicalJson(value) === text
}

function hasKeysInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(hasKeysInOrder)
  const keys = Object.keys(value)
  return keys.every((key, at) => (at === 0 || key > (keys[at - 1] ?? '')) && hasKeysInOrder(Reflect.get(value, key)))
}
