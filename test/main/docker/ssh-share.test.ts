import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noAccess, sshSessions } from '../../../main/docker/address.ts'
import { SshLine } from '../../../main/docker/ssh-line.ts'
import { shareFor } from '../../../main/docker/ssh-share.ts'
import { sweepEngine } from '../../../main/docker/sweep.ts'

const place = { user: null, host: 'far', port: null, path: null }
const never = new AbortController().signal
let root: string
let environment: Record<string, string>

beforeEach(async () => {
  // A socket's path is short: not below TMPDIR, which may be long.
  root = await mkdtemp('/tmp/muster-share-')
  await mkdir(join(root, 'good'))
  await writeFile(
    join(root, 'ssh'),
    '#!/bin/sh\n[ "$1" = -G ] && exec echo controlpath none\necho no way in >&2\nexit 255\n',
  )
  await chmod(join(root, 'ssh'), 0o755)
  environment = { PATH: `${root}:/usr/bin:/bin` }
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function placeOf(given: Record<string, string>): Promise<string | null> {
  const share = await shareFor(place, { ...environment, ...given }, never)
  if (share === null) return null
  expect((await stat(share.folder)).mode & 0o777).toBe(0o700)
  await share.remove()
  return dirname(share.folder)
}

describe('the folder of a shared login lies in the first place that can be had', () => {
  test('of those that the environment names', async () => {
    const [good, gone] = [join(root, 'good'), join(root, 'gone')]
    expect(await placeOf({ XDG_RUNTIME_DIR: good, TMPDIR: gone })).toBe(good)
    expect(await placeOf({ XDG_RUNTIME_DIR: gone, TMPDIR: good })).toBe(good)
  })

  test('else among the temporary files', async () => {
    expect(await placeOf({ XDG_RUNTIME_DIR: join(root, 'gone'), TMPDIR: join(root, 'ssh') })).toBe('/tmp')
    expect(await placeOf({ TMPDIR: join(root, 'good', 'x'.repeat(80)) })).toBe('/tmp')
  })
})

test('what a run that was killed left is removed, and nothing that is in use', async () => {
  const good = join(root, 'good')
  const child = execFile(process.execPath, ['-e', ''])
  await once(child, 'exit')
  const gone = child.pid ?? expect.fail()
  const left = `muster-ssh-${gone}-aaaaaa`
  // Its process cannot be seen from here, and lives.
  const heard = `muster-ssh-${gone}-bbbbbb`
  const others = [
    heard,
    `muster-ssh-${process.pid}-cccccc`,
    `muster-ssh-${process.ppid}-dddddd`,
    'muster-ssh-eeeeee',
    `muster-ssh-${gone}-other`,
  ]
  for (const name of [left, ...others]) {
    await mkdir(join(good, name))
    await writeFile(join(good, name, 'e'), '')
  }
  await writeFile(join(good, left, 's'), '')
  await symlink(root, join(good, `muster-ssh-${gone}-ffffff`))
  const login = createServer().listen(join(good, heard, 's'))
  await once(login, 'listening')
  const share = await shareFor(place, { ...environment, XDG_RUNTIME_DIR: good }, never)
  await share?.remove()
  login.close()
  expect((await readdir(good)).toSorted()).toEqual([...others, `muster-ssh-${gone}-ffffff`].toSorted())
})

test('preparing a line never rejects, whatever stands in the way, and each call is told', async () => {
  // Node throws at it, as it would at any fault of the machine's own.
  const line = new SshLine(place, { PATH: 'a\0b' })
  expect(await line.prepare()).toBe(sshSessions)
  await expect(line.open()).rejects.toThrow('null bytes')
  line.close()
})

test('a sweep through ssh says what ssh said where the folder of the session is gone', async () => {
  const { snapshot } = await sweepEngine({
    endpoint: { id: 'far', mode: 'live', source: 'given', name: 'far', host: 'ssh://far', current: false },
    access: { ...noAccess, environment: { ...environment, XDG_RUNTIME_DIR: join(root, 'gone') } },
    now: Date.now,
    signal: never,
    onProgress: () => undefined,
  })
  expect(snapshot.containers).toMatchObject({ read: false, why: expect.stringContaining('no way in') })
})
