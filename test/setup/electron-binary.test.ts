import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findElectron } from '../../main/setup/choose-shell.js'
import { electronHere, explainStart, fetchElectron, probeElectron } from '../../main/setup/electron-binary.js'
import { remembered } from '../../main/setup/memory.js'
import { root } from '../../workshop/project.ts'

let folder = ''
let server: Server | null = null
let connections = 0

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'muster-electron-'))
  connections = 0
  vi.stubEnv('electron_config_cache', path.join(folder, 'cache'))
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', path.join(folder, 'dist'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await new Promise<void>((resolve) => {
    if (server === null) return resolve()
    server.close(() => resolve())
    server.closeAllConnections()
    return undefined
  })
  server = null
  rmSync(folder, { recursive: true, force: true })
})

/** A download site of the test's own. */
async function mirror(answer: RequestListener): Promise<void> {
  const made = createServer((request, response) => {
    connections += 1
    answer(request, response)
  })
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  server = made
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(made.address() as AddressInfo).port}/`)
}

/** Electron's package as npm left it. */
function installed(): { version: string; folder: string; binary: string | null } {
  const electron = electronHere(root)
  if (electron === null) throw new Error('Electron is not installed')
  return electron
}

describe('fetching Electron gives up', () => {
  test('when nothing is answered', async () => {
    await mirror(() => {})
    expect(await fetchElectron(installed(), { stallMs: 300 })).toBe('nothing arrived for 0.3 s')
  })

  test('when the answer stalls in the middle', async () => {
    await mirror((_, response) => {
      response.writeHead(200, { 'content-length': '1000000' })
      response.write(Buffer.alloc(1000))
    })
    expect(await fetchElectron(installed(), { stallMs: 300 })).toBe('nothing arrived for 0.3 s')
  })

  test('not while something still arrives', async () => {
    await mirror((_, response) => {
      response.writeHead(200, { 'content-length': '600' })
      let sent = 0
      const drip = setInterval(() => {
        sent += 100
        if (sent <= 600) response.write(Buffer.alloc(100))
        else clearInterval(drip)
      }, 150)
    })
    // Twice the limit in all, and then refused for what it is.
    expect(await fetchElectron(installed(), { stallMs: 500 })).toMatch(/checksum/i)
  })

  test('when what arrives is not Electron', async () => {
    await mirror((_, response) => response.end('<html>Sign in to this network</html>'))
    expect(await fetchElectron(installed(), { stallMs: 5_000 })).toMatch(/checksum/i)
  })

  test('once, and does not ask again at the next start', async () => {
    await mirror((_, response) => response.writeHead(503).end())
    mkdirSync(path.join(folder, 'node_modules'))
    writeFileSync(path.join(folder, 'package.json'), '{}')
    symlinkSync(installed().folder, path.join(folder, 'node_modules', 'electron'), 'junction')
    const first = await findElectron(folder)
    const asked = connections
    expect(first).toEqual({ problem: expect.stringMatching(/could not be fetched: .*503/) })
    expect(await findElectron(folder)).toEqual(first)
    expect(connections).toBe(asked)
    expect(remembered(folder).electronFetch).toMatch(/503/)
  })
})

describe('a binary that is here', () => {
  /** A program in the place of Electron's binary, with last words of its own. */
  function program(script: string): string {
    const binary = path.join(folder, 'dist', 'electron')
    mkdirSync(path.dirname(binary), { recursive: true })
    writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    return binary
  }

  test('counts when it opens a window', async () => {
    expect(await probeElectron(program('echo muster-probe-ready'))).toBeNull()
  })

  test('does not count when it only ends well', async () => {
    expect(await probeElectron(program('exit 0'))).toBe('it ended with 0')
  })

  test('does not count when it cannot be executed, and says why', async () => {
    expect(await probeElectron(path.join(folder, 'absent'))).toMatch(/ENOENT/)
  })

  test.each([
    [
      'electron: error while loading shared libraries: libgbm.so.1: cannot open shared object file',
      'the library libgbm.so.1',
    ],
    ['The SUID sandbox helper binary was found, but is not configured correctly.', 'forbids its sandbox'],
    ['Missing X server or $DISPLAY', 'no display'],
    ['[1:1] something\nboom', 'ended with 1: boom'],
  ])('that says %s', (output, reason) => {
    expect(explainStart(output, 1)).toContain(reason)
  })
})
