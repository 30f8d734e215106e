import { z } from 'zod'
import { modeSchema } from '../journal/header.ts'
import { conflictsOf, fieldWords } from './conflicts.ts'
import { relationSchema, severitySchema } from './entries.ts'
import type { IncidentState } from './state.ts'

/** One incident as a line of the board. Times are ISO UTC. */
export const boardRowSchema = z.strictObject({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  mode: modeSchema,
  status: z.enum(['unconfirmed', 'open', 'resolved', 'false-alarm']),
  severity: severitySchema.nullable(),
  pack: z.string().nullable(),
  commander: z.string().nullable(),
  declaredAt: z.string(),
  detectedAt: z.string(),
  respondedAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  /** What desks contradict each other on and nobody has settled yet, in words: 'the severity'. */
  conflicts: z.array(z.string()),
  /** What it hits, as people call it. */
  systems: z.array(z.string()),
  /** Other incidents, by their ids, and how it stands to them. */
  relations: z.array(z.strictObject({ incident: z.string(), how: relationSchema })),
  entries: z.int(),
  lastAt: z.string(),
})

export type BoardRow = z.infer<typeof boardRowSchema>

/** The line of the board for a state that has at least its first entry. */
export function boardRow(state: IncidentState): BoardRow {
  const { core, roles, clocks } = state
  return {
    id: state.id,
    number: core.number,
    title: core.title,
    mode: state.mode,
    status: core.status,
    severity: core.severity,
    pack: core.pack?.title ?? null,
    commander: roles.commander?.name ?? null,
    declaredAt: core.declaredAt,
    detectedAt: core.detectedAt,
    respondedAt: clocks.respondedAt,
    resolvedAt: core.resolvedAt,
    conflicts: conflictsOf(state).map(({ field }) => fieldWords(field)),
    systems: [...(core.classifications.at(-1)?.systems ?? [])],
    relations: core.relations.map(({ incident, how }) => ({ incident, how })),
    entries: state.entries,
    lastAt: state.head?.at ?? core.declaredAt,
  }
}

/** Whether a line's incident still wants somebody's attention. */
export function isOpenRow({ status }: Pick<BoardRow, 'status'>): boolean {
  return status === 'open' || status === 'unconfirmed'
}

const modeRanks: Readonly<Record<BoardRow['mode'], number>> = { live: 0, routine: 1, exercise: 2 }

/** Open before ended; among the open what is real before what is practised, the worst first, then the oldest; the ended newest first. */
export function compareBoardRows(a: BoardRow, b: BoardRow): number {
  const openA = a.resolvedAt === null
  const openB = b.resolvedAt === null
  if (openA !== openB) return openA ? -1 : 1
  if (!openA) return b.lastAt.localeCompare(a.lastAt)
  const mode = modeRanks[a.mode] - modeRanks[b.mode]
  if (mode !== 0) return mode
  const rank = (a.severity?.rank ?? 0) - (b.severity?.rank ?? 0)
  return rank !== 0 ? rank : a.declaredAt.localeCompare(b.declaredAt)
}
