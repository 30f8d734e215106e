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
  onCopy(): void
}

/** The keys of the list while it has the keyboard: nearer than the room's, so S stars and C copies. */
export function TimelineKeys({ id, acts, entry, isStarred, isFiltered, onCopy }: Props) {
  const { rooms, view } = useStores()
  const words = timelineWords.keys
  const press = (key: string) => () =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  useCommands('base', words.group, [
    { id: 'timeline.down', title: words.down, keys: 'j', also: 'arrowdown', run: press('j') },
    { id: 'timeline.up', title: words.up, keys: 'k', also: 'arrowup', run: press('k') },
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
