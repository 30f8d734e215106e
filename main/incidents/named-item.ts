import { nearest } from '../../shared/packs/nearest.ts'
import { refuse } from '../../shared/refusal.ts'

/**
 * The item that somebody means by its id, its title or its code, whatever the case. Refuses one that is not there with the
 * nearest that is (`bad-input`); `what` says what was looked for.
 */
export function named(
  tried: string,
  what: string,
  said: string,
  items: readonly { readonly id: string; readonly title: string; readonly code?: string }[],
): { id: string; title: string } {
  const wanted = said.trim().toLowerCase()
  const found =
    items.find(({ id }) => id.toLowerCase() === wanted) ??
    items.find(({ title, code }) => title.toLowerCase() === wanted || code?.toLowerCase() === wanted)
  if (found !== undefined) return { id: found.id, title: found.title.slice(0, 300) }
  const ids = [...new Set(items.map(({ id }) => id))]
  const meant = nearest(wanted, ids)
  throw refuse('bad-input', {
    tried,
    happened: ids.length === 0 ? `There is no ${what} here.` : `There is no ${what} '${said}'.`,
    next:
      ids.length === 0
        ? 'Log it as a note.'
        : `${meant === null ? '' : `Did you mean '${meant}'? `}There are ${ids.slice(0, 30).join(', ')}.`,
  })
}
