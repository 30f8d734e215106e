import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Desktop, refusalIn } from '../../../main/chromium/desktop.ts'
import type { Refusal } from '../../../shared/refusal.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-desktop-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function refusalOf(url: string): Promise<Refusal> {
  const desktop = new Desktop({ platform: 'linux', env: { PATH: folder }, saveFolder: null, log: () => undefined })
  const error: unknown = await desktop.open(url).then(
    () => null,
    (reason: unknown) => reason,
  )
  return refusalIn(error)
}

function putOpener(): void {
  writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\nexit 3\n')
  chmodSync(join(folder, 'xdg-open'), 0o755)
}

describe('an address that the system did not open', () => {
  test.each(['tel:+491705550100', 'sms:+491705550100', 'mailto:+491705550100@example.com'])(
    'is refused without the number: %s',
    async (url) => {
      expect(JSON.stringify(await refusalOf(url))).not.toContain('5550100')
      putOpener()
      const failed = await refusalOf(url)
      expect(JSON.stringify(failed)).not.toContain('5550100')
      expect(failed.tried).toBe(`Open the ${url.split(':')[0]} link`)
    },
  )

  test('is given again where it is a page', async () => {
    expect((await refusalOf('https://status.example/')).next).toContain('https://status.example/')
  })
})
