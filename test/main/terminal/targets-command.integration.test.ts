import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { muster, musterJson } from './muster.ts'

vi.setConfig({ testTimeout: 240_000 })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-targets-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const targets = (...args: string[]) => muster(['targets', ...args, '--data', folder])

test('a target is bound, listed, tested and unbound in the terminal', async () => {
  const server = createServer((_request, response) => response.end('well'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address === null || typeof address === 'string' ? 0 : address.port
  try {
    await targets(
      'bind',
      'infinity',
      'portal',
      '--address',
      `http://127.0.0.1:${port}/health`,
      '--credential',
      'shop/api',
    )
    expect((await targets('infinity')).out).toContain(`http://127.0.0.1:${port}/health with shop/api`)
    const tested = await targets('test', 'infinity', 'portal')
    expect(tested.out).toContain(`✓ portal at 127.0.0.1:${port}: GET /health answered 200.`)
    expect(tested.out).toContain('Not tested: whether its credential opens it: none was sent.')
    expect(tested.exit).toBe(0)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
  expect(await targets('test', 'infinity', 'portal')).toMatchObject({ exit: 3 })
  await targets('unbind', 'infinity', 'portal')
  expect(await musterJson(['targets', 'infinity', '--data', folder])).toEqual([
    { pack: 'infinity', places: {}, targets: {} },
  ])
})

test('a place is this machine only by its own words, and nothing else is guessed', async () => {
  const refused = await targets('bind', 'infinity', 'host', '--this-machine')
  expect(refused.exit).not.toBe(0)
  expect(refused.err).toMatch(/Type: run host on /)
  const words = /Type: (run host on \S+)/.exec(refused.err)?.[1] ?? ''
  await targets('bind', 'infinity', 'host', '--this-machine', '--consent', words)
  expect((await targets('infinity')).out).toContain('this-machine')
  expect((await targets('bind', 'infinity', 'host', '--ssh', '-oProxyCommand=id')).exit).not.toBe(0)
})
