import { type ContainerView, logEvidence } from './container-view.ts'
import { type Draft, kindSigns } from './draft.ts'
import type { LastWords } from './last-words.ts'
import type { Sign } from './signs.ts'

/** What a rule says of a container; the rest of the draft is the same for all rules. */
type Said = Pick<Draft, 'code' | 'tier' | 'title' | 'why' | 'cause' | 'sure' | 'since' | 'next' | 'mayFollow'> & {
  readonly signs: readonly Sign[]
  /** Evidence beyond the container itself. */
  readonly alsoFrom?: readonly string[]
  /** Its log was read for the finding. */
  readonly quotesLog: boolean
}

export function containerDraft(view: ContainerView, { alsoFrom = [], quotesLog, signs, ...said }: Said): Draft {
  return {
    ...said,
    object: view.object,
    effects: [],
    changed: [],
    reach: 0,
    signs: [...new Set([...signs, ...kindSigns(view), ...(quotesLog ? troubleSigns(view.lastWords) : [])])],
    evidence: [...new Set([...view.evidence, ...(quotesLog ? logEvidence(view) : []), ...alsoFrom])],
  }
}

function troubleSigns(words: LastWords | null): Sign[] {
  return words === null || words.sign === null ? [] : [words.sign]
}

/** ' Its last line: "…"', or where nothing was said or read, that. */
export function quoteOf({ lastWords, container }: ContainerView): string {
  if (lastWords !== null) return `${lastWords.sign === null ? 'Its last line' : 'It said'}: “${lastWords.text}”.`
  const isRead = container.logs?.stdout.read === true && container.logs.stderr.read
  return isRead ? 'Its log is empty.' : 'Its log could not be read.'
}

/** The line that speaks of a known trouble, or null. */
export function toldTrouble({ lastWords }: ContainerView): string | null {
  return lastWords === null || lastWords.sign === null ? null : lastWords.text
}

/** Nothing in what it said last points to a trouble of its own. */
export function hasNoCauseOfItsOwn({ lastWords }: ContainerView): boolean {
  return lastWords === null || lastWords.sign === null || lastWords.sign === 'no-connection'
}
