import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildHouse, type PlantedHouse } from './planted-house.ts'

/**
 * One violation of each kind, planted at once in a house that is well without them. `by` names the part of the check
 * that must speak, `says` what its line about that file holds.
 */
interface Violation {
  readonly what: string
  readonly file: string
  readonly text: string
  readonly by: 'lint' | 'types' | 'format' | 'dead'
  readonly says: string
  /** The file that the line names, where it is not the planted one. */
  readonly named?: string
}

const violations: readonly Violation[] = [
  {
    what: 'shared imports Node',
    file: 'shared/planted-node.ts',
    text: `import { readFileSync } from 'node:fs'\n\nexport const text = (): string => readFileSync('x', 'utf8')\n`,
    by: 'lint',
    says: 'shared/ is pure',
  },
  {
    what: 'shared imports a package other than zod',
    file: 'shared/planted-package.ts',
    text: `import { ulid } from 'ulid'\n\nexport const id = (): string => ulid()\n`,
    by: 'lint',
    says: 'shared/ is pure',
  },
  {
    what: 'shared imports re2js outside of patterns',
    file: 'shared/planted-engine.ts',
    text: `import { RE2JS } from 're2js'\n\nexport const pattern = RE2JS.compile('a')\n`,
    by: 'lint',
    says: 'shared/ is pure',
  },
  {
    what: 'shared/patterns imports a package other than zod and re2js',
    file: 'shared/patterns/planted-package.ts',
    text: `import { ulid } from 'ulid'\n\nexport const id = (): string => ulid()\n`,
    by: 'lint',
    says: 'shared/patterns/ is pure',
  },
  {
    what: 'shared imports a type of main',
    file: 'shared/planted-main.ts',
    text: `import type { Shell } from '../main/shell.ts'\n\nexport type Port = Shell\n`,
    by: 'lint',
    says: 'never out of it',
  },
  {
    what: 'shared reaches main by a type query, which no rule on import lines sees',
    file: 'shared/planted-query.ts',
    text: `export type Port = typeof import('../main/shell.ts')\n`,
    by: 'types',
    named: 'main/shell.ts',
    says: 'shared/ sees main/shell.ts; it may see shared/ only',
  },
  {
    what: 'shared uses a global of Node',
    file: 'shared/planted-global.ts',
    text: `export const home = (): unknown => process.env\n`,
    by: 'types',
    says: "Cannot find name 'process'",
  },
  {
    what: 'shared uses a global of the window',
    file: 'shared/planted-window.ts',
    text: `export const title = (): unknown => document.title\n`,
    by: 'types',
    says: "Cannot find name 'document'",
  },
  {
    what: 'the window imports main',
    file: 'renderer/planted-main.ts',
    text: `import type { Shell } from '../main/shell.ts'\n\nexport type Port = Shell\n`,
    by: 'lint',
    says: 'The window knows shared/ alone',
  },
  {
    what: 'the window reaches main by a type query',
    file: 'renderer/planted-query.ts',
    text: `export type Port = typeof import('../main/shell.ts')\n`,
    by: 'types',
    named: 'main/shell.ts',
    says: 'renderer/ sees main/shell.ts; it may see renderer/ and shared/ only',
  },
  {
    what: 'the window imports Node under its bare name',
    file: 'renderer/planted-node.ts',
    text: `import { join } from 'path'\n\nexport const at = (): string => join('a', 'b')\n`,
    by: 'lint',
    says: 'no Node and no Electron',
  },
  {
    what: 'the window imports Electron',
    file: 'renderer/planted-electron.ts',
    text: `import type { IpcRenderer } from 'electron'\n\nexport type Renderer = IpcRenderer\n`,
    by: 'lint',
    says: 'no Node and no Electron',
  },
  {
    what: 'the preload imports Node',
    file: 'preload/planted-node.ts',
    text: `import { join } from 'node:path'\n\nexport const at = (): string => join('a', 'b')\n`,
    by: 'lint',
    says: 'preload/ imports shared/ and electron',
  },
  {
    what: 'the preload uses a global that Electron’s types let in',
    file: 'preload/planted-global.ts',
    text: `import type { IpcRenderer } from 'electron'\n\nexport const home = (renderer: IpcRenderer): unknown => [renderer, process.env]\n`,
    by: 'lint',
    says: "Unexpected use of 'process'",
  },
  {
    what: 'main imports the window',
    file: 'main/planted-window.ts',
    text: `import type { Store } from '../renderer/store.ts'\n\nexport type Mirror = Store\n`,
    by: 'lint',
    says: 'main/ imports main/ and shared/',
  },
  {
    what: 'a service imports Electron, for a type only',
    file: 'main/desk/planted-electron.ts',
    text: `import type { App } from 'electron'\n\nexport type Desk = App\n`,
    by: 'lint',
    says: 'Electron is imported by main/electron.ts',
  },
  {
    what: 'SQL stands outside the journal',
    file: 'main/desk/planted-sql.ts',
    text: `import Database from 'better-sqlite3'\n\nexport const open = (): unknown => new Database(':memory:')\n`,
    by: 'lint',
    says: 'SQL lives under main/journal/',
  },
  {
    what: 'the journal opens another SQLite',
    file: 'main/journal/planted-sqlite.ts',
    text: `import { DatabaseSync } from 'node:sqlite'\n\nexport const open = (): unknown => new DatabaseSync(':memory:')\n`,
    by: 'lint',
    says: 'another SQLite on a live file may damage it',
  },
  {
    what: 'a service starts a program past run.ts',
    file: 'main/docker/planted-program.ts',
    text: `import { spawnSync } from 'node:child_process'\n\nexport const run = (): unknown => spawnSync('true')\n`,
    by: 'lint',
    says: 'started by main/run.ts alone',
  },
  {
    what: 'two files import each other, types only (seen by lint)',
    file: 'shared/planted-circle-a.ts',
    text: `import type { B } from './planted-circle-b.ts'\n\nexport interface A {\n  readonly b: B | null\n}\n`,
    by: 'lint',
    says: 'no-cycle',
  },
  {
    what: 'two files import each other, types only (seen by the formatter’s rule too)',
    file: 'shared/planted-circle-b.ts',
    text: `import type { A } from './planted-circle-a.ts'\n\nexport interface B {\n  readonly a: A | null\n}\n`,
    by: 'format',
    says: 'noImportCycles',
  },
  {
    what: 'any',
    file: 'shared/planted-any.ts',
    text: `export const parse = (text: string): any => text\n`,
    by: 'lint',
    says: 'no-explicit-any',
  },
  {
    what: 'a promise that nobody waits for',
    file: 'main/planted-floating.ts',
    text: `async function save(): Promise<void> {}\n\nexport function done(): void {\n  save()\n}\n`,
    by: 'lint',
    says: 'no-floating-promises',
  },
  {
    what: 'a promise where a truth value is meant',
    file: 'main/planted-misused.ts',
    text: `async function isSaved(): Promise<boolean> {\n  return true\n}\n\nexport const word = (): string => (isSaved() ? 'yes' : 'no')\n`,
    by: 'lint',
    says: 'no-misused-promises',
  },
  {
    what: 'an empty catch',
    file: 'main/planted-catch.ts',
    text: `export function tryIt(work: () => void): void {\n  try {\n    work()\n  } catch {}\n}\n`,
    by: 'lint',
    says: 'no-empty',
  },
  {
    what: 'an index that may be missing',
    file: 'shared/planted-index.ts',
    text: `export const first = (words: readonly string[]): string => words[0]\n`,
    by: 'types',
    says: "'string | undefined' is not assignable to type 'string'",
  },
  {
    what: 'syntax that cannot be stripped',
    file: 'main/planted-enum.ts',
    text: `export enum Level {\n  High,\n}\n`,
    by: 'types',
    says: "'erasableSyntaxOnly'",
  },
  {
    what: 'a file nobody imports',
    file: 'main/planted-dead.ts',
    text: `export const nobody = 1\n`,
    by: 'dead',
    says: 'planted-dead.ts',
  },
  {
    what: 'a barrel',
    file: 'shared/planted-barrel.ts',
    text: `export * from './severity.ts'\n`,
    by: 'format',
    says: 'noBarrelFile',
  },
  {
    what: 'a file name that is not kebab-case',
    file: 'shared/plantedName.ts',
    text: `export const name = 1\n`,
    by: 'format',
    says: 'useFilenamingConvention',
  },
  {
    what: 'a test left focused',
    file: 'test/planted.test.ts',
    text: `import { expect, test } from 'vitest'\n\ntest.only('one', () => {\n  expect(1).toBe(1)\n})\n`,
    by: 'lint',
    says: 'no-focused-tests',
  },
  {
    what: 'another format',
    file: 'shared/planted-format.ts',
    text: `export const a = "b";\n`,
    by: 'format',
    says: 'Formatter would have printed',
  },
]

