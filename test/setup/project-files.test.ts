import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from '../../workshop/project.ts'

const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const project = z
  .looseObject({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(text('package.json')))

const dependencies = { ...project.dependencies, ...project.devDependencies, ...project.optionalDependencies }

const lockfile = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
})

describe('the dependencies', () => {
  test('are each held to one version', () => {
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  test('are each explained in ARCHITECTURE.md', () => {
    const page = text('ARCHITECTURE.md')
    expect(Object.keys(dependencies).filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  test('are locked by content, and by no address', () => {
    expect(text('package-lock.json')).not.toMatch(/"resolved": *"https?:/)
  })

  test('are locked for every platform, or npm 11 and 12 refuse the lockfile', () => {
    const { packages } = lockfile.parse(JSON.parse(text('package-lock.json')))
    const wanted = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ at, name })),
    )
    const isLocked = ({ at, name }: { at: string; name: string }): boolean =>
      [`${at}/node_modules/${name}`, `node_modules/${name}`].some((place) => place in packages)
    expect(wanted.filter((each) => !isLocked(each))).toEqual([])
    expect(wanted.length).toBeGreaterThan(50)
  })

  test('run no script when they are installed', () => {
    expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  })
})

test('the README’s two commands are there', () => {
  expect(text('README.md')).toContain('npm ci && npm start')
  expect(text('README.md')).toContain('npm ci && npm test')
  expect(Object.keys(project.scripts)).toEqual(expect.arrayContaining(['start', 'test', 'check', 'build', 'bench']))
})

describe('the packages', () => {
  const config: unknown = parse(text('electron-builder.yml'))
  const { validateConfiguration } = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration: (config: unknown, log: object) => Promise<void>
  }
  const log = { isEnabled: false, add: () => {} }

  test('are described as electron-builder asks', async () => {
    await expect(validateConfiguration(config, log)).resolves.toBeUndefined()
  })

  test('would be refused with a key that electron-builder does not know', async () => {
    await expect(validateConfiguration({ ...Object(config), planted: 1 }, log)).rejects.toThrow(/planted/)
  })

  test('have their fuses set', () => {
    expect(config).toMatchObject({
      asar: true,
      electronFuses: {
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
      },
    })
  })
})
