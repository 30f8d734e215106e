import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { calls, feeds } from '../../shared/contract.ts'
import { personSchema } from '../../shared/journal/header.ts'

function textOf(folder: string): string {
  const root = new URL(`../../${folder}/`, import.meta.url).pathname
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n')
}

const renderer = textOf('renderer')
const main = textOf('main')

test.each([...calls.keys()])('%s has a handler and a caller', (name) => {
  expect(main.includes(`'${name}': async (`)).toBe(true)
  // What changes an incident is called by its verb, through the room that waits for the answer.
  const change = `change('${name.replace(/^(incidents|handover)\./, '')}'`
  expect(renderer.includes(`'${name}'`) || renderer.includes(change)).toBe(true)
})

test.each(Object.keys(feeds))('%s is published and heard', (name) => {
  expect(main.includes(`publish('${name}'`)).toBe(true)
  expect(renderer.includes(`'${name}'`)).toBe(true)
})

test('a name that is taken from the window is a name that the journal and the desk take', () => {
  for (const [length, isTaken] of [
    [200, true],
    [201, false],
  ] as const) {
    const name = 'x'.repeat(length)
    expect(personSchema.safeParse({ contact: null, name }).success).toBe(isTaken)
    expect(calls.get('desk.introduce')?.argument.safeParse({ name: ` ${name} ` }).success).toBe(isTaken)
    const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    expect(calls.get('incidents.assign')?.argument.safeParse({ id, role: 'scribe', name }).success).toBe(isTaken)
    const said = { pack: 'x', title: 'x', mode: 'live', unconfirmed: false, detectedAt: null, severity: null }
    const declared = { ...said, answers: {}, reason: null, commander: name }
    expect(calls.get('incidents.declare')?.argument.safeParse(declared).success).toBe(isTaken)
  }
})
