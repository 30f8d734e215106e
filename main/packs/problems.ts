import type { z } from 'zod'
import type { PackProblem } from '../../shared/packs/calls.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import { maskHidden } from '../../shared/packs/text.ts'
import { maskTyped } from '../../shared/redaction/typed.ts'
import { type Expectation, expectedAt } from './expectations.ts'
import type { DataPath, YamlTree } from './yaml-tree.ts'

type Issue = z.core.$ZodIssue

/** How many problems are told of one file: nobody reads more, and finding the place of each takes time. */
export const problemsCap = 100

/** What zod found wrong with the data of `tree` by a schema (the pack's); of very many problems only some. */
export function problemsOf(issues: readonly Issue[], tree: YamlTree, schema?: z.ZodType): Told[] {
  const asked: Asked = { ...tree, expectedAt: (path) => expectedAt(tree.data, path, schema) }
  return issues.slice(0, problemsCap).flatMap((issue) => told(issue, [], asked))
}

/** A file's data with what it should have held. */
interface Asked extends YamlTree {
  expectedAt(path: DataPath): Expectation
}

/** Problems as people are told of them, in the order of the file; the first hundred. */
export function listed(problems: readonly Told[], tree: YamlTree): PackProblem[] {
  return problems
    .toSorted((a, b) => a.order - b.order)
    .slice(0, problemsCap)
    .map(({ offset, path, happened, next, meant = null }) => ({
      ...tree.placeOf(offset),
      path: written(path),
      happened,
      next,
      meant,
    }))
}

/** A problem before it is sorted among the others. */
export interface Told extends Said {
  readonly offset: number
  /** Where it stands among the others: what is missing comes after what is wrong with the rest of its map. */
  readonly order: number
  readonly path: DataPath
}

interface Said {
  readonly happened: string
  readonly next: string
  readonly meant?: string | null
}

function told(issue: Issue, above: DataPath, tree: Asked): Told[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, problemsCap).map((key) => unknownKey(key, path, tree))
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nowhere = unknownEverywhere(issue.errors)
    if (nowhere.length > 0) return nowhere.map((key) => unknownKey(key, path, tree))
    return closest(issue.errors).flatMap((inner) => told(inner, path, tree))
  }
  const offset = tree.offsetOf(path)
  // A rule of our own may speak of something that is not there, such as a default.
  if (issue.code !== 'custom' && isAbsent(path, tree)) {
    const { keys, words } = tree.expectedAt(path)
    const expected =
      words.length > 0 ? words.join(', ') : keys.length > 0 ? `a map with ${keys.join(', ')}` : kindOf(issue)
    return [
      {
        offset,
        order: tree.endOf(path.slice(0, -1)),
        path,
        happened: 'is missing',
        next: `Add it. Expected: ${expected}.`,
      },
    ]
  }
  return [{ offset, order: offset, path, ...wrongValue(issue, path, tree) }]
}

function unknownKey(key: string, path: DataPath, tree: Asked): Told {
  const { keys } = tree.expectedAt(path)
  const offset = tree.offsetOfKey(path, key)
  return {
    offset,
    order: offset,
    path,
    happened: `the key '${cut(key)}' is unknown`,
    ...suggestion(key, keys, 'Known here'),
  }
}

function wrongValue(issue: Issue, path: DataPath, tree: Asked): Said {
  const value = valueAt(tree.data, path)
  // What stands where a credential's name belongs may be the secret itself.
  const isSecret = issue.code === 'invalid_format' && path.at(-1) === 'credential'
  const isShown = (typeof value === 'string' || typeof value === 'number') && !isSecret
  const shown = isShown ? `'${cut(maskTyped(String(value)))}'` : 'the value'
  const words = wordsFor(issue, path, tree)
  if (issue.code === 'custom') {
    return { happened: `${shown} ${issue.message}`, ...suggestion(value, words, 'There are') }
  }
  if (words.length > 0)
    return { happened: `${shown} is not one of the words allowed`, ...suggestion(value, words, 'Allowed') }
  if (issue.code === 'invalid_type') {
    return { happened: `${shown} is not ${kindOf(issue)}`, next: `Expected: ${kindOf(issue)}.` }
  }
  if (issue.code === 'invalid_format')
    return { happened: `${shown} ${formatMessage(issue.message)}`, next: 'Change it.' }
  return { happened: `${shown} does not fit: ${issue.message}`, next: 'Change it.' }
}

/** Words that could stand here: those our own checks name, else those of the schema. */
function wordsFor(issue: Issue, path: DataPath, tree: Asked): readonly string[] {
  if (issue.code === 'custom') {
    const valid: unknown = issue.params?.['valid']
    return Array.isArray(valid) ? valid.filter((word) => typeof word === 'string') : []
  }
  return tree.expectedAt(path).words
}

/** zod's own sentences begin with a capital; the schema's go on from the value. */
function formatMessage(message: string): string {
  return /^[a-z]/.test(message) ? message : `does not fit: ${message}`
}

const kindWords: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
}

function kindOf(issue: Issue): string {
  return issue.code === 'invalid_type' ? (kindWords[issue.expected] ?? issue.expected) : 'a value'
}

function suggestion(value: unknown, words: readonly string[], lead: string): Pick<Said, 'next' | 'meant'> {
  if (words.length === 0) return { next: 'Change it.' }
  const meant = typeof value === 'string' ? nearest(value, words) : null
  const more = words.length > 40 ? `, and ${words.length - 40} more` : ''
  const list = `${lead}: ${words.slice(0, 40).join(', ')}${more}.`
  return { next: meant === null ? list : `Did you mean '${meant}'? ${list}`, meant }
}

/** The keys that none of several forms knows. */
function unknownEverywhere(forms: readonly (readonly Issue[])[]): string[] {
  const unknown = forms.map((issues) => issues.flatMap((one) => (one.code === 'unrecognized_keys' ? one.keys : [])))
  return (unknown[0] ?? []).filter((key) => unknown.every((keys) => keys.includes(key)))
}

/** Of several forms that do not fit, the one with the least wrong; a value of the wrong kind counts for more. */
function closest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const weight = (issues: readonly Issue[]) =>
    issues.reduce((sum, one) => sum + (one.code === 'invalid_type' ? 3 : 2), 0)
  return forms.toSorted((a, b) => weight(a) - weight(b))[0] ?? []
}

function isAbsent(path: DataPath, tree: YamlTree): boolean {
  return path.length > 0 && valueAt(tree.data, path) === undefined
}

function valueAt(data: unknown, path: DataPath): unknown {
  let value = data
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

function written(path: DataPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${cut(String(step))}`))
    .join('')
}

export function cut(text: string): string {
  return maskHidden(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
