import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
} from 'yaml'
import { guardYaml, type Trouble } from './yaml-guard.ts'

/** Where in the data: keys and indexes from the top. */
export type DataPath = readonly PropertyKey[]

/** Parsed YAML: its plain data, and where each part of it stands in the text. */
export interface YamlTree {
  readonly data: unknown
  /** Offset of the value at `path`, or of the nearest thing above it that is there. */
  offsetOf(path: DataPath): number
  /** Offset of the end of that value. */
  endOf(path: DataPath): number
  /** Offset of the key `key` of the map at `path`. */
  offsetOfKey(path: DataPath, key: string): number
  placeOf(offset: number): { line: number; column: number }
}

export type YamlRead =
  | { readonly tree: YamlTree }
  | { readonly trouble: Trouble; readonly line: number; readonly column: number }

/**
 * Parses YAML 1.2 (core schema) whose data holds nothing but strings, numbers, booleans, null, lists and maps with
 * unique string keys. Answers with the first trouble where it cannot. Never throws for any text.
 */
export function readYaml(text: string): YamlRead {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const guarded = guardYaml(text)
  if ('offset' in guarded) return { trouble: guarded, ...placeOf(guarded.offset) }
  const document = composed(guarded.lexemes, text.length)
  if ('offset' in document) return { trouble: document, ...placeOf(document.offset) }
  const trouble = syntaxTrouble(document) ?? treeTrouble(document.contents, 0)
  if (trouble !== null) return { trouble, ...placeOf(trouble.offset) }
  const data = guarded.hasAliases ? followed(document) : { value: plain(document.contents) }
  if ('offset' in data) return { trouble: data, ...placeOf(data.offset) }
  return {
    tree: {
      data: data.value,
      offsetOf: (path) => startOf(nodeAt(document, path)),
      endOf: (path) => nodeAt(document, path)?.range?.[1] ?? text.length,
      offsetOfKey: (path, key) => startOf(keyNode(document, path, key)),
      placeOf,
    },
  }
}

/** What the library's `parseDocument` does, with the words that the guard has read already. */
function composed(lexemes: readonly string[], length: number): Document.Parsed | Trouble {
  const parser = new Parser()
  const tokens = function* () {
    for (const lexeme of lexemes) {
      for (const token of parser.next(lexeme)) {
        yield token
        // The first error is what is told; each one more costs as much as a hundred good words.
        if (token.type === 'error') return
      }
    }
    yield* parser.end()
  }
  // Unique keys are checked below: the library compares each key with every other (yaml 2.9, quadratic).
  const composer = new Composer({ schema: 'core', strict: true, uniqueKeys: false, prettyErrors: false })
  const documents = composer.compose(tokens(), true, length)
  const { value: document } = documents.next()
  if (document === undefined) throw new Error('the composer made no document')
  const { value: second } = documents.next()
  return second === undefined ? document : secondDocument(second.range[0])
}

/** The guard sees those that `---` begins; after an end (`...`) another can begin without a sign. */
function secondDocument(offset: number): Trouble {
  return { offset, happened: 'a second document begins here', next: 'Keep one pack in one file.' }
}

function syntaxTrouble(document: Document.Parsed): Trouble | null {
  const [error] = [...document.errors, ...document.warnings]
  if (error === undefined) return null
  return {
    offset: error.pos[0],
    happened: `the YAML breaks here: ${error.message}`,
    next: 'Put quotes around a text that holds ": ", " #" or begins with a sign, and check the indentation.',
  }
}

const depthCap = 32
/** Keys that mean something to JavaScript's own objects. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** `open`: the anchors that `node` stands inside of; an alias of one of them would hold itself, without end. */
function treeTrouble(node: Node | null, depth: number, open: readonly string[] = []): Trouble | null {
  if (node === null || isScalar(node)) return null
  if (isAlias(node)) return open.includes(node.source) ? holdsItself(node) : null
  if (depth > depthCap) {
    return {
      offset: startOf(node),
      happened: `more than ${depthCap} levels inside each other`,
      next: 'Make the pack flatter.',
    }
  }
  const { anchor } = node as { anchor?: string }
  const inside = anchor === undefined ? open : [...open, anchor]
  if (isSeq<Node | null>(node)) return firstOf(node.items, (item) => treeTrouble(item, depth + 1, inside))
  if (!isMap<Node, Node | null>(node)) return null
  const seen = new Set<string>()
  return firstOf(
    node.items,
    ({ key, value }) => keyTrouble(key, seen, startOf(node)) ?? treeTrouble(value, depth + 1, inside),
  )
}

function holdsItself(alias: Alias): Trouble {
  return {
    offset: startOf(alias),
    happened: `the alias *${alias.source.slice(0, 40)} stands inside of what it repeats`,
    next: 'Write the value out instead of repeating it by alias.',
  }
}

function keyTrouble(key: Node, seen: Set<string>, around: number): Trouble | null {
  const offset = startOf(key) || around
  if (!isScalar(key) || typeof key.value !== 'string') {
    return { offset, happened: 'a key here is not a text', next: 'Write a plain word before the colon.' }
  }
  if (forbiddenKeys.has(key.value)) {
    return { offset, happened: `the key '${key.value}' is not allowed`, next: 'Remove it.' }
  }
  if (seen.has(key.value)) {
    return { offset, happened: `the key '${key.value.slice(0, 100)}' stands twice`, next: 'Keep one of them.' }
  }
  seen.add(key.value)
  return null
}

function firstOf<Item>(items: readonly Item[], look: (item: Item) => Trouble | null): Trouble | null {
  for (const item of items) {
    const found = look(item)
    if (found !== null) return found
  }
  return null
}

/** The data of nodes that `treeTrouble` has found no fault with and among which is no alias. */
function plain(node: unknown): unknown {
  if (isScalar(node)) return node.value
  if (isSeq(node)) return node.items.map(plain)
  if (!isMap<Node, Node | null>(node)) return null
  return Object.fromEntries(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', plain(value)]))
}

/** The data of a document with aliases, which the library counts while it follows them. */
function followed(document: Document.Parsed): { value: unknown } | Trouble {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) }
  } catch (error) {
    // What the library throws for an alias bomb, and for an alias without its anchor.
    if (!(error instanceof ReferenceError)) throw error
    return {
      offset: 0,
      happened: `its aliases cannot be followed: ${error.message}`,
      next: 'Write the values out instead of repeating them by alias.',
    }
  }
}

function nodeAt(document: Document.Parsed, path: DataPath): Node | null {
  let node: Node | null = document.contents
  for (const step of path) {
    const inside = isAlias(node) ? (node.resolve(document) ?? null) : node
    const next = childOf(inside, step)
    if (next === null) return node
    node = next
  }
  return node
}

function childOf(node: Node | null, step: PropertyKey): Node | null {
  if (isSeq<Node | null>(node)) return typeof step === 'number' ? (node.items[step] ?? null) : null
  if (!isMap<Node, Node | null>(node)) return null
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
  return pair === undefined ? null : (pair.value ?? pair.key)
}

function keyNode(document: Document.Parsed, path: DataPath, wanted: string): Node | null {
  const around = nodeAt(document, path)
  const map = isAlias(around) ? (around.resolve(document) ?? null) : around
  if (!isMap<Node, Node | null>(map)) return around
  return map.items.find(({ key }) => isScalar(key) && key.value === wanted)?.key ?? around
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0
}
