import { z } from 'zod'
import { type EntryOf, kindOf } from '../journal/kind.ts'

const text = z.string().min(1).max(20_000)

/** One named person has something to do; `minutes`: when to ask back, null where nobody said. */
export const taskGivenKind = kindOf(
  'task-given',
  z.strictObject({ text, owner: z.string().min(1).max(200), minutes: z.int().min(1).max(1_440).nullable() }),
)

/** What was decided, in a sentence. */
export const decidedKind = kindOf('decided', z.strictObject({ text }))

export const taskKinds = [taskGivenKind, decidedKind] as const

export type TaskEntry = EntryOf<(typeof taskKinds)[number]>

/** Tasks and decisions, oldest first; `entry` is the hash of the entry that made it. Times are ISO UTC. */
export interface Tasks {
  readonly given: readonly {
    readonly entry: string
    readonly at: string
    readonly text: string
    readonly owner: string
    readonly minutes: number | null
  }[]
  readonly decisions: readonly {
    readonly entry: string
    readonly at: string
    readonly text: string
    readonly by: string
  }[]
}

export const emptyTasks: Tasks = { given: [], decisions: [] }

export function stepTasks(tasks: Tasks, entry: TaskEntry): Tasks {
  const { hash, happened_at } = entry
  if (entry.kind === 'task-given') {
    return { ...tasks, given: [...tasks.given, { entry: hash, at: happened_at, ...entry.body }] }
  }
  const decision = { entry: hash, at: happened_at, text: entry.body.text, by: entry.actor.name }
  return { ...tasks, decisions: [...tasks.decisions, decision] }
}
