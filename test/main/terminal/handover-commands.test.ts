import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Face } from '../../../main/terminal/face.ts'
import { acceptCommand, handoverCommand } from '../../../main/terminal/handover-commands.ts'
import { refuse, RefusalError } from '../../../shared/refusal.ts'

const id = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const number = 'INC-2026-1121-0001'
const words = 'one two three four five six'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-handover-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A terminal over a desk that answers what it is told to, and writes down all that is said in its order. */
function faceAt() {
  const asked: string[] = []
  const told: string[] = []
  const broken = (tried: string) => refuse('storage', { tried, happened: 'The disk is gone.', next: 'Look at it.' })
  const answers: Readonly<Record<string, unknown>> = {
    find: { id, core: { number } },
    offerCommand: words,
    commandStanding: { offer: { words } },
    acceptCommand: undefined,
  }
  const desk = {
    ask: async (name: string) => {
      asked.push(name)
      if (name in answers) return answers[name]
      throw broken(`Ask for ${name}`)
    },
  }
  const evidence = { checkIncident: () => Promise.reject(broken('Check the evidence')) }
  const face = {
    services: { desk, evidence, dataFolder: join(folder, 'data') },
    by: { contact: null, name: 'Ben' },
    say: (_json: unknown, lines: readonly string[]) => told.push(...lines),
    remark: (line: string) => told.push(line),
  } as unknown as Face
  return { face, asked, told }
}

describe('command offered with a file', () => {
  test('is not offered where the file cannot be written', async () => {
    const { face, asked } = faceAt()
    const file = join(folder, 'none', 'handover.tar')
    await expect(handoverCommand(face, number, { to: 'Ben', file })).rejects.toThrow(RefusalError)
    mkdirSync(join(folder, 'a-folder.tar'))
    const taken = join(folder, 'a-folder.tar')
    await expect(handoverCommand(face, number, { to: 'Ben', file: taken })).rejects.toThrow(RefusalError)
    expect(asked).not.toContain('offerCommand')
  })

  test('says that the offer stands where the export fails after it', async () => {
    const { face, told } = faceAt()
    const file = join(folder, 'handover.tar')
    await expect(handoverCommand(face, number, { to: 'Ben', file, withoutEvidence: true })).rejects.toThrow()
    expect(existsSync(file)).toBe(false)
    expect(told.join('\n')).toContain(`the offer to Ben stands. Its six words must be: ${words}`)
    expect(told.join('\n')).toContain(`muster journal export ${number} --out FILE --without-evidence`)
  })
})

test('accepting says the six words first, and what failed after them', async () => {
  const { face, told } = faceAt()
  await acceptCommand(face, number)
  expect(told).toEqual([
    `Ben has command of ${number}.`,
    `Read these six words to the other desk: ${words}`,
    'Ask for open: The disk is gone. Look at it.',
    'Check the evidence: The disk is gone. Look at it.',
  ])
})
