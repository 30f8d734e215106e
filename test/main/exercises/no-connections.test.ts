import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const entries = readdirSync(join(root, 'main/exercises')).map((name) => join(root, 'main/exercises', name))
const statement = /\b(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g

/** Every file that the exercises are made of, and every package or part of Node that one of them imports. */
function graph(): { files: Map<string, string>; outside: Map<string, Set<string>> } {
  const files = new Map<string, string>()
  const outside = new Map<string, Set<string>>()
  const open = [...entries]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue
    const text = readFileSync(file, 'utf8')
    files.set(file, text)
    for (const [whole, from, bare] of text.matchAll(statement)) {
      const asked = from ?? bare ?? ''
      if (asked.startsWith('.')) open.push(resolve(dirname(file), asked))
      else outside.set(asked, new Set([...(outside.get(asked) ?? []), ...namesOf(whole)]))
    }
  }
  return { files, outside }
}

function namesOf(text: string): string[] {
  const list = /\{([^}]*)\}/.exec(text)?.[1]
  if (list === undefined) return [text]
  return list
    .split(',')
    .map((name) => name.trim().replace(/^type /, ''))
    .filter(Boolean)
}

test('the exercises are made of these parts and no others', () => {
  expect([...graph().outside.keys()].toSorted()).toEqual([
    'node:crypto',
    'node:fs',
    'node:http',
    'node:os',
    'node:path',
    'node:stream',
    'node:timers/promises',
    'node:worker_threads',
    'yaml',
    'zod',
  ])
})

test('of HTTP they take the server alone, of streams only types', () => {
  const { outside } = graph()
  expect(outside.get('node:http')).toEqual(new Set(['createServer', 'IncomingMessage', 'Server', 'ServerResponse']))
  expect(outside.get('node:stream')).toEqual(new Set(['Duplex']))
})

test('no file of theirs uses what could open a connection or load more', () => {
  const { files } = graph()
  expect(files.size).toBeGreaterThan(20)
  const suspects =
    /\b(fetch|WebSocket|EventSource|XMLHttpRequest|require|createRequire|getBuiltinModule|createConnection|process\.binding|eval)\s*\(|\bimport\s*\(/
  const found = [...files].filter(([, text]) => suspects.test(text)).map(([file]) => relative(root, file))
  expect(found).toEqual([])
})
