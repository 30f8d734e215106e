import { maskTyped, secretWords, typedSecrets } from '../../shared/redaction/typed.ts'
import { refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import type { Questions } from '../desk/questions.ts'

/** What to do with something typed that looks like a secret; undefined: refuse it, as nobody can be asked here. */
export type SecretsChoice = 'keep' | 'mask' | undefined

/** Questions whose text goes into the journal for good. */
const written: ReadonlySet<keyof Questions> = new Set([
  ...(['declare', 'note', 'correct', 'stateImpact', 'setSeverity', 'assign', 'giveTask', 'decide'] as const),
  ...(['giveUpdate', 'resolve', 'reopen', 'eraseEntry', 'eraseEvidence'] as const),
])

/** The desk, with everything that was typed for the journal looked through before it is written. */
export function guardTyped(desk: DeskClient, choice: SecretsChoice): DeskClient {
  return {
    ...desk,
    ask: (op, ...args) => desk.ask(op, ...(written.has(op) ? checkedTyped(args, choice) : args)),
  }
}

/** What was typed, masked where that is wanted. Refuses it where it looks like a secret and nobody said what to do. */
export function checkedTyped<T>(typed: T, choice: SecretsChoice): T {
  // A runbook speaks of passwords and holds none; its bytes are pinned by their hash.
  const { packText, rest } = withoutPack(typed)
  const found = choice === 'keep' ? [] : typedSecrets(rest)
  const [first] = found
  if (first === undefined) return typed
  if (choice === 'mask') return withPack(maskTyped(rest), packText) as T
  throw refuse('not-allowed', {
    tried: 'Log what was typed',
    happened: `'${first.masked}' looks like ${secretWords(first.rule)}. Nothing was logged.`,
    next: 'Take it out, or say what to do: --secrets mask, or --secrets keep if it is none.',
  })
}

function withoutPack(typed: unknown): { packText: string | null; rest: unknown } {
  if (!Array.isArray(typed)) return { packText: null, rest: typed }
  const [first, ...others] = typed as readonly unknown[]
  const isDeclaration = typeof first === 'object' && first !== null && 'packText' in first
  if (!isDeclaration || typeof first.packText !== 'string') return { packText: null, rest: typed }
  return { packText: first.packText, rest: [{ ...first, packText: '' }, ...others] }
}

function withPack(rest: unknown, packText: string | null): unknown {
  if (packText === null || !Array.isArray(rest)) return rest
  const [first, ...others] = rest as readonly unknown[]
  return [{ ...(first as object), packText }, ...others]
}
