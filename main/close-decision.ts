import type { BoardRow } from '../shared/incident/board.ts'
import { bugText } from './contract/answerer.ts'

const ANSWER_WITHIN_MS = 3_000

export type CloseDecision = { decision: 'quit' } | { decision: 'stay'; because: string }

/**
 * Whether Muster ends when its window is closed. A live incident keeps the process, so that its clocks go on ringing,
 * and so does a journal that is too busy to answer in 3 s; a journal that is gone rings nothing, and keeps nothing.
 * Never rejects.
 */
export async function decideClose(
  board: () => Promise<readonly BoardRow[]>,
  log: (what: string) => void,
  withinMs: number = ANSWER_WITHIN_MS,
): Promise<CloseDecision> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(resolve, withinMs, null)
  try {
    const rows = await Promise.race([board(), late])
    return rows === null ? stay('The journal does not answer') : decide(rows)
  } catch (error) {
    log(`The journal is gone, so nothing keeps Muster: ${bugText(error)}`)
    return { decision: 'quit' }
  } finally {
    clearTimeout(timer)
  }
}

function decide(rows: readonly BoardRow[]): CloseDecision {
  const open = rows.filter((row) => row.mode === 'live' && (row.status === 'open' || row.status === 'unconfirmed'))
  const [first] = open
  if (first === undefined) return { decision: 'quit' }
  return stay(open.length === 1 ? `${first.number} is open` : `${open.length} incidents are open`)
}

function stay(why: string): CloseDecision {
  return { decision: 'stay', because: `${why}: Muster stays to ring its clocks. Start Muster again to come back.` }
}
