import { expect, test } from 'vitest'
import { inSession } from './secret-service.ts'

const script = new URL('in-session.ts', import.meta.url)

test("a vault sealed by the system's secret store opens alone; a store that lost its key, or asks in vain, opens nothing", async () => {
  expect(JSON.parse(await inSession(script, true))).toMatchObject({
    system: { has: true },
    refused: null,
    unlockedAlone: ['shop/db'],
    inFile: false,
    lostKey: expect.stringContaining('not-allowed'),
    askedInVain: expect.stringMatching(/^not-allowed: .*dismissed/),
  })
})

test('where there is no secret store it says so, and falls back to nothing', async () => {
  const said = JSON.parse(await inSession(script, false)) as {
    system: { has: boolean; why: string }
    refused: string
  }
  expect(said.system.has).toBe(false)
  expect(said.system.why).toContain('Secret Service')
  expect(said.refused).toContain('unsupported')
})
