import { z } from 'zod'
import { timeSchema } from '../journal/header.ts'

/** Something that stands in the way, as a sentence's end ('the folder is not there'), and what to do. */
export const troubleSchema = z.strictObject({ happened: z.string(), next: z.string() })

/**
 * How the mirror stands. `behind`: something acknowledged is not in it. `stopped`: it is written no more until a person
 * does something. `elsewhere`: another Muster on this data folder writes it.
 */
export const mirrorHealthSchema = z.strictObject({
  folder: z.string(),
  state: z.enum(['whole', 'behind', 'stopped', 'elsewhere']),
  /** Since when the oldest that is not in the mirror waits; null where all is there, or it is not known. */
  since: timeSchema.nullable(),
  /** Entries and files of evidence that are not in the mirror. */
  entries: z.int().min(0),
  files: z.int().min(0),
  trouble: troubleSchema.nullable(),
  /** What does not stand in its way and should be known: it is slower there, or a file here is damaged. */
  remarks: z.array(z.string()),
})

/** The desk's storage as the window shows it. Sizes in bytes; null where they could not be found out. */
export const storageHealthSchema = z.strictObject({
  mirror: mirrorHealthSchema.nullable(),
  /** The newest backup that this desk made. */
  backup: z.strictObject({ at: timeSchema, folder: z.string() }).nullable(),
  journalBytes: z.int().min(0).nullable(),
  evidenceBytes: z.int().min(0).nullable(),
  freeBytes: z.int().min(0).nullable(),
  /** What a person should do something about, the most urgent first. */
  warnings: z.array(troubleSchema),
})

/** How far a backup has come. `part`: of the journal, from 0 to 1; `bytes` of `of`: of the evidence. */
export const backupProgressSchema = z.strictObject({
  step: z.enum(['entries', 'evidence', 'syncing']),
  part: z.number().min(0).max(1),
  bytes: z.int().min(0),
  of: z.int().min(0),
})

export const backupMadeSchema = z.strictObject({
  folder: z.string(),
  at: timeSchema,
  incidents: z.int(),
  entries: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** What could not be copied, as sentences: evidence that is gone or damaged here. The backup says so too. */
  problems: z.array(z.string()),
})

export type Trouble = z.infer<typeof troubleSchema>
export type MirrorHealth = z.infer<typeof mirrorHealthSchema>
export type StorageHealth = z.infer<typeof storageHealthSchema>
export type BackupProgress = z.infer<typeof backupProgressSchema>
export type BackupMade = z.infer<typeof backupMadeSchema>
