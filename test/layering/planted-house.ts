import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { finish } from '../../main/setup/program.js'
import { root } from '../../workshop/project.ts'

/** The rules themselves, as they stand in the project. */
const rules = [
  '.gitignore .oxlintrc.json biome.json knip.json tsconfig.json tsconfig.base.json',
  'vite.config.ts vitest.config.ts playwright.config.ts main/setup/program.js',
  'shared/tsconfig.json main/tsconfig.json preload/tsconfig.json renderer/tsconfig.json test/tsconfig.json',
  'workshop/tsconfig.json workshop/check.ts workshop/layers.ts workshop/project.ts',
  'workshop/test-order.ts workshop/test-seed.ts',
].flatMap((line) => line.split(' '))

/** A small house in which all is well. */
const clean: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify(
    {
      name: 'house',
      type: 'module',
      private: true,
      dependencies: { zod: '*' },
      devDependencies: Object.fromEntries(
        ['@playwright/test', '@types/node', '@vitejs/plugin-react', 'electron', 'fast-check', 'vite', 'vitest'].map(
          (name) => [name, '*'],
        ),
      ),
    },
    null,
    2,
  )}\n`,
  'shared/severity.ts': `import { z } from 'zod'\n\nexport const severitySchema = z.enum(['high', 'low'])\n`,
  'main/cli.ts': `import { severitySchema } from '../shared/severity.ts'\n\nprocess.stdout.write(severitySchema.parse('low'))\n`,
  'preload/electron.ts': `import { contextBridge } from 'electron'\nimport { severitySchema } from '../shared/severity.ts'\n\ncontextBridge.exposeInMainWorld('severities', severitySchema.options)\n`,
  'renderer/index.html': `<!doctype html>\n<title>Muster</title>\n<script type="module" src="./main.tsx"></script>\n`,
  'renderer/main.tsx': `import { severitySchema } from '../shared/severity.ts'\n\ndocument.title = severitySchema.options.join(' ')\n`,
}

export interface PlantedHouse {
  /** Puts files beside the clean ones; the text is what each holds. */
  plant(files: Readonly<Record<string, string>>): void
  /** Runs parts of the check: what it printed, and how it ended. */
  check(...parts: string[]): Promise<{ code: number; output: string }>
  remove(): void
}

/** A temporary project under the real rules, with the real check command. */
export function buildHouse(): PlantedHouse {
  const house = mkdtempSync(path.join(tmpdir(), 'muster-house-'))
  const plant = (files: Readonly<Record<string, string>>): void => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(house, file)), { recursive: true })
      writeFileSync(path.join(house, file), text)
    }
  }
  for (const file of rules) cpSync(path.join(root, file), path.join(house, file))
  symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'), 'junction')
  plant(clean)
  return {
    plant,
    check: (...parts) =>
      finish(process.execPath, [path.join(house, 'workshop', 'check.ts'), ...parts], { limitMs: 60_000, cwd: house }),
    remove: () => rmSync(house, { recursive: true, force: true }),
  }
}
