import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { calls, feeds } from '../../shared/contract.ts'

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
  expect(renderer.includes(`'${name}'`)).toBe(true)
})

test.each(Object.keys(feeds))('%s is published and heard', (name) => {
  expect(main.includes(`publish('${name}'`)).toBe(true)
  expect(renderer.includes(`'${name}'`)).toBe(true)
})
