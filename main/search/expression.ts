import { isNamed, type ReadFilters } from '../../shared/search/filters.ts'
import type { Filter, Query, Term } from '../../shared/search/query.ts'
import type { Facets, KnownFacet } from './facets.ts'
import type { Range } from './shards.ts'

/** What the index is asked: an expression of FTS5, and the arrivals between which it can match. */
export interface Expression {
  readonly text: string
  readonly range: Range
}

/** Facets of a query: of each inner list one must stand there; of `none`, nothing may. */
interface Groups {
  readonly all: readonly (readonly KnownFacet[])[]
  readonly none: readonly KnownFacet[]
}

/** Of a filter that fits more than these, the newest are asked for. */
const MOST_FACETS = 400

/**
 * The query as the index is asked it, or null where nothing can match: a filter fits nothing. Every word in it was made
 * by `wordsOf` or by `Facets`, so nothing that was typed is syntax. `incidents`: the ids that each value of `in:` stands for.
 */
export function expressionOf(
  query: Query,
  read: ReadFilters,
  facets: Facets,
  incidents: ReadonlyMap<string, readonly string[]>,
): Expression | null {
  const named = ['in', 'by', 'kind'] as const
  const groups = [
    ...named.map((field) => {
      const filters = query.filters.filter((filter) => filter.field === field)
      // There may be thousands: not read where nobody asks.
      const known = filters.length === 0 ? [] : facets.of(field)
      return groupsOf(filters, known, (facet, { value }) => fits(field, facet, value, incidents))
    }),
    starGroups(read, facets),
    modeGroups(read, facets),
  ]
  const all = groups.flatMap((group) => group.all)
  const none = groups.flatMap((group) => group.none)
  if (all.some((group) => group.length === 0)) return null
  const wanted = [...query.wanted.map(spellTerm), ...all.map(spellGroup)]
  if (wanted.length === 0) {
    // What must not be there has to be taken away from something.
    const kinds = facets.of('kind')
    if (kinds.length === 0) return null
    wanted.push(spellGroup(kinds))
  }
  const unwanted = [...query.unwanted.map(spellTerm), ...none.map(({ token }) => `"${token}"`)]
  const found = wanted.join(' AND ')
  return { text: unwanted.length === 0 ? found : `(${found}) NOT (${unwanted.join(' OR ')})`, range: rangeOf(all) }
}

function groupsOf(
  filters: readonly Filter[],
  known: readonly KnownFacet[],
  isFit: (facet: KnownFacet, filter: Filter) => boolean,
): Groups {
  const [wanted, unwanted] = [filters.filter(({ not }) => !not), filters.filter(({ not }) => not)]
  const any = (some: readonly Filter[]) => known.filter((facet) => some.some((filter) => isFit(facet, filter)))
  return { all: wanted.length === 0 ? [] : [any(wanted)], none: any(unwanted) }
}

function fits(
  field: 'in' | 'by' | 'kind',
  { name }: KnownFacet,
  value: string,
  incidents: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (field === 'in') return incidents.get(value)?.includes(name) === true
  return field === 'by' ? isNamed(name, value) : name.startsWith(value.toLowerCase())
}

function starGroups({ starred }: ReadFilters, facets: Facets): Groups {
  const stars = facets.of('star')
  return { all: starred.wanted ? [stars] : [], none: starred.unwanted ? stars : [] }
}

/** What is live carries no word for it: it is what carries no other. */
function modeGroups({ modes }: ReadFilters, facets: Facets): Groups {
  if (modes === null) return { all: [], none: [] }
  const marked = facets.of('mode')
  const within = marked.filter(({ name }) => [...modes].some((mode) => mode === name))
  if (!modes.has('live')) return { all: [within], none: [] }
  return { all: [], none: marked.filter((mode) => !within.includes(mode)) }
}

/** Where all groups stand: an incident of last year is not looked for among today's entries. */
function rangeOf(groups: Groups['all']): Range {
  return {
    from: Math.max(0, ...groups.map((group) => Math.min(...group.map(({ from }) => from)))),
    to: Math.min(Number.MAX_SAFE_INTEGER, ...groups.map((group) => Math.max(...group.map(({ to }) => to)))),
  }
}

function spellTerm({ words, prefix }: Term): string {
  return `"${words.join(' ')}"${prefix ? ' *' : ''}`
}

function spellGroup(facets: readonly KnownFacet[]): string {
  const newest = facets.toSorted((a, b) => b.to - a.to).slice(0, MOST_FACETS)
  return `(${newest.map(({ token }) => `"${token}"`).join(' OR ')})`
}
