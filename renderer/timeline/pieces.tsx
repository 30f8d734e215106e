import { useStores, useZone } from '../stores.ts'
import { sentenceOf } from '../words/entries.ts'
import { type Piece, plainWords } from '../words/sentence.ts'
import { timelineWords } from '../words/timeline.ts'
import { readWords } from './own-note.ts'
import { useEntry } from './use-entry.ts'

interface Props {
  readonly incident: string
  readonly pieces: readonly Piece[]
}

/** A sentence's pieces; an entry that it speaks of by its number and first words, and a way to it. */
export function Pieces({ incident, pieces }: Props) {
  return pieces.map((piece, index) => {
    const key = `${index}`
    if (typeof piece === 'string') return <span key={key}>{piece}</span>
    if ('strong' in piece) return <b key={key}>{piece.strong}</b>
    if ('entry' in piece) return <QuotedEntry key={key} incident={incident} {...piece} />
    return (
      <span key={key} className="mono">
        {piece.mono}
      </span>
    )
  })
}

interface QuotedProps {
  readonly incident: string
  readonly entry: string
  readonly say: string | null
}

const FIRST_WORDS = 40

function QuotedEntry({ incident, entry, say }: QuotedProps) {
  const { rooms } = useStores()
  const zone = useZone()
  const found = useEntry(incident, entry)
  const named = () => {
    if (say !== null) return say
    if (found === null || found === undefined) return timelineWords.quotedAway
    if (found.body === null) return timelineWords.quotedErased(found.seq)
    const words = readWords(found) ?? plainWords(sentenceOf(found, zone).said)
    return `#${found.seq} “${words.length > FIRST_WORDS ? `${words.slice(0, FIRST_WORDS).trimEnd()}…` : words}”`
  }
  return (
    <button
      type="button"
      className="btn plain quoted"
      tabIndex={-1}
      title={timelineWords.goTo}
      onClick={() => void rooms.reveal(incident, { hash: entry })}
    >
      {named()}
    </button>
  )
}
