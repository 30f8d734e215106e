import { useCallback, useMemo, useState } from 'react'
import { entriesMarkdown } from '../../shared/notes/entry-markdown.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { copyText } from '../ui/copy.ts'
import { timelineWords } from '../words/timeline.ts'

interface Copying {
  /** What came of the last copy, in words. */
  readonly said: string
  /** What the system did not let Muster copy; null where it did. */
  readonly text: string | null
  copy(entries: readonly Entry[]): void
  forget(): void
}

/** Copies entries as Markdown with their hashes; where the system denies it, their text is shown to be selected. */
export function useCopy({ core, mode }: IncidentState): Copying {
  const [said, setSaid] = useState('')
  const [text, setText] = useState<string | null>(null)
  const { number, title } = core
  const copy = useCallback(
    async (entries: readonly Entry[]) => {
      if (entries.length === 0) return
      const markdown = entriesMarkdown(entries, { number, title, exercise: mode === 'exercise' }, localOffset(entries))
      const isCopied = await copyText(markdown)
      setSaid(isCopied ? timelineWords.copied(entries.length) : timelineWords.notCopied)
      setText(isCopied ? null : markdown)
    },
    [number, title, mode],
  )
  const forget = useCallback(() => {
    setSaid('')
    setText(null)
  }, [])
  return useMemo(() => ({ said, text, copy: (entries) => void copy(entries), forget }), [said, text, copy, forget])
}

/** How far this machine was ahead of UTC when the first of them happened, in minutes. */
function localOffset([first]: readonly Entry[]): number {
  return first === undefined ? 0 : -new Date(first.happened_at).getTimezoneOffset()
}
