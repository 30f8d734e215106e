import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseBrowser, findBrowser, probeBrowser } from '../../../main/chromium/find-browser.ts'
import { explainLastWords } from '../../../main/chromium/last-words.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-browser-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function program(name: string, text: string, mode = 0o755): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  await chmod(path, mode)
  return path
}

const from = 'PATH'

describe('where browsers may lie', () => {
  test('is what MUSTER_BROWSER names, and nothing else', () => {
    const found = findBrowser({ MUSTER_BROWSER: '/opt/mine', PATH: '/usr/bin' }, 'linux')
    expect(found).toEqual([{ path: '/opt/mine', from: 'MUSTER_BROWSER' }])
  })

  test('is the PATH on Linux, Chromium first, without relative folders', () => {
    const found = findBrowser({ PATH: '/a:.:/b' }, 'linux').map(({ path }) => path)
    expect(found.slice(0, 4)).toEqual(['/a/chromium', '/b/chromium', '/a/chromium-browser', '/b/chromium-browser'])
    expect(found.every((path) => path.startsWith('/'))).toBe(true)
  })

  test('is the applications folder on macOS and the program folders on Windows', () => {
    expect(findBrowser({ HOME: '/Users/x' }, 'darwin')[1]?.path).toBe(
      '/Users/x/Applications/Chromium.app/Contents/MacOS/Chromium',
    )
    expect(findBrowser({ PROGRAMFILES: 'C:\\P' }, 'win32').at(-1)?.path).toBe(
      'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe',
    )
  })
})

describe('the browser that is taken', () => {
  test('is the first that is a program, and each other is told of in a line', async () => {
    await mkdir(join(folder, 'folder'))
    const good = await program('good', '#!/bin/sh\n')
    const paths = [
      join(folder, 'absent'),
      join(folder, 'folder'),
      await program('plain', 'x', 0o644),
      await program('stub', '#!/bin/sh\nexec /snap/bin/chromium "$@"\n'),
      await program('offer', '#!/bin/sh\necho "requires the chromium snap: snap install chromium"\n'),
      good,
    ]
    const found = await chooseBrowser(paths.map((path) => ({ path, from })))
    expect(found.path).toBe(good)
    expect(found.problems).toEqual([
      `${paths[1]}: is no program.`,
      `${paths[2]}: may not be executed.`,
      `${paths[3]}: only starts or offers a snap.`,
      `${paths[4]}: only starts or offers a snap.`,
    ])
  })

  test('says so where there is none', async () => {
    const loop = join(folder, 'loop')
    await symlink(loop, loop)
    expect(await chooseBrowser([{ path: loop, from }])).toEqual({
      path: null,
      problems: ['No Chromium, Chrome or Edge is installed in a usual place.'],
    })
    const named = await chooseBrowser([{ path: '/nowhere', from: 'MUSTER_BROWSER' }])
    expect(named.problems).toEqual(['/nowhere: there is no such file.'])
  })

  test('is probed by running it', async () => {
    const broken = '#!/bin/sh\necho "x: error while loading shared libraries: libnss3.so: cannot open" >&2\nexit 127\n'
    expect(await probeBrowser(await program('runs', '#!/bin/sh\nexit 0\n'))).toBeNull()
    expect(await probeBrowser(await program('odd', '#!/bin/sh\nexit 3\n'))).toBe('It ended with 3.')
    expect(await probeBrowser(await program('broken', broken))).toBe(
      'It needs the library libnss3.so, which is not installed.',
    )
    expect(await probeBrowser('/nowhere/x')).toContain('It could not be started')
  })
})

test.each([
  ['No usable sandbox! Update your kernel', 'The system gives it no sandbox (user namespaces are restricted here).'],
  [
    '[1:1:ERROR:ui/ozone/platform/x11/ozone_platform_x11.cc:256] Missing X server or $DISPLAY',
    'There is no display to open a window on.',
  ],
  ['something else', null],
])('last words %j are explained', (text, said) => {
  expect(explainLastWords(text)).toBe(said)
})
