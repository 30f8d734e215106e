import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { startDesk } from '../../../../main/desk/desk-client.ts'
import { chanceInt } from '../../../../shared/exercises/chance.ts'
import { ana, incidents } from './job.ts'

/**
 * A process that holds a data folder as a window or a terminal does: writes notes as fast as they are acknowledged (or with
 * pauses), listens for those of the other process, and at the end says what it measured, as one line of JSON.
 */
const askedSchema = z.strictObject({
  folder: z.string(),
  name: z.string(),
  /** How many notes it writes, and how many of the other it waits for. */
  count: z.int(),
  /** It pauses up to so many ms between two notes. */
  pauseMs: z.int(),
  rings: z.boolean(),
  /** Then it does nothing for so long, and measures what that costs. */
  idleMs: z.int(),
})

export type Asked = z.infer<typeof askedSchema>

/** All times in ms. `seenAfter`: from just before a note was written there until it was told of here. */
export interface Measured {
  readonly seenAfter: readonly number[]
  readonly acknowledgedAfter: readonly number[]
  /** Processor time in parts of one core. */
  readonly idleCore: number
}

const now = (): number => performance.timeOrigin + performance.now()

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 30_000; waited += 20) await sleep(20)
}

async function run(asked: Asked): Promise<Measured> {
  const seenAfter: number[] = []
  const acknowledgedAfter: number[] = []
  const desk = await startDesk(asked.folder, { rings: asked.rings })
  desk.onNews((news) => {
    if (news.kind !== 'arrived') return
    for (const { body } of news.entries) {
      const { text } = z.looseObject({ text: z.string() }).parse(body)
      const [from, , at] = text.split(' ')
      if (from !== asked.name && at !== undefined) seenAfter.push(now() - Number(at))
    }
  })
  // What the other wrote before this one listened is no news to it.
  writeFileSync(join(asked.folder, `${asked.name}.ready`), '')
  await until(() => ['window', 'terminal'].every((name) => existsSync(join(asked.folder, `${name}.ready`))))
  for (let number = 0; number < asked.count; number += 1) {
    const at = now()
    await desk.ask('note', incidents[0], `${asked.name} ${number} ${at}`, null, ana)
    acknowledgedAfter.push(now() - at)
    if (asked.pauseMs > 0) await sleep(chanceInt([0, asked.pauseMs], number, asked.name))
  }
  await until(() => seenAfter.length >= asked.count)
  const before = process.cpuUsage()
  const from = now()
  await sleep(asked.idleMs)
  const spent = process.cpuUsage(before)
  const idleCore = asked.idleMs === 0 ? 0 : (spent.user + spent.system) / 1000 / (now() - from)
  await desk.close()
  return { seenAfter, acknowledgedAfter, idleCore }
}

const asked = askedSchema.parse(JSON.parse(process.argv[2] ?? ''))
process.stdout.write(JSON.stringify(await run(asked)))
