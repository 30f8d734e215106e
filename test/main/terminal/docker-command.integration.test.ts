import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { muster } from './muster.ts'

vi.setConfig({ testTimeout: 240_000 })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-docker-'))
  vi.stubEnv('DOCKER_HOST', 'ssh://bob@prod')
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const endpoints = (...args: string[]) => muster(['docker', 'endpoints', ...args, '--data', folder])

test('engines are listed with the way to them, and read-only until a person says otherwise', async () => {
  expect((await endpoints()).out).toMatch(/\* +ssh:\/\/bob@prod +DOCKER_HOST +ssh:\/\/bob@prod +ssh +open, read-only/)
  const changed = await endpoints('--protect', 'DOCKER_HOST', '--allow-changes', 'ssh://bob@prod')
  expect(changed.err).toContain('ssh://bob@prod: PROTECTED, read-only.')
  expect(changed.out).toContain('PROTECTED, changes allowed')
  expect((await endpoints('--unprotect', 'DOCKER_HOST', '--read-only', 'DOCKER_HOST')).out).toContain('open, read-only')
})

test('nothing is set for what is no engine, or for both at once', async () => {
  expect((await endpoints('--protect', 'prdo')).err).toContain('Name one of these: DOCKER_HOST;')
  expect((await endpoints('--protect', 'ssh://-oProxyCommand=id')).exit).not.toBe(0)
  expect((await endpoints()).out).not.toContain('PROTECTED')
  expect((await endpoints('--protect', 'DOCKER_HOST', '--unprotect', 'DOCKER_HOST')).err).toContain('both')
})
