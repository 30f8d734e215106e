import { refuse } from '../refusal.ts'
import { nearest } from './nearest.ts'
import type { Pack, PackSeverity } from './pack.ts'

/** Where somebody sees it in the grid, by the ids of its sides; null: not sure. */
export interface GridAnswer {
  readonly impact: string | null
  readonly urgency: string | null
}

interface Side {
  readonly id: string
  readonly title: string
  /** Not sure: the worst of this side is taken. */
  readonly unsure: boolean
}

export interface GridResult {
  readonly severity: PackSeverity
  /** Whether somebody's 'not sure' holds it higher than a sure answer might. */
  readonly assumed: boolean
  readonly why: string
  readonly choice: { readonly impact: Side; readonly urgency: Side; readonly led: string }
}

/**
 * The severity in the grid of impact and urgency. 'Not sure' takes the worst of its side, so that the higher level holds.
 * Refuses (`bad-input`) a pack without a grid and a side that it does not have.
 */
export function gridSeverity(pack: Pack, answer: GridAnswer): GridResult {
  const { grid } = pack.triage
  const tried = `Read the severity from the grid of ${pack.title}`
  if (grid === undefined) {
    throw refuse('bad-input', { tried, happened: 'It has none.', next: 'Name the severity, or answer the questions.' })
  }
  const rows = chosen(tried, 'impact', answer.impact, grid.impact)
  const columns = chosen(tried, 'urgency', answer.urgency, grid.urgency)
  // Between several cells the worst holds; each list of the pack stands worst first.
  const places = rows.flatMap((row) =>
    columns.map((column) => pack.severities.findIndex(({ id }) => id === grid.cells[row]?.[column])),
  )
  const severity = pack.severities[Math.min(...places)]
  const [row = 0] = rows
  const [column = 0] = columns
  const impact = sideOf(grid.impact, row, answer.impact)
  const urgency = sideOf(grid.urgency, column, answer.urgency)
  if (severity === undefined || impact === null || urgency === null) {
    throw new Error(`the grid of ${pack.id} is not whole, which its schema promises`)
  }
  const assumed = new Set(places).size > 1
  const unsure = [...(impact.unsure ? ['impact'] : []), ...(urgency.unsure ? ['urgency'] : [])]
  const seen = [
    ...(impact.unsure ? [] : [`Impact '${impact.title}'`]),
    ...(urgency.unsure ? [] : [`urgency '${urgency.title}'`]),
  ]
  const why =
    unsure.length === 0
      ? `${seen.join(', ')}: ${severity.code}.`
      : `${seen.length === 0 ? '' : `${seen.join(', ')}. `}Nobody is sure about the ${unsure.join(' and the ')}, so the higher level holds: ${severity.code}.`
  return { severity, assumed, why, choice: { impact, urgency, led: severity.code } }
}

type Item = { readonly id: string; readonly title: string }

/** The places of a side that an answer may mean: one, or all of them. */
function chosen(tried: string, side: string, answer: string | null, items: readonly Item[]): number[] {
  if (answer === null) return items.map((_item, place) => place)
  const wanted = answer.toLowerCase()
  const place = items.findIndex(({ id, title }) => id === wanted || title.toLowerCase() === wanted)
  if (place >= 0) return [place]
  const ids = items.map(({ id }) => id)
  const meant = nearest(answer, ids)
  throw refuse('bad-input', {
    tried,
    happened: `It has no ${side} '${answer}'.`,
    next: meant === null ? `Choose one of ${ids.join(', ')}.` : `Did you mean '${meant}'? It has ${ids.join(', ')}.`,
  })
}

function sideOf(items: readonly Item[], place: number, answer: string | null): Side | null {
  const item = items[place]
  return item === undefined ? null : { id: item.id, title: item.title, unsure: answer === null }
}
