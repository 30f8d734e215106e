import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { runChromium } from '../../../main/chromium/run.ts'

test('a start that is refused is told in words and kept in the log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-run-'))
  const told: string[] = []
  const code = await runChromium({
    argv: ['--data', folder],
    env: { PATH: folder, MUSTER_BROWSER: join(folder, 'no-browser') },
    platform: 'linux',
    folders: { renderer: folder, assets: folder, preload: '' },
    loadApp: () => Promise.reject(new Error('was reached')),
    tell: (line) => told.push(line),
  })
  const log = () => readFile(join(folder, 'muster.log'), 'utf8')
  expect([code, told.join()]).toEqual([1, expect.stringMatching(/^Tried: Find a Chromium[^]*\nNext: Install/)])
  await vi.waitFor(async () => expect(await log()).toContain('Find a Chromium'), 30_000)
  await rm(folder, { recursive: true, maxRetries: 5 })
})
