import { expect, it } from 'vitest'
import { lintPack } from '../../../main/packs/pack-file.ts'
import { infinityText } from './requirements.ts'

const parameters = [
  'parameters:',
  '  - { id: KEYS, title: Keys, type: text, list: true, secret: true }',
  '  - { id: WAY, title: Way, type: choice, choices: [fast, slow] }',
]

/** What is wrong about the shipped pack once it has these parameters and these lines at the end of its first stage. */
function wrong(lines: readonly string[], stage: readonly string[] = []): string[] {
  const text = infinityText
    .replace('parameters:\n', `${parameters.join('\n')}\n`)
    .replace(
      '            covers: [INF-020]\n',
      `            covers: [INF-020]\n${lines.map((line) => `          ${line}\n`).join('')}${stage.map((line) => `        ${line}\n`).join('')}`,
    )
  const linted = lintPack(new TextEncoder().encode(text), 'pack.yaml')
  return 'problems' in linted ? linted.problems.map(({ path, happened }) => `${path}: ${happened}`) : []
}

const step = 'phases[0].stages[0].steps[4]'
const revoke = (key: string, command: string) => [
  '- id: revoke',
  '  type: action',
  '  title: Revoke',
  '  forEach: KEYS',
  `  call: { kind: redis-delete, target: database, key: '${key}' }`,
  '  risk: destroys',
  `  command: '${command}'`,
]
const check = (more: string) => [`- { id: look, type: check, title: Look, text: Look, ${more} }`]

it('lets the value of a secret list stand in the key of a store, and nowhere that a person or a program reads', () => {
  expect(wrong(revoke('api_key:${value}', 'redis-cli DEL api_key:$key'))).toEqual([])
  expect(wrong(revoke('api_key:${KEYS}', 'redis-cli DEL api_key:$key'))).toEqual([])
  expect(wrong(revoke('api_key:${value}', 'redis-cli DEL api_key:${value}'))).toEqual([
    expect.stringContaining(
      `${step}.command: 'redis-cli DEL api_key:\${value}' names a secret parameter where others could read it`,
    ),
  ])
})

it('lets a step hang on the value of a parameter that it may have', () => {
  expect(wrong(check('onlyWith: { parameter: WAY, values: [fast] }'))).toEqual([])
  expect(wrong(check('onlyWith: { parameter: WAY, values: [quick] }'))).toEqual([
    expect.stringContaining(`${step}.onlyWith.values[0]: 'quick' names a choice that the pack does not have`),
  ])
  expect(wrong(check('onlyWith: { parameter: KEYS, values: [a] }'))).toEqual([
    expect.stringContaining(`${step}.onlyWith.parameter: 'KEYS' names a parameter that the pack does not have`),
  ])
})

it('lets a parameter choose between options that are called as its choices are', () => {
  const option = (id: string) => `  - { id: ${id}, title: T, steps: [{ id: a, type: check, title: A, text: A }] }`
  expect(wrong([], ['chosenBy: WAY', 'options:', option('slow'), option('fast')])).toEqual([])
  expect(wrong([], ['chosenBy: WAY', 'options:', option('slow')])).toEqual([
    expect.stringContaining("phases[0].stages[0].chosenBy: 'WAY' has other choices than the options here"),
  ])
  expect(wrong([], ['chosenBy: KEYS', 'options:', option('slow')])).toEqual([
    expect.stringContaining("phases[0].stages[0].chosenBy: 'KEYS' names a choice that the pack does not have"),
  ])
})

it('scans what an earlier step took, and only that', () => {
  const scan = (from: string) => [
    '- { id: keep, type: evidence, title: K, output: kept, take: { from: text, text: x }, saveAs: x.txt }',
    '- id: scan',
    '  type: probe',
    '  title: Scan',
    `  call: { kind: evidence-scan, from: ${from}, pattern: x }`,
    '  command: grep x x.txt',
  ]
  expect(wrong(scan('kept'))).toEqual([])
  expect(wrong(scan('lost'))).toEqual([
    expect.stringContaining("steps[5].call.from: 'lost' names an output that the pack does not have"),
  ])
})
