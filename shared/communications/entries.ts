import { z } from 'zod'
import { type EntryOf, kindOf } from '../journal/kind.ts'
import { nextUpdateNamed } from './next-update.ts'

/** An update was given to whoever waits for one: what was said. */
export const updateGivenKind = kindOf('update-given', z.strictObject({ text: z.string().min(1).max(20_000) }))

export type UpdateEntry = EntryOf<typeof updateGivenKind>

/** Updates given, oldest first. `at` is ISO UTC, and `nextAt` when the update says that the next one comes. */
export type Updates = readonly {
  readonly entry: string
  readonly at: string
  readonly text: string
  readonly by: string
  readonly nextAt: string | null
}[]

export const emptyUpdates: Updates = []

export function stepUpdates(updates: Updates, { hash, happened_at, body, actor }: UpdateEntry): Updates {
  const nextAt = nextUpdateNamed(body.text, happened_at)
  return [...updates, { entry: hash, at: happened_at, text: body.text, by: actor.name, nextAt }]
}
