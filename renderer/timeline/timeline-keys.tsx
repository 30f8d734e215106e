import type { Entry } from '../../shared/journal/header.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { erasureWords } from '../words/erasure.ts'
import { timelineWords } from '../words/timeline.ts'
import type { EntryActs } from './entry-line.tsx'
import { readWords } from './own-note.ts'

interface Props {
  readonly id: string
  readonly acts: EntryActs
  readonly entry: Entry | null
  readonly isStarred: boolean
  readonly isFiltered: boolean
  /** There is no entry to go to. */
  readonly isEmpty: boolean
  onCopy(): void
}

const down = { id: 'timeline.down', keys: 'j', also: 'arrowdown', unprinted: ['shift+j'] } as const
const up = { id: 'timeline.up', keys: 'k', also: 'arrowup', unprinted: ['shift+k'] } as const

/** The keys of the list while it has the keyboard: nearer than the room's, so S stars and C copies. */
export function TimelineKeys({ id, acts, entry, isStarred, isFiltered, isEmpty, onCopy }: Props) {
  const { rooms, view } = useStores()
  const words = timelineWords.keys
  /** As the arrows do: the list knows where it is. One without entries would let them come back here. */
  const go = (key: string) => (pressed?: string) => {
    if (isEmpty) return
    const shiftKey = pressed?.startsWith('shift+') === true
    const arrow = new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true })
    document.getElementById('timeline')?.dispatchEvent(arrow)
  }
  useCommands('base', words.group, [
    { ...down, title: words.down, run: go('ArrowDown') },
    { ...up, title: words.up, run: go('ArrowUp') },
    ...(entry === null
      ? []
      : [
          { id: 'timeline.star', title: words.star, keys: 's', run: () => acts.star(entry, !isStarred) },
          { id: 'timeline.copy', title: words.copy, keys: 'c', run: onCopy },
          { id: 'timeline.stored', title: erasureWords.stored.keys, keys: 'enter', run: () => acts.stored(entry) },
          ...(readWords(entry) === null
            ? []
            : [{ id: 'timeline.correct', title: words.correct, keys: 'w', run: () => acts.correct(entry) }]),
          { id: 'timeline.erase', title: erasureWords.keys, keys: 'delete', run: () => acts.erase(entry) },
        ]),
    { id: 'timeline.filter', title: words.filter, keys: 'f', run: () => view.open({ name: 'timeline-filter', id }) },
    ...(isFiltered
      ? [{ id: 'timeline.all', title: words.all, keys: 'backspace', run: () => rooms.filter(id, null) }]
      : []),
  ])
  return null
}
