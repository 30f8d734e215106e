import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { distribution, lineToType } from '../../main/setup/debian.js'
import { hasDisplay } from '../../main/setup/display.js'
import { packagesFor, type TestParts } from '../../main/setup/test-parts.js'
import { root } from '../../workshop/project.ts'

function setup(wanted: string, env: NodeJS.ProcessEnv): { status: number | null; stderr: string } {
  const file = path.join(root, 'main', 'setup', 'setup.js')
  return spawnSync(process.execPath, [file, wanted], { env, encoding: 'utf8', timeout: 60_000 })
}

describe('the setup step', () => {
  test('says how to use it when asked for anything else', () => {
    expect(setup('party', process.env)).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage') })
  })

  test('sends to the practice in the terminal where there is no display', () => {
    if (process.platform !== 'linux') return expect(hasDisplay({}, process.platform)).toBe(true)
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
    return expect(setup('start', env)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no display.*npx muster practice/s),
    })
  })
})

test('a display is X11’s or Wayland’s, and macOS and Windows have one', () => {
  const seen = [
    hasDisplay({ DISPLAY: ':0' }, 'linux'),
    hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux'),
    hasDisplay({ DISPLAY: '' }, 'linux'),
    hasDisplay({}, 'linux'),
    hasDisplay({}, 'darwin'),
    hasDisplay({}, 'win32'),
  ]
  expect(seen).toEqual([true, true, false, false, true, true])
})

describe('the distribution', () => {
  test.each([
    ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n', 'debian'],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'ubuntu'],
    ['NAME="Rocky Linux"\nID="rocky"\n', 'rocky'],
    ['', null],
  ])('of %j', (text, id) => {
    expect(distribution(text)).toBe(id)
  })

  test('gives one line to type', () => {
    expect(lineToType(['xvfb']).split('\n')).toHaveLength(1)
  })
})

describe('what the tests lack', () => {
  const all: TestParts = {
    chromium: null,
    display: null,
    docker: null,
    dockerClient: null,
    electron: null,
    strace: null,
    secrets: null,
    mounts: null,
    openssl: null,
    sshd: null,
    podman: null,
    redis: null,
    nats: null,
    postgres: null,
  }

  test('is nothing where all is here', () => {
    expect(packagesFor(all)).toEqual([])
  })

  test('is not mended by packages where only root is missing', () => {
    expect(packagesFor({ ...all, docker: 'only root may start a Docker engine' })).toEqual([])
  })

  test('is named by Debian’s packages', () => {
    const none = { ...all, display: 'Xvfb is not installed', docker: 'dockerd, busybox not installed' }
    expect(packagesFor(none)).toEqual(['xvfb', 'docker.io', 'busybox-static'])
  })
})
