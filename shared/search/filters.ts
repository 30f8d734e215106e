import type { Mode } from '../journal/header.ts'
import { type Here, readMoment } from './moments.ts'
import type { Filter, Query } from './query.ts'

/** What the filters say that are read without an index. */
export interface ReadFilters {
  /** Logged at or after, and before: ISO UTC, null where nobody said. */
  readonly after: string | null
  readonly before: string | null
  /** Which modes may be; null: all. */
  readonly modes: ReadonlySet<Mode> | null
  /** Both where somebody asked for both: then nothing is found. */
  readonly starred: { readonly wanted: boolean; readonly unwanted: boolean }
  readonly places: readonly ('entries' | 'evidence')[]
  /** Filters that cannot be read, as sentences; they are left out. */
  readonly problems: readonly string[]
}

const modes = ['live', 'exercise', 'routine'] as const
const isValues = ['starred', 'evidence', ...modes] as const
const LAST_MOMENT = 253_402_300_799_999

export function readFilters({ filters }: Query, here: Here): ReadFilters {
  const moments = filters.filter(({ field }) => field === 'before' || field === 'after')
  const read = moments.map((filter) => ({ filter, ms: readMoment(filter.value, here) }))
  const is = filters
    .filter(({ field }) => field === 'is')
    .map((filter) => ({ ...filter, value: filter.value.toLowerCase() }))
  const unread = [
    ...read.filter(({ ms }) => ms === null || ms < 0 || ms > LAST_MOMENT).map(({ filter }) => wrongMoment(filter)),
    ...is.filter(({ value }) => !isValues.some((known) => known === value)).map(wrongIs),
  ]
  const limits = read.flatMap(({ filter, ms }) =>
    ms === null || ms < 0 || ms > LAST_MOMENT
      ? []
      : [{ isAfter: (filter.field === 'after') !== filter.not, at: new Date(ms).toISOString() }],
  )
  const asked = (value: string) => ({
    wanted: is.some((filter) => filter.value === value && !filter.not),
    unwanted: is.some((filter) => filter.value === value && filter.not),
  })
  const evidence = asked('evidence')
  return {
    after:
      limits
        .filter(({ isAfter }) => isAfter)
        .map(({ at }) => at)
        .toSorted()
        .at(-1) ?? null,
    before:
      limits
        .filter(({ isAfter }) => !isAfter)
        .map(({ at }) => at)
        .toSorted()[0] ?? null,
    modes: modesOf(is),
    starred: asked('starred'),
    places: [...(evidence.wanted ? [] : (['entries'] as const)), ...(evidence.unwanted ? [] : (['evidence'] as const))],
    problems: unread,
  }
}

function modesOf(is: readonly Filter[]): ReadonlySet<Mode> | null {
  const named = (not: boolean) =>
    modes.filter((mode) => is.some((filter) => filter.value === mode && filter.not === not))
  const wanted = named(false)
  const unwanted = named(true)
  if (wanted.length === 0 && unwanted.length === 0) return null
  return new Set((wanted.length === 0 ? modes : wanted).filter((mode) => !unwanted.includes(mode)))
}

function wrongMoment({ said }: Filter): string {
  return `'${said}' is no time, and was left out. Write a day (2026-11-21), a time (14:05, 2026-11-21T14:05) or how long ago (20min, 2h, 3d).`
}

function wrongIs({ said }: Filter): string {
  return `'${said}' is not known, and was left out. There are ${isValues.map((value) => `is:${value}`).join(', ')}.`
}

/** Whether each word of `value` begins a word of `name`; case and accents do not count. */
export function isNamed(name: string, value: string): boolean {
  const parts = plainWords(name)
  const wanted = plainWords(value)
  return wanted.length > 0 && wanted.every((word) => parts.some((part) => part.startsWith(word)))
}

function plainWords(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}
