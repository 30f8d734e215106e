import { useCommands } from '../keys/use-commands.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { callWords } from '../words/calls.ts'
import type { Callee } from './callee.ts'

interface Props {
  readonly callee: Callee
  /** Who is first in line by now; null for nobody. */
  readonly first: Callee | null
  onTurn(): void
}

/** The first in line has changed while somebody else is on the telephone: said, and taken only by a person. */
export function Meanwhile({ callee, first, onTurn }: Props) {
  const title = first === null ? callWords.letGo : callWords.choose(first.title)
  useCommands('call', callWords.title, [{ id: 'call.turn', title, keys: 'x', run: onTurn }])
  return (
    <output className="call-meanwhile">
      {callWords.meanwhile(callee.title, first?.title ?? null)}{' '}
      <button type="button" className="btn plain" onClick={onTurn}>
        {title} <KeyCap keys="x" />
      </button>
    </output>
  )
}
