import { refuse } from '../refusal.ts'
import { isHarmlessEnv } from './env.ts'
import { mark } from './mark.ts'
import { MaskCount, type Masked } from './mask-count.ts'
import { familyOf, isSecretValue, isVagueName, looksRandom } from './secret-names.ts'
import { redactKey, redactText } from './text-rules.ts'

/** Something that came from outside and is not yet kept: a parsed JSON answer, or text. */
export type RawItem =
  | { readonly kind: 'json'; readonly value: unknown }
  /** `text` may be bytes read as latin1, so that what is not masked stays as it was, byte for byte. */
  | { readonly kind: 'text'; readonly text: string }

/** Deeper than any answer of an engine; a value deeper than this is an attack on whoever walks it. */
const deepest = 64
const envRule = 'env value'
const namedRule = 'named secret'
const kubernetesRule = 'kubernetes secret'

/**
 * The one place where secrets are taken out: everything from outside passes here before it is kept, shown or read.
 * In JSON: values of environment variables (`Env` lists of NAME=value, Kubernetes' `{name, value}`) but for what is
 * evidently harmless, the data of Kubernetes Secrets, values under a secret's name, arguments behind a flag with one, and
 * what the rules for text know, in every string and key. In text, what those rules know. The result holds marks like
 * '[masked: env value]', and the count of each rule.
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
  if (typeof value === 'string') return redactString(value, place)
  if (value === null || typeof value !== 'object') return value
  if (place.depth >= deepest) {
    throw refuse('bad-answer', {
      tried: 'Read an answer',
      happened: `It is nested deeper than ${deepest}.`,
      next: 'Check what answers at this address: no Docker engine does so.',
    })
  }
  const inner = { ...place, depth: place.depth + 1 }
  return Array.isArray(value) ? redactList(value, inner) : redactObject(value, inner)
}

function redactString(text: string, { key, counted }: Place): string {
  if (key === 'Env') return redactAssignment(text, counted)
  const family = familyOf(key)
  const isNamed = family === null ? isVagueName(key) && looksRandom(text) : isSecretValue(family, text, 'quoted', false)
  return isNamed ? masked(namedRule, counted) : redactText(text, counted)
}

function redactList(list: readonly unknown[], place: Place): unknown[] {
  return list.map((member, index) => {
    const before: unknown = list[index - 1]
    if (typeof member === 'string' && typeof before === 'string' && isFlag(before, list)) {
      if (!member.startsWith('-') && isSecretValue('password', member, 'quoted', false)) {
        return masked(namedRule, place.counted)
      }
    }
    return redactValue(member, place)
  })
}

/** `--password` as an argument of its own, or `redis-cli`'s `-a`: the next argument is the secret. */
function isFlag(argument: string, list: readonly unknown[]): boolean {
  if (argument.startsWith('-') && familyOf(argument.replace(/^-+/, '')) !== null) return true
  return argument === '-a' && typeof list[0] === 'string' && list[0].includes('redis')
}

function redactObject(value: object, place: Place): Record<string, unknown> {
  const members = Object.entries(value)
  const { counted } = place
  const isSecret = Reflect.get(value, 'kind') === 'Secret'
  const envName = members.length <= 3 && place.key === 'env' ? String(Reflect.get(value, 'name')) : null
  // fromEntries makes own properties of hostile keys such as __proto__; an assignment would not.
  return Object.fromEntries(
    members.map(([key, member]) => {
      const name = redactKey(key, counted)
      if (isSecret && (key === 'data' || key === 'stringData')) return [name, withoutValues(member, counted)]
      if (envName !== null && key === 'value' && typeof member === 'string') {
        return [name, isHarmlessEnv(envName, member) ? redactText(member, counted) : masked(envRule, counted)]
      }
      // What `kubectl apply` last sent stands in an annotation, as text.
      if (typeof member === 'string' && /"kind":\s*"Secret"/.test(member))
        return [name, masked(kubernetesRule, counted)]
      return [name, redactValue(member, { ...place, key })]
    }),
  )
}

/** The names of a Secret's entries tell what an application expects; the values are the secret. */
function withoutValues(data: unknown, counted: MaskCount): unknown {
  if (data === null || typeof data !== 'object') return data
  return Object.fromEntries(Object.keys(data).map((key) => [key, masked(kubernetesRule, counted)]))
}

function redactAssignment(assignment: string, counted: MaskCount): string {
  const end = assignment.indexOf('=')
  if (end === -1 || end === assignment.length - 1) return assignment
  const name = assignment.slice(0, end)
  const value = assignment.slice(end + 1)
  if (isHarmlessEnv(name, value)) return redactText(assignment, counted)
  return `${name}=${masked(envRule, counted)}`
}

function masked(rule: string, counted: MaskCount): string {
  counted.add(rule)
  return mark(rule)
}
