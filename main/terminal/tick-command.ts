import {
  afterIncident,
  type Checklist,
  checklistsOf,
  type ChecklistItem,
  itemsNamed,
  pathOf,
  reviewAgenda,
} from '../../shared/checklists/checklists.ts'
import { inUtc } from '../../shared/postmortem/words.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

/** `muster tick ID [ITEM]`: ticks an item of the runbook's lists; without one it shows them. */
export async function tickCommand(
  { services, by, say }: Face,
  named: string,
  item: string | undefined,
  options: { off?: boolean; note?: string; at?: string; value?: string },
): Promise<void> {
  const { desk } = services
  const { id } = await desk.ask('find', named)
  const { state, pack } = await desk.ask('open', id)
  const { number } = state.core
  if (pack === null) {
    throw refuse('not-found', {
      tried: `Tick an item of ${number}`,
      happened: 'The runbook of this incident cannot be read here.',
      next: 'Log a note instead.',
    })
  }
  const lists = checklistsOf(pack, state)
  if (item === undefined) {
    const after = afterIncident(pack, state, Date.now())
    const review = reviewAgenda(pack, state)
    const isOver = state.core.resolvedAt !== null
    say({ id, number, lists, after, review }, [
      ...lists.filter(({ kind }) => isOver || kind !== 'post-incident').flatMap(listLines),
      ...(isOver ? [...afterLines(after), ...reviewLines(review)] : []),
    ])
    return
  }
  const found = theOne(lists, item, number)
  const { list, stage } = found
  const done = options.off !== true
  const what = { list, stage, item: found.item, value: options.value ?? null, done, note: options.note ?? null }
  await desk.ask('check', id, what, options.at ?? null, by)
  say({ id, number, ...what }, [
    plain(`${done ? 'Ticked' : 'Took the tick off'} '${found.item.title}' (${list.title}) in ${number}.`),
  ])
}

function theOne(lists: readonly Checklist[], named: string, number: string): ChecklistItem {
  const found = itemsNamed(lists, named)
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  const paths = lists.flatMap(({ items }) => items.map(pathOf))
  const meant =
    nearest(named, paths) ?? nearest(named, [...new Set(paths.map((path) => path.split('/').at(-1) ?? path))])
  throw refuse('not-found', {
    tried: `Tick '${named.slice(0, 200)}' in ${number}`,
    happened:
      only === undefined
        ? 'The runbook has no such item.'
        : `${found.length} items are called that: ${found.map(pathOf).slice(0, 5).join(', ')}.`,
    next: meant === null || only !== undefined ? `muster tick ${number} lists them all.` : `Did you mean '${meant}'?`,
  })
}

function listLines({ title, items }: Checklist): string[] {
  const done = items.filter((one) => one.done !== null).length
  return [
    plain(`${title} (${done} of ${items.length})`),
    ...items.map((one) => {
      const ticked = one.done === null ? '' : `, ${one.done.by} ${inUtc(one.done.at)}`
      const runs = one.runs.length === 0 ? '' : `, for ${one.runs.map(({ value }) => value).join(', ')}`
      return plain(`  [${one.done === null ? ' ' : 'x'}] ${one.item.title}  (${pathOf(one)}${ticked}${runs})`)
    }),
  ]
}

function afterLines(after: ReturnType<typeof afterIncident>): string[] {
  const timed = after.filter(({ dueAt, state }) => dueAt !== null && state !== 'done')
  if (timed.length === 0) return []
  return [
    'Due after the incident',
    ...timed.map(({ text, dueAt, state }) =>
      plain(`  ${text}: until ${inUtc(dueAt ?? '')}${state === 'overdue' ? ', overdue' : ''}`),
    ),
  ]
}

function reviewLines(review: ReturnType<typeof reviewAgenda>): string[] {
  if (review === null) return []
  return [
    plain(`${review.title}${review.minutes === null ? '' : ` (${review.minutes} minutes)`}`),
    ...review.items.flatMap(({ title, minutes, points }) => [
      plain(`  ${title}${minutes === null ? '' : `, ${minutes} minutes`}`),
      ...points.map(({ text }) => plain(`    ${text}`)),
    ]),
  ]
}
