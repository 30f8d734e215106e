import { refuse } from '../refusal.ts'
import { MaskCount, type Masked } from './mask-count.ts'
import { mark, redactText } from './text-rules.ts'

/** Something that came from outside and is not yet kept: a parsed JSON answer, or text. */
export type RawItem =
  | { readonly kind: 'json'; readonly value: unknown }
  /** `text` may be bytes read as latin1, so that what is not masked stays as it was, byte for byte. */
  | { readonly kind: 'text'; readonly text: string }

/** Deeper than any answer of an engine; a value deeper than this is an attack on whoever walks it. */
const deepest = 64
const envRule = 'env value'

/**
 * The one place where secrets are taken out: everything from outside passes here before it is kept, shown or read.
 * In JSON, values of environment variables (`Env` lists of NAME=value; the names stay) and what the rules for text know, in
 * every string and key; in text, what those rules know. The result holds marks like '[masked: env value]', and the
 * count of each rule.
 *
 * Refuses JSON that is nested deeper than 64.
 */
export function redact<Item extends RawItem>(item: Item): { item: Item; masked: Masked[] } {
  const counted = new MaskCount()
  const clean =
    item.kind === 'json'
      ? { ...item, value: redactValue(item.value, { counted, key: '', depth: 0 }) }
      : { ...item, text: redactText(item.text, counted) }
  return { item: clean, masked: counted.list() }
}

interface Place {
  readonly counted: MaskCount
  /** The key that the value stands under, or its list does. */
  readonly key: string
  readonly depth: number
}

function redactValue(value: unknown, place: Place): unknown {
  if (typeof value === 'string') {
    return place.key === 'Env' ? redactAssignment(value, place.counted) : redactText(value, place.counted)
  }
  if (value === null || typeof value !== 'object') return value
  if (place.depth >= deepest) {
    throw refuse('bad-answer', {
      tried: 'Read an answer',
      happened: `It is nested deeper than ${deepest}.`,
      next: 'Check what answers at this address: no Docker engine does so.',
    })
  }
  const depth = place.depth + 1
  if (Array.isArray(value)) return value.map((member) => redactValue(member, { ...place, depth }))
  // fromEntries makes own properties of hostile keys such as __proto__; an assignment would not.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      redactText(key, place.counted),
      redactValue(member, { counted: place.counted, key, depth }),
    ]),
  )
}

function redactAssignment(assignment: string, counted: MaskCount): string {
  const end = assignment.indexOf('=')
  if (end === -1 || end === assignment.length - 1) return assignment
  counted.add(envRule)
  return `${assignment.slice(0, end + 1)}${mark(envRule)}`
}
