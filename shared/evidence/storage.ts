import { z } from 'zod'
import { refuse, type RefusalError } from '../refusal.ts'

const MiB = 1_048_576
const GiB = 1_024 * MiB

/** As much as the store of evidence may hold if nobody says otherwise, in bytes. */
export const DEFAULT_QUOTA_BYTES = 10 * GiB
const WARN_FROM = 0.8
const WARN_FREE_BYTES = 2 * GiB
const RESERVE_BYTES = 256 * MiB

/** What the store of evidence holds and what its disk has left, in bytes. */
export interface StorageFigures {
  readonly usedBytes: number
  readonly quotaBytes: number
  /** Free to this user. */
  readonly freeBytes: number
  /** The disk's own size. */
  readonly diskBytes: number
}

export const storageSchema = z.strictObject({
  usedBytes: z.number(),
  quotaBytes: z.number(),
  freeBytes: z.number(),
  diskBytes: z.number(),
  level: z.enum(['fine', 'low', 'full']),
  says: z.array(z.string()),
})

/** The figures judged. `fine`; `low`: warn; `full`: no more evidence is taken. `says`: why, a sentence each. */
export type Storage = z.infer<typeof storageSchema>

/** What is left to the journal, however much evidence there is: 256 MiB, or a twentieth of a disk smaller than 5 GiB. */
export function reserveOf(diskBytes: number): number {
  return Math.min(RESERVE_BYTES, Math.floor(diskBytes / 20))
}

/** A warning from 80 % of the quota, and below 2 GiB of free disk (of a small disk: below a fifth of it). */
export function judgeStorage(figures: StorageFigures): Storage {
  const { usedBytes, quotaBytes, freeBytes, diskBytes } = figures
  const says: string[] = []
  const isOver = usedBytes >= quotaBytes
  const isFull = freeBytes <= reserveOf(diskBytes)
  if (isOver || usedBytes >= quotaBytes * WARN_FROM) {
    says.push(`Evidence takes ${spellBytes(usedBytes)} of the ${spellBytes(quotaBytes)} that it may.`)
  }
  if (isFull || freeBytes < Math.min(WARN_FREE_BYTES, diskBytes / 5)) {
    says.push(
      `The disk has ${spellBytes(freeBytes)} left; the last ${spellBytes(reserveOf(diskBytes))} are the journal's.`,
    )
  }
  return { ...figures, level: isOver || isFull ? 'full' : says.length > 0 ? 'low' : 'fine', says }
}

/** Refuses (`storage`) to keep so many bytes more where the quota or the journal's own room would be touched. */
export function assertRoom(figures: StorageFigures, bytes: number, tried: string): void {
  const { usedBytes, quotaBytes, freeBytes, diskBytes } = figures
  if (usedBytes + bytes > quotaBytes) {
    throw noRoom(
      tried,
      `Evidence takes ${spellBytes(usedBytes)} of the ${spellBytes(quotaBytes)} that it may, and this needs ${spellBytes(bytes)}. Nothing was kept.`,
      "Raise 'evidenceQuotaBytes' in settings.json of the data folder, or move the data folder to a larger disk.",
    )
  }
  if (freeBytes - bytes < reserveOf(diskBytes)) {
    throw noRoom(
      tried,
      `The disk has ${spellBytes(freeBytes)} left, this needs ${spellBytes(bytes)}, and the last ${spellBytes(reserveOf(diskBytes))} are the journal's. Nothing was kept.`,
      'Make room on the disk, then try again.',
    )
  }
}

function noRoom(tried: string, happened: string, next: string): RefusalError {
  return refuse('storage', { tried, happened, next })
}

/** '9.8 GiB', '812 MiB', '3 kB': the binary units that `ls -h` and `df -h` speak in, with kB for what is less. */
export function spellBytes(bytes: number): string {
  if (bytes >= GiB) return `${(bytes / GiB).toFixed(1)} GiB`
  if (bytes >= MiB) return `${(bytes / MiB).toFixed(bytes >= 100 * MiB ? 0 : 1)} MiB`
  return `${Math.ceil(bytes / 1000)} kB`
}
