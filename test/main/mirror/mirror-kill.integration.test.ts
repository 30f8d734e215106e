import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { type MirrorClient, startMirror } from '../../../main/mirror/mirror-client.ts'
import { prepareMirror } from '../../../main/mirror/mirror-folder.ts'
import { chanceHex, chanceUnit } from '../../../shared/exercises/chance.ts'
import { SmallDisk } from '../journal/survival/small-disk.ts'
import { DeskFolder, readJournal, until } from './desk-folder.ts'

const processFile = fileURLToPath(new URL('mirroring-process.ts', import.meta.url))
let desk: DeskFolder

beforeEach(() => {
  desk = new DeskFolder()
})

afterEach(() => desk.remove())

/** Starts a process that mirrors; resolves once it has said something. */
async function mirroring(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [processFile, desk.data, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', reject)
  })
  return child
}

test('kill -9 of the mirroring process, 15 times: what is there verifies, and it catches up', async () => {
  prepareMirror(desk.data, desk.mirror, Date.now())
  const texts: string[] = []
  const bundles: string[] = []
  for (let kill = 0; kill < 15; kill += 1) {
    const child = await mirroring(desk.mirror)
    const writeMs = chanceUnit(7, kill) * 120
    const from = performance.now()
    while (performance.now() - from < writeMs) {
      texts.push(chanceHex(60, kill, texts.length))
      desk.note(texts.at(-1) ?? '')
      if (texts.length % 10 === 9) bundles.push(await desk.keep(Buffer.from(chanceHex(90_000, kill, texts.length))))
      await sleep(1)
    }
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    const found = readJournal(desk.mirror)
    expect(found.problems).toEqual([])
    expect(found.texts).toEqual(texts.slice(0, found.texts.length))
  }
  const last = await mirroring(desk.mirror)
  const there = new EvidenceStore(desk.mirror)
  const isWhole = (): boolean =>
    readJournal(desk.mirror).texts.length === texts.length && there.list().length === bundles.length
  expect(await until(isWhole)).toBe(true)
  last.kill('SIGKILL')
  for (const bundle of bundles) expect(await there.check(bundle)).toBe('match')
  expect(readJournal(desk.mirror)).toEqual({ texts, problems: [] })
})

test('a full disk of the mirror is said, keeps nobody waiting, and catches up once there is room', async () => {
  const disk = new SmallDisk(8)
  let mirror: MirrorClient | null = null
  try {
    const folder = prepareMirror(desk.data, `${disk.folder}/mirror`, Date.now())
    mirror = startMirror({ dataFolder: desk.data, folder, onHealth: () => undefined, log: () => undefined })
    const health = () => mirror?.health()
    expect(await until(() => health()?.state === 'whole')).toBe(true)
    disk.fill(100_000)
    const texts = Array.from({ length: 40 }, (_, number) => `${number} ${'x'.repeat(20_000)}`)
    for (const text of texts) desk.note(text)
    expect(await until(() => health()?.trouble?.happened === 'its disk is full')).toBe(true)
    expect(health()?.state).toBe('behind')
    expect(health()?.entries).toBeGreaterThan(0)
    disk.makeRoom()
    expect(await until(() => health()?.state === 'whole' && health()?.trouble === null)).toBe(true)
    expect(readJournal(folder)).toEqual({ texts, problems: [] })
  } finally {
    await mirror?.close()
    disk.remove()
  }
})
