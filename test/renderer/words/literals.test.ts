import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

/* Language stands in renderer/words alone, so that it can be translated in one place. */

const root = join(import.meta.dirname, '../../..')

/** Attributes that people read or hear. */
const readAttributes = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'aria-label',
  'aria-description',
  'description',
  'aria-valuetext',
])

/** Names, no words of a language: they are the same in each. */
const names = new Set(['Muster', 'sha', 'UTC'])

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
}

/** Two letters in a row, outside of names: words that somebody would have to translate. */
function isWords(text: string): boolean {
  return text.split(/[^\p{L}]+/u).some((word) => word.length > 1 && !names.has(word))
}

/** What an expression may put on the screen as it stands: texts, templates, and the sides of choices. */
function* textsOf(node: unknown): Generator<string> {
  if (!isNode(node)) return
  if (node.type === 'Literal' && typeof node['value'] === 'string') yield node['value']
  if (node.type === 'TemplateLiteral') {
    for (const quasi of node['quasis'] as { value: { cooked: string | null } }[]) yield quasi.value.cooked ?? ''
  }
  if (node.type === 'ConditionalExpression') {
    yield* textsOf(node['consequent'])
    yield* textsOf(node['alternate'])
  }
  if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression') {
    if (node.type === 'LogicalExpression' || node['operator'] === '+') {
      yield* textsOf(node['left'])
      yield* textsOf(node['right'])
    }
  }
  if (node.type === 'ParenthesizedExpression' || node.type === 'JSXExpressionContainer')
    yield* textsOf(node['expression'])
}

/** Every text of a file that people would read and that stands in its JSX. */
function literalsIn(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source)
  expect({ file, errors }).toEqual({ file, errors: [] })
  const found: string[] = []
  const visit = (value: unknown, parent: Node | null): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one, parent)
      return
    }
    if (!isNode(value)) return
    const isChild = parent?.type === 'JSXElement' || parent?.type === 'JSXFragment'
    const say = (text: string) => {
      if (isWords(text)) found.push(`${file}:${source.slice(0, value.start).split('\n').length} ${text.trim()}`)
    }
    if (value.type === 'JSXText') say(String(value['value']))
    if (value.type === 'JSXExpressionContainer' && isChild) for (const text of textsOf(value)) say(text)
    if (value.type === 'JSXAttribute') {
      const name = (value['name'] as { name: unknown }).name
      if (typeof name === 'string' && readAttributes.has(name)) for (const text of textsOf(value['value'])) say(text)
    }
    for (const [key, child] of Object.entries(value)) if (key !== 'type') visit(child, value)
  }
  visit(program, null)
  return found
}

test('a planted text is found, in each place where one can stand', () => {
  const planted = `
    export const a = <p title="Read me">Plain words {b ? 'one side' : c}</p>
    export const d = <><input aria-label={\`Type \${e}\`} className="not words" />{f + ' joined'}</>
    export const g = <span>△ {h} · UTC</span>`
  expect(literalsIn('planted.tsx', planted).map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'Read me',
    'Plain words',
    'one side',
    'Type',
    'joined',
  ])
})

test('no word that people read stands outside renderer/words', () => {
  const files = globSync('renderer/**/*.tsx', { cwd: root }).filter((file) => !file.startsWith('renderer/words/'))
  expect(files.length).toBeGreaterThan(80)
  expect(files.flatMap((file) => literalsIn(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
})
