import { z } from 'zod'
import { type EntryOf, kindOf } from '../journal/kind.ts'

const id = z.string().min(1).max(64)
const title = z.string().min(1).max(300)

/** What a list stands in: a phase, scenario or routine of the pack, a role's duties, what follows an incident, its drills. */
export const listKindSchema = z.enum(['phase', 'scenario', 'routine', 'duty', 'post-incident', 'drill'])

/**
 * An item of a list was done, or is not done after all (`done` false). `stage` is the stage in the list, with the option
 * behind a slash where it is one of an option; null for lists without stages. `value`: for which of a list's values, of a
 * step that is done once for each. `note`: what came out of it.
 */
export const checkedKind = kindOf(
  'checked',
  z.strictObject({
    list: z.strictObject({ kind: listKindSchema, id, title }),
    stage: z.string().min(1).max(129).nullable(),
    item: z.strictObject({ id, title }),
    value: z.string().min(1).max(300).nullable().default(null),
    done: z.boolean(),
    note: z.string().min(1).max(20_000).nullable(),
  }),
)

export type ListKind = z.infer<typeof listKindSchema>
export type CheckedBody = EntryOf<typeof checkedKind>['body']

/** What is ticked, in the order in which it was. `at` is ISO UTC. */
export type Checks = readonly (Omit<CheckedBody, 'done'> & {
  readonly entry: string
  readonly at: string
  readonly by: string
})[]

export const emptyChecks: Checks = []

/** A second tick changes nothing; the first who did it stays named. */
export function stepChecks(checks: Checks, { hash, happened_at, actor, body }: EntryOf<typeof checkedKind>): Checks {
  const { done, ...what } = body
  const found = checks.find((one) => isSame(one, what))
  if (!done) return found === undefined ? checks : checks.filter((one) => one !== found)
  if (found !== undefined) return checks
  return [...checks, { ...what, entry: hash, at: happened_at, by: actor.name }]
}

/** What tells one item of a pack's lists from all others. */
export interface ItemKey {
  readonly list: { readonly kind: ListKind; readonly id: string }
  readonly stage: string | null
  readonly item: { readonly id: string }
  readonly value: string | null
}

export function isSame(a: ItemKey, b: ItemKey): boolean {
  return isOfItem(a, b) && a.value === b.value
}

/** Whether both are of one item, whatever the value. */
export function isOfItem(a: Omit<ItemKey, 'value'>, b: Omit<ItemKey, 'value'>): boolean {
  return a.list.kind === b.list.kind && a.list.id === b.list.id && a.stage === b.stage && a.item.id === b.item.id
}
