import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { type EntryOf, type Kind, kindOf } from '../journal/kind.ts'

const text = z.string().min(1).max(20_000)
const name = z.string().min(1).max(200)
const minutes = z.int().min(1).max(1_440)

/** One named person has something to do; `minutes`: when to ask back, null where nobody said. */
export const taskGivenKind = kindOf('task-given', z.strictObject({ text, owner: name, minutes: minutes.nullable() }))

/** Somebody asked back, and it goes on: ask again in so many minutes. `task` is the hash of the entry that gave it. */
export const taskExtendedKind = kindOf(
  'task-extended',
  z.strictObject({ task: sha256Schema, minutes, note: text.nullable() }),
)

/** How a task came to its end: `done`, or `dropped` because it is no longer wanted. */
export const taskOutcomeSchema = z.enum(['done', 'dropped'])

export const taskEndedKind = kindOf(
  'task-ended',
  z.strictObject({ task: sha256Schema, outcome: taskOutcomeSchema, note: text.nullable() }),
)

/** `decided-despite`: somebody objected strongly; `put-off`: it is not decided yet. */
export const decisionOutcomeSchema = z.enum(['decided', 'decided-despite', 'put-off'])

/** The question "any strong objection?": how long was waited for an answer, and who objected. */
export const pollSchema = z.strictObject({
  seconds: z.int().min(0).max(3_600),
  objections: z.array(z.strictObject({ by: name, text })).max(100),
})

const decidedSchema = z.strictObject({
  text,
  /** Since version 2: what else was weighed. */
  options: z.array(z.string().min(1).max(2_000)).max(20).default([]),
  /** Since version 2; null: nobody was asked. */
  poll: pollSchema.nullable().default(null),
  outcome: decisionOutcomeSchema.default('decided'),
})

/** What was decided, in a sentence; what else was weighed, and whether anybody objected. */
export const decidedKind: Kind<'decided', z.infer<typeof decidedSchema>> = {
  kind: 'decided',
  version: 2,
  body: decidedSchema,
  upcast: (body) => body,
}

export const taskKinds = [taskGivenKind, taskExtendedKind, taskEndedKind, decidedKind] as const

export type TaskEntry = EntryOf<(typeof taskKinds)[number]>
export type TaskOutcome = z.infer<typeof taskOutcomeSchema>
export type DecisionOutcome = z.infer<typeof decisionOutcomeSchema>
export type Poll = z.infer<typeof pollSchema>

/** A task by the hash of the entry that gave it. Times are ISO UTC. */
export interface Task {
  readonly entry: string
  readonly at: string
  readonly text: string
  readonly owner: string
  readonly by: string
  /** As it was given. */
  readonly minutes: number | null
  /** From when, and after how many minutes, somebody asks back; null where nobody does. */
  readonly askBack: { readonly from: string; readonly minutes: number; readonly entry: string } | null
  /** How often somebody asked back and it went on. */
  readonly extended: number
  readonly ended: {
    readonly at: string
    readonly outcome: TaskOutcome
    readonly note: string | null
    readonly by: string
    readonly entry: string
  } | null
}

export interface Decision {
  readonly entry: string
  readonly at: string
  readonly text: string
  readonly by: string
  readonly options: readonly string[]
  readonly poll: Poll | null
  readonly outcome: DecisionOutcome
}

/** Tasks and decisions, oldest first. */
export interface Tasks {
  readonly given: readonly Task[]
  readonly decisions: readonly Decision[]
}

export const emptyTasks: Tasks = { given: [], decisions: [] }

export function stepTasks(tasks: Tasks, entry: TaskEntry): Tasks {
  const { hash, happened_at: at, actor } = entry
  switch (entry.kind) {
    case 'task-given': {
      const { minutes: given } = entry.body
      const askBack = given === null ? null : { from: at, minutes: given, entry: hash }
      const task = { entry: hash, at, ...entry.body, by: actor.name, askBack, extended: 0, ended: null }
      return { ...tasks, given: [...tasks.given, task] }
    }
    case 'task-extended': {
      const { task, minutes: more } = entry.body
      const askBack = { from: at, minutes: more, entry: hash }
      return changed(tasks, task, (one) => ({ ...one, askBack, extended: one.extended + 1 }))
    }
    case 'task-ended': {
      const { task, outcome, note } = entry.body
      // Who ended it first stays named.
      return changed(tasks, task, (one) => ({
        ...one,
        ended: one.ended ?? { at, outcome, note, by: actor.name, entry: hash },
      }))
    }
    case 'decided': {
      const decision = { entry: hash, at, ...entry.body, by: actor.name }
      return { ...tasks, decisions: [...tasks.decisions, decision] }
    }
  }
}

function changed(tasks: Tasks, entry: string, change: (task: Task) => Task): Tasks {
  return { ...tasks, given: tasks.given.map((task) => (task.entry === entry ? change(task) : task)) }
}

/** The tasks that somebody still works on, oldest first. */
export function runningTasks({ given }: Tasks): Task[] {
  return given.filter(({ ended }) => ended === null)
}
