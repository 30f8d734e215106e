/** Selected places of the list: those between where it began and where the keyboard is, both counted. */
export interface Selection {
  readonly from: number
  readonly at: number
}

export interface Move {
  readonly to: 'next' | 'before' | 'first' | 'last' | 'page-up' | 'page-down'
  /** Whether what is passed is selected too. */
  readonly extends: boolean
}

interface Press {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const moves: Readonly<Record<string, Move['to']>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'before',
  ArrowUp: 'before',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
}

/** The move that a key press asks for; null for none. Shift takes along what is passed. */
export function moveOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Press): Move | null {
  if (ctrlKey || metaKey || altKey) return null
  const to = moves[key.length === 1 ? key.toLowerCase() : key]
  return to === undefined ? null : { to, extends: shiftKey }
}

/** Where a move leads in a list of `total` places; without a selection it begins at the newest. */
export function moved(selection: Selection | null, move: Move, total: number): Selection {
  const last = total - 1
  const at =
    selection === null
      ? move.to === 'first'
        ? 0
        : last
      : Math.max(0, Math.min(stepped(selection.at, move, last), last))
  return { from: move.extends && selection !== null ? selection.from : at, at }
}

function stepped(at: number, { to }: Move, last: number): number {
  switch (to) {
    case 'next':
      return at + 1
    case 'before':
      return at - 1
    case 'first':
      return 0
    case 'last':
      return last
    default:
      return at
  }
}
