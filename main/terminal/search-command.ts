import { setTimeout as sleep } from 'node:timers/promises'
import type { Found, Hit } from '../../shared/search/found.ts'
import type { SearchService } from '../search/search-service.ts'
import type { Face } from './face.ts'
import { counted, plain } from './text.ts'

interface Options {
  readonly incident?: string
  readonly kind?: string
  readonly by?: string
  readonly after?: string
  readonly before?: string
  readonly starred?: boolean
  readonly ranked?: boolean
  readonly limit: number
}

/** So long a search waits for an index that is being made; then it answers from what is there. */
const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 100

/** `muster search WORDS…` */
export async function searchCommand({ services, say, remark }: Face, words: string[], options: Options): Promise<void> {
  const text = [words.join(' '), ...filtersOf(options)].join(' ').trim()
  await untilFollowed(services.search)
  const found = await services.search.find({
    text,
    typing: false,
    ranked: options.ranked === true,
    limit: options.limit,
    offsetMinutes: 0,
  })
  for (const problem of found.problems) remark(problem)
  for (const line of indexRemarks(found)) remark(line)
  const isBold = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  say(found, found.hits.length === 0 ? noneFound(text, found) : linesOf(found, isBold))
}

/** Options are filters as one could type them too. */
function filtersOf({ incident, kind, by, after, before, starred }: Options): string[] {
  const named = { in: incident, kind, by, after, before }
  const typed = Object.entries(named).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}:"${value.replaceAll('"', '')}"`],
  )
  return starred === true ? [...typed, 'is:starred'] : typed
}

async function untilFollowed(search: SearchService): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const { done, of, bundles } = await search.state()
    if ((done >= of && bundles === 0) || performance.now() > deadline) return
    await sleep(LOOK_EVERY_MS)
  }
}

function linesOf({ hits, more }: Found, isBold: boolean): string[] {
  const lines = hits.flatMap((hit) => [headOf(hit), `  ${markedText(hit, isBold)}`])
  const end = more ? `${hits.length} shown; there are more: --limit N.` : `${counted(hits.length, 'place')} found.`
  return [...lines, end]
}

function headOf({ number, at, by, kind, evidence, starred, mode, hash }: Hit): string {
  const what = evidence === null ? kind : `evidence ${evidence.item}`
  const marks = [starred ? 'starred' : '', mode === 'live' ? '' : mode.toUpperCase()].filter((mark) => mark !== '')
  return plain([number, `${at.slice(0, 19)}Z`, by, what, `#${hash.slice(0, 12)}`, ...marks].join('  '))
}

/** What was looked for stands in bold, or between asterisks where a terminal shows no bold. */
function markedText({ excerpt: { text, marks } }: Hit, isBold: boolean): string {
  const [on, off] = isBold ? ['\u001b[1m', '\u001b[22m'] : ['*', '*']
  const parts = marks.map(([start, end], index) => {
    const before = text.slice(marks[index - 1]?.[1] ?? 0, start)
    return `${plain(before)}${on}${plain(text.slice(start, end))}${off}`
  })
  return `${parts.join('')}${plain(text.slice(marks.at(-1)?.[1] ?? 0))}`
}

function noneFound(text: string, { drop }: Found): string[] {
  const nothing = `Nothing was found for: ${plain(text)}`
  if (drop.length === 0) return [nothing, 'Words are found whole: end one with * to find what begins so.']
  return [nothing, `Without one of these there is something: ${drop.map(plain).join('   ')}`]
}

function indexRemarks({ index, rankedSince }: Found): string[] {
  const behind =
    index.state === 'ready'
      ? []
      : [
          `The index is being made: ${index.done} of ${index.of} entries, ${counted(index.bundles, 'bundle')} of evidence wait. What is not in it is not found.`,
        ]
  return rankedSince === null ? behind : [...behind, `Ranked were only entries since ${rankedSince}: there are many.`]
}
