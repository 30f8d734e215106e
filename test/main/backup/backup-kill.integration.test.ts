import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { restoreBackup } from '../../../main/backup/restore-backup.ts'
import { runBackup } from '../../../main/backup/run-backup.ts'
import { chanceHex, chanceUnit } from '../../../shared/exercises/chance.ts'
import { DeskFolder, readJournal } from '../mirror/desk-folder.ts'

const processFile = fileURLToPath(new URL('copying-process.ts', import.meta.url))
let desk: DeskFolder

beforeEach(async () => {
  desk = new DeskFolder()
  for (let number = 0; number < 400; number += 1) desk.note(`note ${number}`)
  for (let number = 0; number < 30; number += 1) await desk.keep(Buffer.from(chanceHex(120_000, number)))
})

afterEach(() => desk.remove())

/** How long a process that copies takes from its begin to its end, in ms. */
async function tookWhole(act: 'backup' | 'restore', from: string, to: string): Promise<number> {
  let begun = 0
  expect(await killed(act, from, to, { afterMs: 60_000, onBegin: () => (begun = performance.now()) })).toBe(true)
  return performance.now() - begun
}

/** Runs a process that copies, kills it so long after its begin, and answers whether it had ended. */
async function killed(
  act: 'backup' | 'restore',
  from: string,
  to: string,
  { afterMs, onBegin }: { afterMs: number; onBegin?: () => void },
): Promise<boolean> {
  const child = spawn(process.execPath, [processFile, act, from, to], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let said = ''
  const begun = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      resolve()
    })
    child.once('exit', () => reject(new Error('It ended before it began')))
  })
  await begun
  onBegin?.()
  await Promise.race([sleep(afterMs), ended])
  child.kill('SIGKILL')
  await ended
  return said.includes('end')
}

test('a backup that was killed is never taken for a whole one', async () => {
  const wholeMs = await tookWhole('backup', desk.data, join(desk.root, 'backup'))
  let unfinished = 0
  for (let trial = 0; trial < 8; trial += 1) {
    const target = join(desk.root, `backup-${trial}`)
    const hasEnded = await killed('backup', desk.data, target, { afterMs: chanceUnit(3, trial) * wholeMs })
    if (!existsSync(target)) {
      unfinished += 1
      expect(hasEnded).toBe(false)
      continue
    }
    const { entries } = await restoreBackup({ backup: target, to: `${target}-restored`, onStep: () => undefined })
    expect(entries).toBeGreaterThan(400)
  }
  // Kills that came too late each time would prove nothing.
  expect(unfinished).toBeGreaterThan(1)
  expect(readJournal(desk.data).problems).toEqual([])
})

test('a restore that was killed leaves no folder that could be taken for a desk, and the backup as it was', async () => {
  const backup = join(desk.root, 'backup')
  await runBackup({ dataFolder: desk.data, target: backup })
  const wholeMs = await tookWhole('restore', backup, join(desk.root, 'restored-whole'))
  let unfinished = 0
  for (let trial = 0; trial < 6; trial += 1) {
    const to = join(desk.root, `restored-${trial}`)
    await killed('restore', backup, to, { afterMs: chanceUnit(5, trial) * wholeMs })
    if (existsSync(to)) expect(readJournal(to)).toMatchObject({ problems: [] })
    else unfinished += 1
  }
  expect(unfinished).toBeGreaterThan(1)
  expect(readdirSync(backup).toSorted()).toEqual(['SHA256SUMS', 'anchor.txt', 'backup.json', 'evidence', 'journal.db'])
  const to = join(desk.root, 'restored')
  expect(await restoreBackup({ backup, to, onStep: () => undefined })).toMatchObject({ files: 30 })
})
