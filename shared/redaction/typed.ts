import { MaskCount } from './mask-count.ts'
import { redactText, secretsIn } from './text-rules.ts'

/** Something in a text that a person typed which looks like a secret: the rule that says so, and the text around it, masked. */
export interface TypedSecret {
  readonly rule: string
  readonly masked: string
}

const AROUND = 40

/** What a rule takes it for, behind 'looks like'. */
export function secretWords(rule: string): string {
  if (rule === 'named secret') return 'a secret, by the name before it'
  if (rule === 'url password') return 'a password in a URL'
  return `${/^[aeio]/.test(rule) ? 'an' : 'a'} ${rule}`
}

/**
 * What looks like a secret in any text of a value: strings, and those in lists and objects. Mostly nothing. The secrets
 * themselves are not in the answer.
 */
export function typedSecrets(value: unknown): TypedSecret[] {
  return textsOf(value).flatMap((text) =>
    Array.from(secretsIn(text), ({ from, to, rule }) => ({
      rule,
      masked: `${text.slice(Math.max(0, from - AROUND), from)}••••••${text.slice(to, to + AROUND)}`,
    })),
  )
}

/** The same value with each such secret masked. */
export function maskTyped<T>(value: T): T {
  return mapped(value) as T
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value, new MaskCount())
  if (Array.isArray(value)) return value.map(mapped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapped(member)]))
}
