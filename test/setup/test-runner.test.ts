import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needsOf } from '../../workshop/needs.ts'
import { root } from '../../workshop/project.ts'

const unit = (name: string, expected: number): string =>
  `import { expect, test } from 'vitest'\ntest('${name}', () => {\n  expect(1).toBe(${expected})\n})\n`

let house = ''

beforeAll(() => {
  house = mkdtempSync(path.join(tmpdir(), 'muster-runner-'))
  for (const file of [
    'workshop',
    'main/setup',
    'main/chromium',
    'shared',
    'vitest.config.ts',
    'tsconfig.base.json',
    'package.json',
  ]) {
    cpSync(path.join(root, file), path.join(house, file), { recursive: true })
  }
  mkdirSync(path.join(house, 'test'))
  symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'), 'junction')
})

afterAll(() => rmSync(house, { recursive: true, force: true }))

/** Runs the unit half of `npm test` on these files alone; `lines` are those of its standard output. */
function run(files: Readonly<Record<string, string>>): { code: number | null; lines: string[] } {
  rmSync(path.join(house, 'test'), { recursive: true })
  mkdirSync(path.join(house, 'test'))
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(house, 'test', file), text)
  const argv = [path.join(house, 'workshop', 'test.ts'), '--only', 'unit']
  const { status, stdout } = spawnSync(process.execPath, argv, { cwd: house, encoding: 'utf8', timeout: 120_000 })
  return { code: status, lines: stdout.trimEnd().split('\n') }
}

describe('npm test ends with one plain line', () => {
  test('and 0 when all passed', () => {
    const { code, lines } = run({ 'a.test.ts': unit('one', 1), 'b.test.ts': unit('two', 1) })
    expect({ code, last: lines.at(-1) }).toEqual({ code: 0, last: '2 passed, 0 failed, 0 skipped' })
  })

  test('and 1 when one failed', () => {
    const { code, lines } = run({ 'a.test.ts': unit('one', 1), 'b.test.ts': unit('two', 2) })
    expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: '1 passed, 1 failed, 0 skipped' })
  })

  test('and 1 when a file could not be read', () => {
    const { code, lines } = run({ 'a.test.ts': unit('one', 1), 'b.test.ts': `import './absent.ts'\n` })
    expect({ code, last: lines.at(-1) }).toEqual({ code: 1, last: '1 passed, 1 failed, 0 skipped' })
  })
})

test('a test shows by its imports which real parts it needs', () => {
  const at = (file: string): string => {
    const full = path.join(house, 'test', file)
    mkdirSync(path.dirname(full), { recursive: true })
    return full
  }
  writeFileSync(at('main/dockerd.ts'), '')
  writeFileSync(at('main/engine.ts'), `import { startDockerd } from './dockerd.ts'\n`)
  writeFileSync(at('main/sweep.integration.test.ts'), `import { engine } from './engine.ts'\n`)
  writeFileSync(at('main/window.integration.test.ts'), `import { startDisplay } from '../display.ts'\n`)
  writeFileSync(at('display.ts'), '')
  writeFileSync(at('main/pure.test.ts'), `import { fold } from '../../shared/incident/fold.ts'\n`)
  const needs = ['sweep.integration', 'window.integration', 'pure'].map((name) => [
    ...needsOf(path.join(house, 'test', 'main', `${name}.test.ts`)),
  ])
  expect(needs).toEqual([['docker', 'dockerClient'], ['display', 'chromium'], []])
})
