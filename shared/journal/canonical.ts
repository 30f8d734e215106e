import { refuse } from '../refusal.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const MAX_DEPTH = 200

/**
 * The canonical JSON of a value (RFC 8785: no white space, keys in order of their UTF-16 code units, numbers as
 * ECMAScript writes them). The same value always gives the same text.
 *
 * Refuses what cannot be hashed and read back the same: lone surrogates, numbers that are not finite, `undefined`,
 * other objects than plain ones, and nesting deeper than 200.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw unfit('it is nested deeper than 200 levels')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'string') return writeString(value)
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`
  if (isPlainObject(value)) return writeObject(value, depth)
  throw unfit(
    `it holds ${typeof value === 'object' ? 'an object that is not plain data' : `a value of type ${typeof value}`}`,
  )
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw unfit('it holds a number that is not finite')
  return JSON.stringify(value)
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw unfit('it holds half of a surrogate pair')
  return JSON.stringify(value)
}

function writeObject(value: Record<string, unknown>, depth: number): string {
  const keys = Object.keys(value).toSorted()
  return `{${keys.map((key) => `${writeString(key)}:${write(value[key], depth + 1)}`).join(',')}}`
}

function isPlainObject(value: unknown): value is Record<string, Json> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function unfit(happened: string) {
  return refuse('bad-input', {
    tried: 'Write a value into the journal',
    happened,
    next: 'Remove what cannot be stored exactly, then try again.',
  })
}
