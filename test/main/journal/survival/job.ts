import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { chanceHex, chanceInt } from '../../../../shared/exercises/chance.ts'
import type { SweepToKeep } from '../../../../main/evidence/evidence-service.ts'

/** What a writing process is to do. Everything that it writes follows from the seed, so that it can be told from damage. */
const jobSchema = z.strictObject({
  /**
   * `start` begins `count` data folders from nothing, one after the other, `migrate` from a journal of the first version;
   * the others write `count` times into one; `erase` erases each of its notes again, `backup` backs up after each.
   */
  act: z.enum(['append', 'checkpoint', 'start', 'migrate', 'erase', 'evidence', 'export', 'backup']),
  folder: z.string(),
  seed: z.int(),
  count: z.int(),
  /** False only for the control run that must lose entries. */
  syncs: z.boolean(),
})

export type Job = z.infer<typeof jobSchema>
export type Act = Job['act']

export function jobOf(text: string): Job {
  return jobSchema.parse(JSON.parse(text))
}

export const ana = { contact: null, name: 'Ana' }
export const incidents = ['01KAHB7Q7N8S3H9F0V6Z2M4XWC', '01KAHB7Q7N8S3H9F0V6Z2M4XWD'] as const

export function incidentOf(number: number): string {
  return incidents[number % 2 === 0 ? 0 : 1]
}

/** Every fifth writing is of two entries at once, of which both or none must be found. */
export function isPair(number: number): boolean {
  return number % 5 === 4
}

/** Short ones and some that need pages of their own. */
export function noteText(seed: number, number: number): string {
  const length = chanceInt([0, number % 7 === 6 ? 9000 : 400], seed, number)
  return `${seed}:${number} ${chanceHex(length, seed, number, 'text')}`
}

/** A journal as Muster wrote it before: its rows must outlive whatever happens to the migration. */
export const oldJournal = fileURLToPath(new URL('../fixtures/journal-1.db', import.meta.url))

/** How many notes are written into each of them once it is migrated. */
export const NOTES_EACH = 8

/** What of a note's bytes must be found nowhere once it was erased; null where it is too short to be told from others. */
export function traceOf(seed: number, number: number): string | null {
  const text = noteText(seed, number)
  return isPair(number) || text.length < 60 ? null : text.slice(0, 60)
}

export function startOf(folder: string, number: number): string {
  return join(folder, `start-${number}`, 'data')
}

export function sweepOf(seed: number, number: number): SweepToKeep {
  const at = '2026-11-21T03:00:00.000Z'
  const endpoint = { id: 'x', mode: 'live', source: 'given', name: 'lab', host: 'unix:///x', current: true } as const
  const calls = { asked: 1, answered: 1, failed: 0 }
  const bytes = Buffer.from(chanceHex(chanceInt([10, 120_000], seed, number), seed, number, 'item'))
  const item = {
    name: 'a.json',
    bytes,
    request: 'GET /a',
    startedAt: at,
    tookMs: 4,
    outcome: 'answered',
    masked: [],
    truncated: null,
  }
  return {
    incident: incidentOf(0),
    title: `Sweep ${number}`,
    summary: { endpoint, startedAt: at, endedAt: at, tookMs: 4, engine: null, containers: 0, calls, couldNotRead: [] },
    findings: [],
    items: [item],
    tool: 'Muster test',
  }
}
