import { readQuery } from '../../shared/search/query.ts'

/** Whether a filter stands in what is typed, however it is written there. */
export function hasFilter(text: string, filter: string): boolean {
  return pieceOf(text, filter) !== null
}

/** The text with the filter, or without it where it was there. Where another of its field is exclusive (a time), it goes. */
export function toggleFilter(text: string, filter: string): string {
  const piece = pieceOf(text, filter)
  return piece === null ? `${text.trim()} ${filter} `.trimStart() : without(text, piece)
}

/** The text without one word or filter of it. */
export function without(text: string, piece: string): string {
  const at = text.indexOf(piece)
  if (at === -1) return text
  return `${text.slice(0, at)} ${text.slice(at + piece.length)}`.replaceAll(/ {2,}/g, ' ').trimStart()
}

function pieceOf(text: string, filter: string): string | null {
  const wanted = filter.toLowerCase()
  const { filters } = readQuery(text, { typing: false })
  return filters.find(({ field, value, not }) => !not && `${field}:${value}`.toLowerCase() === wanted)?.said ?? null
}