/** Needed by planted files, and no violation. */
const support = {
  'main/shell.ts': `export interface Shell {\n  readonly kind: string\n}\n`,
  'renderer/store.ts': `export interface Store {\n  readonly kind: string\n}\n`,
}

const words: Readonly<Record<Violation['by'], string>> = {
  lint: 'lint',
  types: 'types',
  format: 'format and cycles',
  dead: 'dead code',
}

let house: PlantedHouse
const found = new Map<string, string>()

beforeAll(async () => {
  house = buildHouse()
  const { code, output } = await house.check()
  found.set('before', `${code} ${output}`)
  house.plant({ ...support, ...Object.fromEntries(violations.map(({ file, text }) => [file, text])) })
  for (const part of Object.values(words)) found.set(part, (await house.check(part)).output)
})

afterAll(() => house.remove())

test('a house in which all is well passes', () => {
  expect(found.get('before')).toMatch(/^0 [^]*Check: all is well/)
})

describe('the check catches', () => {
  test.each(violations)('$what', ({ file, by, says, named }) => {
    expect(linesAbout(named ?? file, found.get(words[by]) ?? '')).toContain(says)
  })
})

/** The lines of the check's output that name the file. */
function linesAbout(file: string, output: string): string {
  const named = output.split('\n').filter((line) => line.includes(file))
  return named.join('\n')
}
